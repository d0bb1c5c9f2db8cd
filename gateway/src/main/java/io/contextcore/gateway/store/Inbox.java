package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads accepted deliveries in order, from memory where they are there. For the sequencer's thread only. */
final class Inbox {

    private final Engine engine;
    private final RecentDeliveries recent;
    private final BodyParser bodies;
    /** What the deliveries that were read and not yet stepped count. */
    private final Map<Long, Long> sizes = new HashMap<>();

    Inbox(Engine engine, RecentDeliveries recent, BodyParser bodies) {
        this.engine = engine;
        this.recent = recent;
        this.bodies = bodies;
    }

    List<Delivery> after(long sequence, int max, long durable) {
        List<Delivery> found = new ArrayList<>();
        long last = sequence;
        while (found.size() < max && last < durable) {
            RecentDeliveries.@Nullable Entry next = recent.after(last);
            long upTo =
                    next == null ? durable : Math.min(durable, next.delivery().sequence() - 1);
            if (last < upTo) {
                readFromDisk(last, upTo, max, found);
            }
            if (found.size() < max && next != null && next.delivery().sequence() <= durable) {
                found.add(next.delivery());
                sizes.put(next.delivery().sequence(), (long) next.storedBytes() + Sizes.INBOX_ENTRY);
            }
            last = next == null || found.size() == max
                    ? durable
                    : next.delivery().sequence();
        }
        return found;
    }

    private void readFromDisk(long after, long upTo, int max, List<Delivery> found) {
        engine.scan(Family.INBOX, Keys.number(after + 1), Keys.number(upTo + 1), (key, value) -> {
            if (found.size() == max) {
                return false;
            }
            DeliveryCodec.Stored stored = DeliveryCodec.decode(Keys.number(key), value, bodies);
            found.add(stored.delivery());
            sizes.put(stored.delivery().sequence(), Sizes.ofBody(stored.body()));
            return true;
        });
    }

    /** What the delivery counts; 0 if it is not there. */
    long size(long sequence) {
        Long known = sizes.get(sequence);
        if (known != null) {
            return known;
        }
        byte @Nullable [] stored = engine.get(Family.INBOX, Keys.number(sequence));
        return stored == null ? 0 : Sizes.ofBody(DeliveryCodec.body(stored));
    }

    /** The delivery has left: neither it nor any before it is wanted from memory. */
    void stepped(long sequence) {
        recent.after(sequence);
        sizes.remove(sequence);
    }
}
