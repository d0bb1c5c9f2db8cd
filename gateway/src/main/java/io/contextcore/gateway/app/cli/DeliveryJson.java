package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.Delivery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A delivery as dead letters and exports tell it, see docs/store.md. */
final class DeliveryJson {

    private static final JsonMapper JSON = new JsonMapper();

    private DeliveryJson() {}

    /** It is none. */
    static final class NoDelivery extends Exception {
        private static final long serialVersionUID = 1L;

        private NoDelivery(String message) {
            super(message, null, false, false);
        }
    }

    /** Whether it is one: dead letters say what died, and the lines of an export are deliveries all. */
    static boolean isDelivery(JsonNode line) {
        return line.path("what").asText("delivery").equals("delivery");
    }

    /** Whether it is told beside the others, before them: of a dead letter. */
    static boolean isDead(JsonNode line) {
        return line.path("state").asText().equals("dead");
    }

    static JsonNode parse(String text) throws NoDelivery {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new NoDelivery("no JSON");
        }
    }

    static Delivery read(JsonNode letter) throws NoDelivery {
        Map<String, String> headers = new LinkedHashMap<>();
        letter.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        try {
            return new Delivery(
                    letter.path(letter.has("sequence") ? "sequence" : "number").asLong(),
                    letter.path("source").asText(),
                    letter.path("kind").asText(),
                    letter.path("event").asText(),
                    letter.path("id").asText(),
                    headers,
                    letter.has("body") ? letter.get("body") : MissingNode.getInstance(),
                    Nanos.of(Instant.parse(letter.path("received").asText())));
        } catch (DateTimeException | ArithmeticException e) {
            throw new NoDelivery("'received' is no time");
        }
    }
}
