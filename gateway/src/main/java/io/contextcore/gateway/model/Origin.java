package io.contextcore.gateway.model;

import io.contextcore.gateway.base.Hashing;
import java.nio.ByteBuffer;

/**
 * Where a message comes from: part of the ids of what it causes, so that a re-run gives the same bytes.
 *
 * @param source name of the source whose delivery it goes back to: where it sends its telemetry
 * @param deliveryId {@link Delivery#id()}
 * @param sequence inbox sequence of the delivery
 * @param key key of the instance whose step sent the message; empty for the mapping itself
 * @param n tells the messages of one sender apart: of the mapping their number, further on 64 bits of a digest of the number
 *     in the step and of the way to that step
 * @param hops how many steps lie between the delivery and this message
 */
public record Origin(String source, String deliveryId, long sequence, String key, long n, int hops) {

    /**
     * The origin of a message that the step of this one sends.
     *
     * @param senderKey key of the row that was stepped
     * @param number of the message in that step: a row that is stepped twice by one delivery does not send the same twice
     */
    public Origin next(String senderKey, long number) {
        String way = key.length() + ":" + key + "/" + n + "/" + number;
        long mixed = ByteBuffer.wrap(Hashing.sha256(way)).getLong();
        return new Origin(source, deliveryId, sequence, senderKey, mixed, hops + 1);
    }
}
