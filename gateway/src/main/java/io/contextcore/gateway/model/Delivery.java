package io.contextcore.gateway.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One verified HTTP request, accepted.
 *
 * @param sequence its place in the inbox
 * @param source name of the source, {@code acme-eu}
 * @param kind kind of the source, {@code acme}
 * @param event event name, {@code order.changed}; empty if the request names none
 * @param id (source, tenant, delivery id header) as one text: what duplicates are recognised by and what span ids of this
 *     delivery are made of
 * @param headers the headers that the kind keeps, names in lower case; never a signature or an authorization
 * @param body the parsed body; a missing node for an empty one
 * @param receivedNanos receipt, made monotone; epoch nanoseconds
 */
public record Delivery(
        long sequence,
        String source,
        String kind,
        String event,
        String id,
        Map<String, String> headers,
        JsonNode body,
        long receivedNanos) {

    public Delivery {
        headers = Map.copyOf(headers);
    }

    /** What arrived, with its place in the inbox and its receipt. */
    public static Delivery of(long sequence, Arrival arrival, long receivedNanos) {
        return new Delivery(
                sequence,
                arrival.source(),
                arrival.kind(),
                arrival.event(),
                arrival.id(),
                arrival.headers(),
                arrival.body(),
                receivedNanos);
    }
}
