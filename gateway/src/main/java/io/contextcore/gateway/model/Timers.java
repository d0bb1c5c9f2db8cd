package io.contextcore.gateway.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When a row wants to be woken: at most one due time per purpose.
 *
 * @param due by purpose, epoch nanoseconds
 */
public record Timers(SortedMap<Purpose, Long> due) {

    /** Why a row is woken. The order is the order of execution for equal due times. */
    public enum Purpose {
        /** A shadow has waited long enough and opens as adopted; an unclaimed alias gives up. */
        ADOPT,
        /** A long phase is cut, so that it is never silent. */
        SLICE,
        /** Nothing was heard for too long: the instance ends. */
        EXPIRE,
        /** A span has waited long enough for its parent. */
        HOLD,
        /** The present state is told again, so that nobody has to look far back for it. */
        SNAPSHOT,
        /** A change of roll-ups that was too early for a log may be logged. */
        ROLL_UP,
        /** Groups of a tally that changed are sent. */
        TALLY,
        /** All groups of a tally are sent again. */
        TALLY_REPEAT,
        /** An ended instance becomes a tombstone, a tombstone goes. */
        FORGET,
        /** What was asked has not been answered for too long. */
        OVERDUE
    }

    private static final Timers NONE = new Timers(new TreeMap<>());

    public Timers {
        due = Collections.unmodifiableSortedMap(new TreeMap<>(due));
    }

    public static Timers none() {
        return NONE;
    }

    public Timers with(Purpose purpose, long dueNanos) {
        SortedMap<Purpose, Long> changed = new TreeMap<>(due);
        changed.put(purpose, dueNanos);
        return new Timers(changed);
    }

    public Timers without(Purpose purpose) {
        if (!due.containsKey(purpose)) {
            return this;
        }
        SortedMap<Purpose, Long> changed = new TreeMap<>(due);
        changed.remove(purpose);
        return new Timers(changed);
    }
}
