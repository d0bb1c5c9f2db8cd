package io.contextcore.gateway.model;

import org.jspecify.annotations.Nullable;

/**
 * The ids of an instance's root span: functions of its key, so that anyone who knows the key knows them.
 *
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits: the anchor's, or the span's
 */
public record Identity(String traceId, String spanId) {

    private static final int BUDGET = 10_000;

    /** Derived from the key alone. */
    public static Identity derived(String key) {
        return new Identity(TelemetryIds.traceId(key), TelemetryIds.spanId(key, TelemetryIds.rootPart()));
    }

    /** By the lifecycle's own rule where it gives ids outright, else derived from the key. */
    public static Identity of(LifecycleDefinition definition, String key) {
        Scope scope = new Scope(LifecycleVariable.values().length, BUDGET)
                .set(LifecycleVariable.KEY.ordinal(), key)
                .set(LifecycleVariable.PARENT.ordinal(), Nothing.ABSENT);
        String traceId = outright(definition.traceId(), scope);
        String spanId = outright(definition.spanId(), scope);
        Identity derived = derived(key);
        return new Identity(traceId == null ? derived.traceId() : traceId, spanId == null ? derived.spanId() : spanId);
    }

    /** Whether the lifecycle's own rule, if it has one, recognises the key. */
    public static boolean isOutright(LifecycleDefinition definition, String key) {
        Scope scope = new Scope(LifecycleVariable.values().length, BUDGET).set(LifecycleVariable.KEY.ordinal(), key);
        return outright(definition.spanId(), scope) != null;
    }

    private static @Nullable String outright(@Nullable Expression rule, Scope scope) {
        return rule != null && rule.evaluate(scope) instanceof String id ? id : null;
    }
}
