package io.contextcore.gateway.model;

/**
 * Where a message comes from: part of the ids of what it causes, so that a re-run gives the same bytes.
 *
 * @param source name of the source whose delivery it goes back to: where it sends its telemetry
 * @param deliveryId {@link Delivery#id()}
 * @param sequence inbox sequence of the delivery
 * @param key key of the instance whose step sent the message; empty for the mapping itself
 * @param n counts the messages of that step
 * @param hops how many steps lie between the delivery and this message
 */
public record Origin(String source, String deliveryId, long sequence, String key, int n, int hops) {

    public Origin next(String senderKey, int number) {
        return new Origin(source, deliveryId, sequence, senderKey, number, hops + 1);
    }
}
