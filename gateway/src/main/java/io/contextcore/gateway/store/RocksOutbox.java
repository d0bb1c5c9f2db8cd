package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLongArray;

/** The outbox: lanes that are filled by steps and emptied by export. */
final class RocksOutbox implements Outbox {

    private final Engine engine;
    private final Clock clock;
    private final Budget budget;
    private final List<Lane> lanes = new ArrayList<>();
    /** By ordinal of the signal. */
    private final AtomicLongArray waiting;
    /** Held while entries leave, so that the counts on disk never go back. */
    private final Object leaving = new Object();

    private Progress.Exporting progress;
    private volatile LaneListener listener = (signal, lane) -> {};

    RocksOutbox(Engine engine, Clock clock, StoreSettings settings, Budget budget, Progress.Stepping written) {
        this.engine = engine;
        this.clock = clock;
        this.budget = budget;
        this.progress = Progress.Exporting.load(engine);
        this.waiting = new AtomicLongArray(TelemetrySignal.values().length);
        waiting.set(TelemetrySignal.TRACES.ordinal(), written.traceItems() - progress.traceItems());
        waiting.set(TelemetrySignal.LOGS.ordinal(), written.logItems() - progress.logItems());
        for (TelemetrySignal signal : TelemetrySignal.values()) {
            for (int lane = 0; lane < LANES; lane++) {
                long done = progress.done().get(Progress.Exporting.index(signal, lane));
                lanes.add(new Lane(engine, signal, lane, settings.laneMemoryBytes(), done));
            }
        }
    }

    /** New entries, after they were written. */
    void appended(List<OutboxEntry> entries) {
        Set<Integer> touched = new TreeSet<>();
        for (OutboxEntry entry : entries) {
            budget.take(Sizes.of(entry));
            waiting.addAndGet(entry.signal().ordinal(), entry.items());
            lane(entry).append(entry);
            if (touched.add(Progress.Exporting.index(entry.signal(), entry.lane()))) {
                listener.appended(entry.signal(), entry.lane());
            }
        }
    }

    @Override
    public List<OutboxEntry> peek(TelemetrySignal signal, int lane, int maxEntries, int maxBytes) {
        return lanes.get(Progress.Exporting.index(signal, lane)).peek(maxEntries, maxBytes);
    }

    @Override
    public void delivered(List<OutboxEntry> entries) {
        leave(entries, (batch, entry) -> 0);
    }

    @Override
    public void dead(List<OutboxEntry> entries, String reason) {
        long now = clock.epochNanos();
        leave(entries, (batch, entry) -> {
            DeadRecord dead = DeadRecord.of(
                    new DeadKey(Codes.deadKind(entry.signal()), entry.sequence()),
                    now,
                    new Commit.DeadLetter(reason, ""),
                    entry.source(),
                    entry.items(),
                    entry.lane(),
                    entry.payload());
            batch.put(Family.DEAD_LETTERS, dead.key(), dead.encode());
            return Sizes.of(dead.head());
        });
    }

    /** What else the batch does for an entry that leaves. */
    @FunctionalInterface
    private interface Farewell {
        /** Returns the bytes that stay as a dead letter, as {@link Sizes} counts. */
        long write(Batch batch, OutboxEntry entry);
    }

    /** Entries that have left already are passed over. */
    private void leave(List<OutboxEntry> entries, Farewell farewell) {
        Map<Integer, Map<Long, OutboxEntry>> byLane = new TreeMap<>();
        for (OutboxEntry entry : entries) {
            byLane.computeIfAbsent(Progress.Exporting.index(entry.signal(), entry.lane()), lane -> new HashMap<>())
                    .put(entry.sequence(), entry);
        }
        synchronized (leaving) {
            byLane.forEach((lane, told) -> leaveLane(lane, told, farewell));
        }
    }

    /** @param told what is said of the entries that leave, by sequence */
    private void leaveLane(int index, Map<Long, OutboxEntry> told, Farewell farewell) {
        Lane lane = lanes.get(index);
        List<OutboxEntry> present = lane.present(told.keySet());
        if (present.isEmpty()) {
            return;
        }
        Set<Long> gone = new HashSet<>();
        present.forEach(entry -> gone.add(entry.sequence()));
        long dead = 0;
        try (Batch batch = engine.batch()) {
            for (OutboxEntry entry : present) {
                dead += farewell.write(batch, told.getOrDefault(entry.sequence(), entry));
                batch.delete(Family.OUTBOX, Keys.lane(entry.signal(), entry.lane(), entry.sequence()));
            }
            Progress.Exporting next = without(present, dead, index, lane.doneWithout(gone));
            next.save(batch);
            engine.write(batch);
            progress = next;
        }
        budget.take(dead);
        lane.remove(gone);
        for (OutboxEntry entry : present) {
            budget.giveBack(Sizes.of(entry));
            waiting.addAndGet(entry.signal().ordinal(), -entry.items());
        }
    }

    private Progress.Exporting without(List<OutboxEntry> gone, long dead, int lane, long done) {
        long bytes = progress.bytes();
        long traces = progress.traceItems();
        long logs = progress.logItems();
        for (OutboxEntry entry : gone) {
            bytes += Sizes.of(entry);
            traces += entry.signal() == TelemetrySignal.TRACES ? entry.items() : 0;
            logs += entry.signal() == TelemetrySignal.LOGS ? entry.items() : 0;
        }
        List<Long> doneByLane = new ArrayList<>(progress.done());
        doneByLane.set(lane, done);
        return new Progress.Exporting(bytes, traces, logs, progress.deadBytes() + dead, doneByLane);
    }

    @Override
    public void onAppend(LaneListener laneListener) {
        this.listener = laneListener;
    }

    @Override
    public long waitingItems(TelemetrySignal signal) {
        return waiting.get(signal.ordinal());
    }

    private Lane lane(OutboxEntry entry) {
        return lanes.get(Progress.Exporting.index(entry.signal(), entry.lane()));
    }
}
