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
    private final long maxBytes;
    /** What the deliveries that were read and not yet stepped count. */
    private final Map<Long, Long> sizes = new HashMap<>();

    /** @param maxBytes of bodies that are read from disk at once; one that is larger still fits */
    Inbox(Engine engine, RecentDeliveries recent, BodyParser bodies, long maxBytes) {
        this.maxBytes = maxBytes;
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
            if (last < upTo && !readFromDisk(last, upTo, max, found)) {
                return found;
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

    /** @return whether all that is there was read: not more than {@code max}, and not more bytes than fit into memory */
    private boolean readFromDisk(long after, long upTo, int max, List<Delivery> found) {
        long[] read = {0};
        boolean[] all = {true};
        engine.scan(Family.INBOX, Keys.number(after + 1), Keys.number(upTo + 1), (key, value) -> {
            if (found.size() == max || read[0] >= maxBytes) {
                all[0] = false;
                return false;
            }
            DeliveryCodec.Stored stored = DeliveryCodec.decode(Keys.number(key), value, bodies);
            found.add(stored.delivery());
            sizes.put(stored.delivery().sequence(), Sizes.ofBody(stored.body()));
            read[0] += stored.body().length;
            return true;
        });
        return all[0];
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
