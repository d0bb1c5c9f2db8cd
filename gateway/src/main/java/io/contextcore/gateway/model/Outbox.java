package io.contextcore.gateway.model;

import java.util.List;

/** The part of the store that export sees. Thread-safe. */
public interface Outbox {

    /** Number of lanes per signal; fixed, since leftovers of an earlier run must stay in their lane. */
    int LANES = 8;

    /**
     * The oldest entries of a lane, in order; they stay until {@link #delivered} or {@link #dead}. At least one if there is
     * any, else as many as fit both bounds.
     */
    List<OutboxEntry> peek(TelemetrySignal signal, int lane, int maxEntries, int maxBytes);

    /** The receiver accepted them: they go. */
    void delivered(List<OutboxEntry> entries);

    /**
     * The receiver refused them for good: they move to the dead letters with the reason. Of one that went in pieces only what is
     * given here was refused; the rest of it was delivered.
     */
    void dead(List<OutboxEntry> entries, String reason);

    /** Calls back (on any thread, soon, must not block) when a lane got new entries. One listener. */
    void onAppend(LaneListener listener);

    /** Waiting items of a signal. */
    long waitingItems(TelemetrySignal signal);

    @FunctionalInterface
    interface LaneListener {
        void appended(TelemetrySignal signal, int lane);
    }

    /** The lane of a key. */
    static int laneOf(String key) {
        return Math.floorMod(key.hashCode() * 0x9E3779B9, LANES);
    }
}
