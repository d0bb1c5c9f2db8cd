package io.contextcore.gateway.app.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.app.check.YamlText;

/** The schema of what a mapping reads: filled while the mapping is written. */
final class SchemaDraft {

    private final ObjectNode payload = JsonNodeFactory.instance.objectNode();

    /** A member is read. */
    void read(Member member, String type) {
        ObjectNode object = payload;
        for (String name : member.path().subList(0, member.path().size() - 1)) {
            object = object.withObjectProperty(name);
        }
        object.put(member.name(), type);
    }

    /** The value of {@code payload:}, with what stands before it in its line. */
    String yaml() {
        return payload.isEmpty() ? " {}" : "\n  " + YamlText.block(payload, 2);
    }
}
