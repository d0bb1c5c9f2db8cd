package io.contextcore.gateway.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.store.DeadHead;

/** Deliveries of a store as JSON lines, one each; docs/store.md tells of the members. */
public final class StoredDeliveries {

    private static final int VERSION = 1;

    private StoredDeliveries() {}

    /** @param cursor the last delivery that was stepped */
    public static String line(Delivery delivery, long cursor) {
        return object(delivery)
                .put("state", delivery.sequence() > cursor ? "waits" : "stepped")
                .toString();
    }

    /** One that could not be stepped. */
    public static String line(Delivery delivery, DeadHead letter) {
        ObjectNode line = object(delivery).put("state", "dead");
        line.putObject("dead")
                .put("at", Nanos.toInstant(letter.atNanos()).toString())
                .put("code", letter.code())
                .put("error", letter.error());
        return line.toString();
    }

    private static ObjectNode object(Delivery delivery) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("v", VERSION)
                .put("sequence", delivery.sequence())
                .put("received", Nanos.toInstant(delivery.receivedNanos()).toString())
                .put("source", delivery.source())
                .put("kind", delivery.kind())
                .put("event", delivery.event())
                .put("id", delivery.id());
        ObjectNode headers = line.putObject("headers");
        delivery.headers().forEach(headers::put);
        if (!delivery.body().isMissingNode()) {
            line.set("body", delivery.body());
        }
        return line;
    }
}
