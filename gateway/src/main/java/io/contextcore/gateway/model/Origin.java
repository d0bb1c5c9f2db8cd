package io.contextcore.gateway.model;

/**
 * Where a message comes from: part of the ids of what it causes, so that a re-run gives the same bytes.
 *
 * @param source name of the source whose delivery it goes back to: where it sends its telemetry
 * @param deliveryId {@link Delivery#id()}
 * @param sequence inbox sequence of the delivery
 * @param key key of the instance whose step sent the message; empty for the mapping itself
 * @param n tells the messages of one sender apart: their number in the step, mixed with the way to that step
 * @param hops how many steps lie between the delivery and this message
 */
public record Origin(String source, String deliveryId, long sequence, String key, int n, int hops) {

    private static final int SPREAD = 1_000_003;

    /**
     * The origin of a message that the step of this one sends.
     *
     * @param senderKey key of the row that was stepped
     * @param number of the message in that step: a row that is stepped twice by one delivery does not send the same twice
     */
    public Origin next(String senderKey, int number) {
        int way = 31 * key.hashCode() + n;
        return new Origin(source, deliveryId, sequence, senderKey, SPREAD * way + number, hops + 1);
    }
}
