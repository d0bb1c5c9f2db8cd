package io.contextcore.gateway.store;

import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * One lane of the outbox: its first entries in memory, the rest on disk until it is their turn. A monitor; the sequencer
 * appends, an exporter takes.
 */
final class Lane {

    private final Engine engine;
    private final TelemetrySignal signal;
    private final int number;
    private final int memoryBytes;
    private final Deque<OutboxEntry> loaded = new ArrayDeque<>();
    private long loadedBytes;
    private long loadedTo;
    private boolean allLoaded;

    /** @param done no entry up to this sequence waits */
    Lane(Engine engine, TelemetrySignal signal, int number, int memoryBytes, long done) {
        this.engine = engine;
        this.signal = signal;
        this.number = number;
        this.memoryBytes = memoryBytes;
        this.loadedTo = done;
    }

    /** A new entry, after it was written. */
    synchronized void append(OutboxEntry entry) {
        if (!allLoaded || entry.sequence() <= loadedTo) {
            return;
        }
        if (loaded.isEmpty() || loadedBytes + entry.payload().length <= memoryBytes) {
            load(entry);
        } else {
            allLoaded = false;
        }
    }

    synchronized List<OutboxEntry> peek(int maxEntries, int maxBytes) {
        if (!allLoaded && loaded.size() < maxEntries && loadedBytes <= maxBytes) {
            refill(maxBytes);
        }
        List<OutboxEntry> first = new ArrayList<>();
        long bytes = 0;
        for (OutboxEntry entry : loaded) {
            bytes += entry.payload().length;
            if (!first.isEmpty() && (first.size() >= maxEntries || bytes > maxBytes)) {
                break;
            }
            first.add(entry);
        }
        return first;
    }

    private void refill(int wantedBytes) {
        allLoaded = true;
        long enough = Math.max(memoryBytes, wantedBytes);
        byte[] from = Keys.lane(signal, number, loadedTo + 1);
        byte[] end = Keys.lane(signal, number, -1L);
        engine.scan(Family.OUTBOX, from, end, (key, value) -> {
            if (loadedBytes > enough) {
                allLoaded = false;
                return false;
            }
            load(OutboxCodec.decode(signal, number, key, value));
            return true;
        });
    }

    private void load(OutboxEntry entry) {
        loaded.addLast(entry);
        loadedBytes += entry.payload().length;
        loadedTo = entry.sequence();
    }

    /** Those of the sequences that still wait here. */
    synchronized List<OutboxEntry> present(Set<Long> sequences) {
        List<OutboxEntry> present = new ArrayList<>();
        for (OutboxEntry waiting : loaded) {
            if (present.size() == sequences.size()) {
                break;
            }
            if (sequences.contains(waiting.sequence())) {
                present.add(waiting);
            }
        }
        return present;
    }

    /** No entry up to the returned sequence waits once these are gone. */
    synchronized long doneWithout(Set<Long> gone) {
        for (OutboxEntry waiting : loaded) {
            if (!gone.contains(waiting.sequence())) {
                return waiting.sequence() - 1;
            }
        }
        return loadedTo;
    }

    /** They left the disk: they leave the memory. Nearly always they are the first ones. */
    synchronized void remove(Set<Long> gone) {
        Deque<OutboxEntry> kept = new ArrayDeque<>();
        int left = gone.size();
        while (left > 0 && !loaded.isEmpty()) {
            OutboxEntry entry = loaded.removeFirst();
            if (gone.contains(entry.sequence())) {
                loadedBytes -= entry.payload().length;
                left--;
            } else {
                kept.addFirst(entry);
            }
        }
        kept.forEach(loaded::addFirst);
    }
}
