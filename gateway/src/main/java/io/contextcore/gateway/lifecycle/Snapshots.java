package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Snapshot;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Logs of the present state at fixed intervals, counted from when the instance was first seen. All rules of an instance
 * share one timer. What was missed while nothing ran is not made up.
 */
final class Snapshots {

    private Snapshots() {}

    /** When the next one is due; null: none is. One that is due already stays so, whatever is stepped before it. */
    static @Nullable Long next(LifecycleDefinition definition, Draft draft, long now, long horizon) {
        Long known = draft.timers.due().get(Purpose.SNAPSHOT);
        long passed = Math.max(now, horizon);
        return rules(definition, draft)
                .map(rule -> known != null ? known : after(rule, draft.firstSeen, passed))
                .min(Long::compare)
                .orElse(null);
    }

    /** What a timer that is due then is about. */
    static List<Snapshot> due(LifecycleDefinition definition, Draft draft, long due) {
        return rules(definition, draft)
                .filter(rule -> (due - draft.firstSeen) % rule.everyNanos() == 0)
                .toList();
    }

    private static Stream<Snapshot> rules(LifecycleDefinition definition, Draft draft) {
        return definition.snapshots().stream()
                .filter(rule -> draft.stage == Stage.OPEN || draft.stage == Stage.ENDED && !rule.whileOpen());
    }

    private static long after(Snapshot rule, long from, long passed) {
        long intervals = Math.max(0, passed - from) / rule.everyNanos();
        return from + (intervals + 1) * rule.everyNanos();
    }
}
