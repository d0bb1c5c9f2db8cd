package io.contextcore.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.model.UnreadableJson;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A body, read.
 *
 * @param json the JSON text, taken out of its form where it came in one; empty for an empty body that nothing stands in for
 * @param tree the same, parsed; missing where there is none
 */
record Body(byte[] json, JsonNode tree) {

    private static final Body NONE = new Body(new byte[0], MissingNode.getInstance());

    static Body of(IntakeRequest request, SourceKind kind, StrictJson reader) throws Refusal {
        if (request.body().length == 0) {
            if (!kind.bodyOptional()) {
                throw new Refusal(Reason.EMPTY, "body is empty (expected: JSON)");
            }
            return ofQuery(request.query(), kind.emptyBodyQuery());
        }
        String encoding = request.headers().getOrDefault("content-encoding", "identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new Refusal(Reason.CONTENT_TYPE, "content encoding is not supported (expected: none)");
        }
        MediaType type = MediaType.of(request.contentType());
        if (type == MediaType.JSON) {
            return parsed(request.body(), "", reader);
        }
        if (type == MediaType.FORM && kind.form() != null) {
            return parsed(formField(request.body(), kind.form()), "form field '" + kind.form() + "': ", reader);
        }
        throw new Refusal(Reason.CONTENT_TYPE, "content type is not supported (expected: " + expected(kind) + ")");
    }

    /** The parameters that the kind names are an object of texts, as if the sender had sent that. */
    private static Body ofQuery(Map<String, String> query, Set<String> names) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(query).forEach((name, value) -> {
            if (names.contains(name)) {
                tree.put(name, value);
            }
        });
        return tree.isEmpty() ? NONE : new Body(StrictJson.write(tree), tree);
    }

    private static String expected(SourceKind kind) {
        String form = kind.form() == null
                ? ""
                : " or application/x-www-form-urlencoded with the JSON in field '" + kind.form() + "'";
        return "application/json in UTF-8" + form;
    }

    private static byte[] formField(byte[] body, String name) throws Refusal {
        Optional<byte[]> field = Form.field(body, name);
        if (field.isEmpty()) {
            throw new Refusal(Reason.UNREADABLE, "form field '" + name + "' is missing (expected: it holds the JSON)");
        }
        return field.get();
    }

    private static Body parsed(byte[] json, String where, StrictJson reader) throws Refusal {
        try {
            return new Body(json, reader.read(json));
        } catch (UnreadableJson e) {
            throw new Refusal(e.overLimit() ? Reason.OVER_LIMIT : Reason.UNREADABLE, where + e.getMessage());
        }
    }
}
