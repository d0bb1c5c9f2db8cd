package io.contextcore.gateway.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A lifecycle, as its file declares it. All expressions see {@link LifecycleVariable}.
 *
 * @param name {@code order}
 * @param shape which spans it becomes
 * @param spanName name of the anchor or of the span
 * @param kind kind of the span (shape SPAN); the others are internal
 * @param traceId 32 hex digits as a function of {@code key} (and {@code parent}); null: derived from the key
 * @param spanId 16 hex digits likewise; null: derived from the key
 * @param inParentTrace whether the root span is a child of the parent's root span (only where ids are given outright);
 *     otherwise a parent becomes a link
 * @param phaseAttribute attribute whose values are the phases; null: none
 * @param activity whether each later delivery that changed something becomes an instant span
 * @param watch attributes whose change becomes a span event of the activity
 * @param terminal phase values that end the instance
 * @param error text of the error where the span at hand is one, else absent
 * @param logs rules, all are tried in order
 * @param derive derived attributes, each after those that it reads
 * @param below how it counts those below it, and when it counts no more itself
 * @param tallies where its instances are counted by group
 * @param snapshots logs of the present state, at fixed intervals
 * @param times what happens by itself, and when
 */
public record LifecycleDefinition(
        String name,
        Shape shape,
        Expression spanName,
        Span.Kind kind,
        @Nullable Expression traceId,
        @Nullable Expression spanId,
        boolean inParentTrace,
        @Nullable String phaseAttribute,
        boolean activity,
        Set<String> watch,
        Set<String> terminal,
        List<Derived> derive,
        @Nullable Expression error,
        List<LogRule> logs,
        Below below,
        List<TallyRule> tallies,
        List<Snapshot> snapshots,
        Times times) {

    /** Which spans an instance becomes: section 5 of the design. */
    public enum Shape {
        ANCHOR,
        SPAN
    }

    /**
     * A derived attribute.
     *
     * @param reads the attributes and sets that the expression reads; the newest of them gives its time
     * @param overdueNanos null: the attribute has the expression's value; else it is true where the expression is, and
     *     nothing of what it reads was told for so long
     */
    public record Derived(
            String attribute,
            Expression expression,
            Set<String> reads,
            @Nullable Long overdueNanos) {

        public Derived(String attribute, Expression expression, Set<String> reads) {
            this(attribute, expression, reads, null);
        }
    }

    /**
     * A log record under a condition.
     *
     * @param event its event name; also the name of the delivery's activity span, if it is the first that holds
     * @param attributes what it says beyond the instance's attributes
     */
    public record LogRule(
            @Nullable Expression when,
            String event,
            LogRecord.Severity severity,
            SortedMap<String, Expression> attributes) {}

    /**
     * What happens by itself, and when.
     *
     * @param sliceNanos a phase longer than this is cut
     * @param expireNanos without a signal for so long, an open instance ends with outcome {@code expired}; null: never
     * @param holdNanos so long an ended span without a parent waits for one; 0: not at all
     * @param forgetNanos so long after its end an instance becomes a tombstone; null: never
     * @param tombstoneNanos so long after that the tombstone is kept
     */
    public record Times(
            long sliceNanos,
            @Nullable Long expireNanos,
            long holdNanos,
            @Nullable Long forgetNanos,
            long tombstoneNanos) {}

    /**
     * What an instance knows of those below it.
     *
     * @param rollups sums of the direct children's shares, by attribute; each expression sees {@code child}, and yields a
     *     number, or nothing for 0
     * @param listed lifecycles whose open children are listed
     * @param leave whether the instance counts no more: neither above nor in tallies; null: it counts for good
     */
    public record Below(
            SortedMap<String, Expression> rollups,
            Map<String, Listed> listed,
            @Nullable Expression leave) {

        public static Below nothing() {
            return new Below(new TreeMap<>(), Map.of(), null);
        }
    }

    /**
     * Children of one lifecycle, as their parent lists them.
     *
     * @param labels attributes of a child that the list keeps
     * @param cascade whether they end with their parent
     * @param outcome of those that ended so
     */
    public record Listed(
            Set<String> labels, boolean cascade, @Nullable String outcome) {}

    /**
     * Where instances are counted.
     *
     * @param into names the tally, as a function of the attributes; absent: not counted
     * @param common attributes that {@code into} reads: all groups of a tally share them
     * @param event event name of the log records
     * @param by attributes that make the groups
     * @param measures what is summed up, by the attribute that tells it; a constant 1 counts
     */
    public record TallyRule(
            Expression into,
            Set<String> common,
            String event,
            List<String> by,
            SortedMap<String, Expression> measures) {}

    /**
     * Tells the present state again and again.
     *
     * @param everyNanos interval, counted from when the instance was first seen
     * @param whileOpen only while it is open; else until it is forgotten
     */
    public record Snapshot(String event, long everyNanos, boolean whileOpen) {}

    /** Every lifecycle by name. */
    public record Catalogue(Map<String, LifecycleDefinition> byName) {
        public Catalogue {
            byName = Map.copyOf(byName);
        }

        /** @throws IllegalStateException if there is no such lifecycle: state written under other mappings */
        public LifecycleDefinition get(String name) {
            LifecycleDefinition definition = byName.get(name);
            if (definition == null) {
                throw new IllegalStateException(
                        "no lifecycle '" + name + "' in the mappings (expected one of " + byName.keySet() + ")");
            }
            return definition;
        }
    }
}
