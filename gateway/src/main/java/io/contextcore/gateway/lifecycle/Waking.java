package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.Instance.Phase;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Timers.Purpose;

/** When an instance wants to be woken. */
final class Waking {

    /** How long a shadow waits for its start, and an alias for its owner. */
    static final long PATIENCE_NANOS = 24 * 3_600_000_000_000L;

    private Waking() {}

    static Timers timers(Draft draft, LifecycleDefinition definition, long now) {
        Timers timers = Timers.none();
        if (draft.stage == Stage.SHADOW && draft.firstAt != null) {
            timers = timers.with(Purpose.ADOPT, draft.firstSeen + PATIENCE_NANOS);
        }
        if (draft.stage == Stage.OPEN && draft.phase != null) {
            timers = timers.with(
                    Purpose.SLICE, nextSlice(draft.phase, definition.times().sliceNanos(), now));
        }
        if (draft.stage == Stage.OPEN && definition.times().expireNanos() != null) {
            timers = timers.with(
                    Purpose.EXPIRE, draft.lastSeen + definition.times().expireNanos());
        }
        return RollUpLogs.timer(draft, timers);
    }

    /** The next multiple of the slice after the phase's start that still lies ahead: an old phase is cut once, not often. */
    private static long nextSlice(Phase phase, long slice, long now) {
        long passed = Math.max(0, now - phase.start());
        return phase.start() + (passed / slice + 1) * slice;
    }
}
