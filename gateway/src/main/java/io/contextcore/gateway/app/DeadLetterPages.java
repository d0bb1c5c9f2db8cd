package io.contextcore.gateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.store.DeadEntry;
import io.contextcore.gateway.store.Store;
import java.util.Locale;
import java.util.Optional;

/** What the admin port shows of the dead letters: which there are, and each delivery among them. */
record DeadLetterPages(Store store) {

    /** Most that one page lists. */
    private static final int MOST = 1_000;

    /** All of them, without their content. */
    JsonNode list() {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode letters = page.putArray("deadLetters");
        store.deadLetters(MOST).forEach(letter -> letters.add(head(letter)));
        return page;
    }

    /** A delivery, as it was accepted: after redaction, where its kind says so. Empty: there is none of that number. */
    Optional<JsonNode> delivery(long number) {
        return store.deadDelivery(number).map(dead -> {
            ObjectNode page = head(dead.letter());
            page.put("source", dead.delivery().source());
            page.put("kind", dead.delivery().kind());
            page.put("event", dead.delivery().event());
            page.put("id", dead.delivery().id());
            page.put(
                    "received", Nanos.toInstant(dead.delivery().receivedNanos()).toString());
            ObjectNode headers = page.putObject("headers");
            dead.delivery().headers().forEach(headers::put);
            page.set("body", dead.delivery().body());
            return page;
        });
    }

    private static ObjectNode head(DeadEntry letter) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("what", letter.kind().name().toLowerCase(Locale.ROOT))
                .put("number", letter.number())
                .put("at", Nanos.toInstant(letter.atNanos()).toString())
                .put("code", letter.code())
                .put("error", letter.error());
    }
}
