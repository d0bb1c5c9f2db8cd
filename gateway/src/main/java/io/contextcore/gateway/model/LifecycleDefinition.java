package io.contextcore.gateway.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
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
 * @param sliceNanos a phase longer than this is cut
 * @param activity whether each later delivery that changed something becomes an instant span
 * @param watch attributes whose change becomes a span event of the activity
 * @param terminal phase values that end the instance
 * @param derive derived attributes in order; each may read those before it
 * @param error text of the error where the span at hand is one, else absent
 * @param logs rules, all are tried in order
 * @param expireNanos without a signal for so long, an open instance ends with outcome {@code expired}; null: never
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
        long sliceNanos,
        boolean activity,
        Set<String> watch,
        Set<String> terminal,
        List<Derived> derive,
        @Nullable Expression error,
        List<LogRule> logs,
        @Nullable Long expireNanos) {

    /** Which spans an instance becomes: section 5 of the design. */
    public enum Shape {
        ANCHOR,
        SPAN
    }

    /**
     * A derived attribute.
     *
     * @param reads the attributes and sets that the expression reads; the newest of them gives its time
     */
    public record Derived(String attribute, Expression expression, Set<String> reads) {}

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
