package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Kin.RolledUp;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps the logs of changes of sums alone rare: one a minute, however many children change. */
final class RollUpLogs {

    static final long INTERVAL_NANOS = 60_000_000_000L;

    private RollUpLogs() {}

    /** Whether a log would come too early; then what was before the first unlogged change is remembered. */
    static boolean postponed(Draft draft, View before, long now) {
        RolledUp logged = draft.kin.rolledUp();
        if (logged == null || logged.before() == null && now - logged.loggedAt() >= INTERVAL_NANOS) {
            return false;
        }
        if (logged.before() == null) {
            draft.kin = draft.kin.withRolledUp(new RolledUp(logged.loggedAt(), before.values()));
        }
        return true;
    }

    /** The attributes before the first change that waits for its log. */
    static View unlogged(Draft draft) {
        RolledUp logged = Objects.requireNonNull(draft.kin.rolledUp(), "a postponed log has its time");
        return View.of(Objects.requireNonNull(logged.before(), "a postponed log has its attributes"));
    }

    /** What a step has told in its own logs is not told again by the one that waits. An end makes it needless. */
    static void settle(Draft draft, View before, View after, boolean sumsOnly) {
        RolledUp logged = draft.kin.rolledUp();
        if (logged == null || logged.before() == null || sumsOnly) {
            return;
        }
        SortedMap<String, AttributeValue> told = new TreeMap<>(logged.before());
        for (Map.Entry<String, AttributeValue> attribute : after.values().entrySet()) {
            if (!attribute.getValue().equals(before.get(attribute.getKey()))) {
                told.put(attribute.getKey(), attribute.getValue());
            }
        }
        told.keySet().removeIf(name -> before.get(name) != null && after.get(name) == null);
        draft.kin = draft.kin.withRolledUp(new RolledUp(logged.loggedAt(), draft.stage == Stage.OPEN ? told : null));
    }

    static Timers timer(Draft draft, Timers timers) {
        RolledUp logged = draft.kin.rolledUp();
        return logged == null || logged.before() == null
                ? timers
                : timers.with(Purpose.ROLL_UP, logged.loggedAt() + INTERVAL_NANOS);
    }
}
