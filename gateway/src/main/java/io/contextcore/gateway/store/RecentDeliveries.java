package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Delivery;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Accepted deliveries whose parsed bodies wait in memory, so that they need not be read and parsed again. When it is full,
 * newer ones are left to the disk: the oldest are wanted first. A monitor, taken once per group and once per read.
 */
final class RecentDeliveries {

    /** A delivery and what it counts. */
    record Entry(Delivery delivery, int storedBytes) {}

    private final int maxEntries;
    private final long maxBytes;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;

    RecentDeliveries(int maxEntries, long maxBytes) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    synchronized void add(Iterable<Entry> accepted) {
        for (Entry entry : accepted) {
            if (entries.size() < maxEntries && bytes + entry.storedBytes() <= maxBytes) {
                entries.addLast(entry);
                bytes += entry.storedBytes();
            }
        }
    }

    /** The first one after the sequence; those before are not wanted any more. It stays until a later one is asked for. */
    synchronized @Nullable Entry after(long sequence) {
        Entry first = entries.peekFirst();
        while (first != null && first.delivery().sequence() <= sequence) {
            bytes -= first.storedBytes();
            entries.removeFirst();
            first = entries.peekFirst();
        }
        return first;
    }
}
