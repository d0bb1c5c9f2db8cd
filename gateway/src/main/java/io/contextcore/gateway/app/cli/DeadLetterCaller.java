package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.model.Delivery;
import java.net.URI;

/** Asks a running gateway for a delivery of its dead letters. */
final class DeadLetterCaller {

    private DeadLetterCaller() {}

    /** @throws UserError if nobody answers, there is no such dead letter, or the answer is none */
    static Delivery delivery(HttpCaller http, URI admin, long number) {
        HttpCaller.Answer answer = http.get(admin.resolve("/admin/dead-letters/delivery/" + number));
        if (!answer.isSuccess()) {
            throw new UserError("no delivery " + number + " in the dead letters of " + admin
                    + " (expected the number of one that `contextcore dead-letters list` shows as delivery/NUMBER)");
        }
        try {
            JsonNode letter = DeliveryJson.parse(answer.text());
            if (letter instanceof ObjectNode given) {
                given.put("number", number);
            }
            return DeliveryJson.read(letter);
        } catch (DeliveryJson.NoDelivery e) {
            throw new UserError(admin + " answers with something else (expected the admin port of a gateway)");
        }
    }
}
