package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.Instance.Phase;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Timers.Purpose;
import org.jspecify.annotations.Nullable;

/** When an instance wants to be woken. */
final class Waking {

    /** How long a shadow waits for its start, and an alias for its owner. */
    static final long PATIENCE_NANOS = 24 * 3_600_000_000_000L;

    private Waking() {}

    static Timers timers(Draft draft, LifecycleDefinition definition, long now, long horizon) {
        Timers timers = Timers.none();
        if (draft.stage == Stage.SHADOW && draft.firstAt != null) {
            Long waiting = draft.timers.due().get(Purpose.ADOPT);
            timers = timers.with(Purpose.ADOPT, waiting == null ? now + PATIENCE_NANOS : waiting);
        }
        Long forget = forget(draft, definition.times(), now);
        if (forget != null) {
            timers = timers.with(Purpose.FORGET, forget);
        }
        if (draft.held) {
            Long waiting = draft.timers.due().get(Purpose.HOLD);
            timers = timers.with(
                    Purpose.HOLD, waiting == null ? now + definition.times().holdNanos() : waiting);
        }
        Long snapshot = Snapshots.next(definition, draft, now, horizon);
        if (snapshot != null) {
            timers = timers.with(Purpose.SNAPSHOT, snapshot);
        }
        if (draft.stage == Stage.OPEN && draft.phase != null) {
            timers = timers.with(
                    Purpose.SLICE, nextSlice(draft.phase, definition.times().sliceNanos(), now));
        }
        if (draft.stage == Stage.OPEN && definition.times().expireNanos() != null) {
            timers = timers.with(
                    Purpose.EXPIRE, draft.lastSeen + definition.times().expireNanos());
        }
        if (draft.overdue != null) {
            timers = timers.with(Purpose.OVERDUE, draft.overdue);
        }
        return RollUpLogs.timer(draft, timers);
    }

    /**
     * An ended instance is forgotten when it was not heard of for so long. A shadow that others have named, and nobody has
     * told of, goes after a day; one that holds sums stays as long as an instance and its tombstone would.
     */
    private static @Nullable Long forget(Draft draft, Times times, long now) {
        if (draft.stage == Stage.SHADOW) {
            boolean named = draft.firstAt == null;
            if (named && draft.kin.members() == 0) {
                return now + PATIENCE_NANOS;
            }
            return named && times.forgetNanos() != null ? now + times.forgetNanos() + times.tombstoneNanos() : null;
        }
        if (draft.stage != Stage.ENDED || times.forgetNanos() == null) {
            return null;
        }
        long ended = draft.endedAt == null ? draft.lastSeen : draft.endedAt;
        return Math.max(ended, draft.lastSeen) + times.forgetNanos();
    }

    /** The next multiple of the slice after the phase's start that is not past: an old phase is cut once, not often. */
    private static long nextSlice(Phase phase, long slice, long now) {
        long passed = Math.max(1, now - phase.start());
        return phase.start() + (passed + slice - 1) / slice * slice;
    }
}
