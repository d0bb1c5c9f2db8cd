package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.Delivery;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks a running gateway for a delivery of its dead letters. */
final class DeadLetterCaller {

    private static final JsonMapper JSON = new JsonMapper();

    private DeadLetterCaller() {}

    /** @throws UserError if nobody answers, there is no such dead letter, or the answer is none */
    static Delivery delivery(HttpCaller http, URI admin, long number) {
        HttpCaller.Answer answer = http.get(admin.resolve("/admin/dead-letters/" + number));
        if (!answer.isSuccess()) {
            throw new UserError("no delivery " + number + " in the dead letters of " + admin
                    + " (expected the number of one with \"what\": \"delivery\" in "
                    + admin.resolve("/admin/dead-letters")
                    + ")");
        }
        try {
            JsonNode letter = JSON.readTree(answer.text());
            Map<String, String> headers = new LinkedHashMap<>();
            letter.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            return new Delivery(
                    number,
                    letter.path("source").asText(),
                    letter.path("kind").asText(),
                    letter.path("event").asText(),
                    letter.path("id").asText(),
                    headers,
                    letter.has("body") ? letter.get("body") : MissingNode.getInstance(),
                    Nanos.of(Instant.parse(letter.path("received").asText())));
        } catch (JsonProcessingException | DateTimeException e) {
            throw new UserError(admin + " answers with something else (expected the admin port of a gateway)");
        }
    }
}
