package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Below;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.model.LifecycleDefinition.Listed;
import io.contextcore.gateway.model.LifecycleDefinition.LogRule;
import io.contextcore.gateway.model.LifecycleDefinition.Shape;
import io.contextcore.gateway.model.LifecycleDefinition.TallyRule;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.LifecycleVariable;
import io.contextcore.gateway.model.LogRecord.Severity;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.model.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A world of parents and children: {@code part} (anchor) over parts and jobs, with sums; {@code job} (span) over
 * {@code step} (span, in the job's trace), each listed above and ended with it; {@code plain} (span) cares for nobody.
 */
final class Trees {

    private static final Times TIMES = new Times(24 * Lives.HOUR, null, 0, null, 0);

    private Trees() {}

    static Lives lives() {
        return lives(Limits.defaults());
    }

    static Lives lives(Limits limits) {
        return new Lives(
                new LifecycleDefinition.Catalogue(
                        Map.of("part", part(), "job", job(), "step", step(), "plain", plain())),
                conventions(),
                limits);
    }

    static SignalBuilder part(String key, long at) {
        return Lives.signal("part", key, at);
    }

    static SignalBuilder opened(String key) {
        return part(key, Lives.T0).start(Lives.T0).says("part.told", "new");
    }

    static SignalBuilder job(String key, long at) {
        return Lives.signal("job", key, at);
    }

    static AttributeValue real(double value) {
        return new AttributeValue.Real(value);
    }

    /** The attributes of an instance, with the sums and what is derived. */
    static Map<String, AttributeValue> values(Lives lives, String key) {
        Instance instance = (Instance) lives.rows.get(key);
        LifecycleDefinition definition = instance.lifecycle().equals("part") ? part() : job();
        return View.known(Draft.of(instance), definition, conventions()).values();
    }

    static LifecycleDefinition part() {
        SortedMap<String, Expression> rollups = new TreeMap<>();
        rollups.put("part.count", scope -> "dropped".equals(child(scope, "part.told")) ? 0L : 1L);
        rollups.put(
                "part.weight",
                scope -> first(child(scope, "part.weight"), child(scope, "part.points"), Nothing.ABSENT));
        rollups.put(
                "part.done",
                scope -> first(
                        child(scope, "part.done"),
                        "done".equals(child(scope, "part.told")) ? child(scope, "part.points") : Nothing.ABSENT,
                        Nothing.NULL));
        Derived percent = new Derived(
                "part.percent",
                scope -> Lives.after(scope, "part.weight") instanceof Double weight && weight != 0
                        ? 100 * (Double) Lives.after(scope, "part.done") / weight
                        : Nothing.ABSENT,
                Set.of("part.weight", "part.done"));
        Derived status = new Derived(
                "part.status",
                scope -> Double.valueOf(100).equals(Lives.after(scope, "part.percent"))
                        ? "ready"
                        : Lives.after(scope, "part.told"),
                Set.of("part.percent", "part.told"));
        return new LifecycleDefinition(
                "part",
                Shape.ANCHOR,
                scope -> "part",
                Span.Kind.INTERNAL,
                null,
                null,
                false,
                "part.status",
                true,
                Set.of("part.status", "part.count"),
                Set.of("done", "dropped"),
                List.of(percent, status),
                null,
                List.of(
                        Lives.rule("opened", "part.created"),
                        new LogRule(
                                scope -> !"opened".equals(Lives.change(scope))
                                        && !Lives.after(scope, "part.status")
                                                .equals(Lives.before(scope, "part.status")),
                                "part.status_changed",
                                Severity.INFO,
                                new TreeMap<>()),
                        new LogRule(
                                scope -> "rolled_up".equals(Lives.change(scope))
                                        && !Lives.after(scope, "part.weight")
                                                .equals(Lives.before(scope, "part.weight")),
                                "part.rolled_up",
                                Severity.INFO,
                                new TreeMap<>(Map.of("part.weight_from", scope -> Lives.before(scope, "part.weight")))),
                        Lives.rule("child_added", "part.child_came")),
                new Below(
                        rollups,
                        Map.of("job", new Listed(Set.of("job.tool"), true, "interrupted")),
                        scope -> Boolean.TRUE.equals(Lives.after(scope, "part.gone"))),
                List.of(new TallyRule(
                        scope -> Lives.after(scope, "part.place") instanceof String place
                                ? "at/" + place
                                : Nothing.ABSENT,
                        Set.of("part.place"),
                        "place.snapshot",
                        List.of("part.told", "part.colour"),
                        new TreeMap<>(Map.of(
                                "part.count",
                                scope -> 1L,
                                "part.points",
                                scope -> Lives.after(scope, "part.points"))))),
                List.of(),
                TIMES);
    }

    private static LifecycleDefinition job() {
        return span("job", false, Map.of("step", new Listed(Set.of(), true, null)));
    }

    private static LifecycleDefinition step() {
        return span("step", true, Map.of());
    }

    private static LifecycleDefinition plain() {
        return span("plain", false, Map.of());
    }

    private static LifecycleDefinition span(String name, boolean inParentTrace, Map<String, Listed> listed) {
        Expression traceId = scope -> "0af7651916cd43dd8448eb211c80319c";
        return new LifecycleDefinition(
                name,
                Shape.SPAN,
                scope -> name,
                Span.Kind.CLIENT,
                name.equals("plain") ? null : traceId,
                null,
                inParentTrace,
                null,
                false,
                Set.of(),
                Set.of(),
                List.of(),
                null,
                List.of(Lives.rule("ended", name + ".ended")),
                new Below(new TreeMap<>(), listed, null),
                List.of(),
                List.of(),
                TIMES);
    }

    static Conventions conventions() {
        Map<String, Attribute> attributes = new HashMap<>();
        Map<String, Type> types = Map.ofEntries(
                Map.entry("part.told", Type.STRING),
                Map.entry("part.status", Type.STRING),
                Map.entry("part.place", Type.STRING),
                Map.entry("part.colour", Type.STRING),
                Map.entry("part.gone", Type.BOOLEAN),
                Map.entry("part.points", Type.DOUBLE),
                Map.entry("part.count", Type.INT),
                Map.entry("part.weight", Type.DOUBLE),
                Map.entry("part.weight_from", Type.DOUBLE),
                Map.entry("part.done", Type.DOUBLE),
                Map.entry("part.percent", Type.DOUBLE),
                Map.entry("job.tool", Type.STRING));
        types.forEach((name, type) -> attributes.put(
                name, new Attribute(name, type, List.of(), "", "stable", name.endsWith("status"), null)));
        return new Conventions(attributes);
    }

    private static Object child(Scope scope, String name) {
        return Lives.attribute(scope, LifecycleVariable.CHILD, name);
    }

    private static Object first(Object... values) {
        for (Object value : values) {
            if (!(value instanceof Nothing)) {
                return value;
            }
        }
        return Nothing.ABSENT;
    }
}
