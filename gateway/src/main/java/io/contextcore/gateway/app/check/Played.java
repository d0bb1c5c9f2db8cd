package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlScalar;
import org.jspecify.annotations.Nullable;

/**
 * What a case's delivery became.
 *
 * @param ignored why no mapping wanted it; null: one did, or it was rejected
 * @param rejected why it was refused at the door or is a dead letter; null: neither
 * @param detail of the rejection
 * @param reply body of what the sender is answered; null: the usual acknowledgement
 * @param replyError why a reply could not be made; null: it could, or there was none to make
 */
record Played(
        Seen seen,
        @Nullable String ignored,
        @Nullable String rejected,
        String detail,
        @Nullable String reply,
        @Nullable String replyError) {

    /** The reply as it is compared with what is written: the text with a text, the JSON with all else. */
    JsonNode reply(YamlNode written) {
        if (reply == null) {
            return MissingNode.getInstance();
        }
        boolean isText =
                written instanceof YamlScalar scalar && YamlJson.of(scalar).isTextual();
        return isText ? TextNode.valueOf(reply) : Seen.json(reply);
    }
}
