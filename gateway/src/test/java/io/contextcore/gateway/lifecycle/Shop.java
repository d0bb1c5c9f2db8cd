package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Below;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.model.LifecycleDefinition.Listed;
import io.contextcore.gateway.model.LifecycleDefinition.LogRule;
import io.contextcore.gateway.model.LifecycleDefinition.Shape;
import io.contextcore.gateway.model.LifecycleDefinition.Snapshot;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lifecycles that use all that the engine can do, for histories made by chance: an {@code order} (anchor, phases, roll-ups,
 * tally, snapshots, children) and a {@code visit} (span, expires, held for its parent, ends with it).
 */
final class Shop {

    static final long SECOND = 1_000_000_000L;
    static final long HOUR = 3_600 * SECOND;
    static final long DAY = 24 * HOUR;
    static final long EXPIRE = 12 * HOUR;
    static final long FORGET = 30 * DAY;

    private Shop() {}

    static LifecycleDefinition.Catalogue lifecycles() {
        return new LifecycleDefinition.Catalogue(Map.of("order", order(), "visit", visit()));
    }

    static Conventions conventions() {
        Map<String, Attribute> attributes = new HashMap<>();
        for (String name :
                List.of("order.status", "order.told", "order.title", "order.assignee", "order.shop", "visit.page")) {
            attributes.put(name, attribute(name, Type.STRING));
        }
        attributes.put("order.holds", attribute("order.holds", Type.STRINGS));
        for (String name : List.of("order.points", "order.weight", "order.weight_done", "order.progress")) {
            attributes.put(name, attribute(name, Type.DOUBLE));
        }
        for (String name : List.of("order.parts", "order.parts_done", "order.count")) {
            attributes.put(name, attribute(name, Type.INT));
        }
        return new Conventions(attributes);
    }

    private static Attribute attribute(String name, Type type) {
        return new Attribute(name, type, List.of(), "", "stable", name.equals("order.status"), null);
    }

    private static LifecycleDefinition order() {
        return new LifecycleDefinition(
                "order",
                Shape.ANCHOR,
                scope -> "order",
                Span.Kind.INTERNAL,
                null,
                null,
                false,
                "order.status",
                true,
                Set.of("order.status", "order.title", "order.points"),
                Set.of("done", "dropped"),
                List.of(
                        new Derived("order.status", Shop::status, Set.of("order.holds", "order.told")),
                        new Derived("order.progress", Shop::progress, Set.of("order.weight", "order.weight_done"))),
                null,
                List.of(
                        rule("opened", "order.created"),
                        rule("adopted", "order.adopted"),
                        rule("updated", "order.updated"),
                        rule("rolled_up", "order.progressed"),
                        rule("ended", "order.completed"),
                        rule("reopened", "order.reopened")),
                new Below(
                        new TreeMap<>(Map.of(
                                "order.parts", scope -> 1L,
                                "order.parts_done", scope -> "done".equals(child(scope, "order.status")) ? 1L : 0L,
                                "order.weight", scope -> weight(scope),
                                "order.weight_done",
                                        scope -> "done".equals(child(scope, "order.status"))
                                                ? weight(scope)
                                                : child(scope, "order.weight_done"))),
                        Map.of("visit", new Listed(Set.of("visit.page"), true, "left")),
                        null),
                List.of(new TallyRule(
                        scope -> text(after(scope, "order.shop"), "shop/"),
                        Set.of("order.shop"),
                        "shop.snapshot",
                        List.of("order.status"),
                        new TreeMap<>(Map.of(
                                "order.count",
                                (Expression) scope -> 1L,
                                "order.points",
                                scope -> after(scope, "order.points"))))),
                List.of(new Snapshot("order.snapshot", 6 * HOUR, true)),
                new Times(DAY, null, 0, FORGET, 400 * DAY));
    }

    private static LifecycleDefinition visit() {
        return new LifecycleDefinition(
                "visit",
                Shape.SPAN,
                scope -> "visit",
                Span.Kind.CLIENT,
                null,
                null,
                false,
                null,
                false,
                Set.of(),
                Set.of(),
                List.of(),
                null,
                List.of(rule("ended", "visit.ended"), rule("expired", "visit.expired")),
                Below.nothing(),
                List.of(),
                List.of(),
                new Times(DAY, EXPIRE, 5 * SECOND, null, 0));
    }

    static Object status(Object told, boolean held) {
        return held && !"done".equals(told) && !"dropped".equals(told) ? "held" : told;
    }

    private static Object status(Scope scope) {
        return status(after(scope, "order.told"), after(scope, "order.holds") instanceof List<?>);
    }

    private static Object progress(Scope scope) {
        return after(scope, "order.weight") instanceof Double weight && weight > 0
                ? (after(scope, "order.weight_done") instanceof Double done ? 100 * done / weight : (Object) 0.0)
                : Nothing.ABSENT;
    }

    private static Object weight(Scope scope) {
        Object weight = child(scope, "order.weight");
        Object points = child(scope, "order.points");
        return weight != Nothing.ABSENT ? weight : points != Nothing.ABSENT ? points : (Object) 1.0;
    }

    private static Object text(Object value, String prefix) {
        return value instanceof String text ? prefix + text : Nothing.ABSENT;
    }

    private static LogRule rule(String change, String event) {
        return new LogRule(
                scope -> change.equals(scope.get(LifecycleVariable.CHANGE.ordinal())),
                event,
                Severity.INFO,
                new TreeMap<>());
    }

    private static Object after(Scope scope, String name) {
        return attribute(scope, LifecycleVariable.AFTER, name);
    }

    private static Object child(Scope scope, String name) {
        return attribute(scope, LifecycleVariable.CHILD, name);
    }

    private static Object attribute(Scope scope, LifecycleVariable variable, String name) {
        @Nullable Object value = ((Map<?, ?>) scope.get(variable.ordinal())).get(name);
        return value == null ? Nothing.ABSENT : value;
    }
}
