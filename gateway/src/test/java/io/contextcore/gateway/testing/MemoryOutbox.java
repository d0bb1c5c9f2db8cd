package io.contextcore.gateway.testing;

import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import java.util.ArrayList;
import java.util.List;

/** An outbox without a disk: entries go as the port says, and who wants can see what became of them. */
public final class MemoryOutbox implements Outbox {

    private final List<OutboxEntry> waiting = new ArrayList<>();
    private final Seen<OutboxEntry> delivered = new Seen<>();
    private final Seen<Dead> dead = new Seen<>();
    private LaneListener listener = (signal, lane) -> {};
    private long sequence;
    private int failures;
    private int failedNotes;

    /** An entry that was refused. */
    public record Dead(OutboxEntry entry, String reason) {}

    public OutboxEntry append(TelemetrySignal signal, int lane, byte[] payload, int items) {
        return append(signal, lane, "acme", payload, items);
    }

    public OutboxEntry append(TelemetrySignal signal, int lane, String source, byte[] payload, int items) {
        OutboxEntry entry;
        LaneListener told;
        synchronized (this) {
            entry = new OutboxEntry(signal, lane, ++sequence, source, payload, items, sequence);
            waiting.add(entry);
            told = listener;
        }
        told.appended(signal, lane);
        return entry;
    }

    @Override
    public synchronized List<OutboxEntry> peek(TelemetrySignal signal, int lane, int maxEntries, int maxBytes) {
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("scripted");
        }
        List<OutboxEntry> found = new ArrayList<>();
        long bytes = 0;
        for (OutboxEntry entry : waiting) {
            if (entry.signal() != signal || entry.lane() != lane) {
                continue;
            }
            bytes += entry.payload().length;
            if (found.size() == maxEntries || !found.isEmpty() && bytes > maxBytes) {
                break;
            }
            found.add(entry);
        }
        return found;
    }

    /** Makes the next looks fail. */
    public synchronized void failNext(int times) {
        failures = times;
    }

    /** Makes the next notes of what became of entries fail. */
    public synchronized void failNextNotes(int times) {
        failedNotes = times;
    }

    private void note() {
        if (failedNotes > 0) {
            failedNotes--;
            throw new IllegalStateException("scripted");
        }
    }

    @Override
    public void delivered(List<OutboxEntry> entries) {
        synchronized (this) {
            note();
            waiting.removeAll(entries);
        }
        entries.forEach(delivered::add);
    }

    @Override
    public void dead(List<OutboxEntry> entries, String reason) {
        synchronized (this) {
            note();
            entries.forEach(gone -> waiting.removeIf(entry -> entry.sequence() == gone.sequence()));
        }
        entries.forEach(entry -> dead.add(new Dead(entry, reason)));
    }

    @Override
    public synchronized void onAppend(LaneListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized long waitingItems(TelemetrySignal signal) {
        return waiting.stream()
                .filter(entry -> entry.signal() == signal)
                .mapToLong(OutboxEntry::items)
                .sum();
    }

    public Seen<OutboxEntry> deliveries() {
        return delivered;
    }

    public Seen<Dead> deads() {
        return dead;
    }
}
