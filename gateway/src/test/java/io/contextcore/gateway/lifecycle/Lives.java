package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Below;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.model.LifecycleDefinition.LogRule;
import io.contextcore.gateway.model.LifecycleDefinition.Shape;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.LifecycleVariable;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.LogRecord.Severity;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.Timers.Purpose;
import io.contextcore.gateway.model.Told;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A little world for the engine's tests: an {@code order} (anchor) with phases, a {@code call} (span), and rows in a map. */
final class Lives {

    static final long SECOND = 1_000_000_000L;
    static final long HOUR = 3_600 * SECOND;
    /** A round time in 2026, so that figures stay readable. */
    static final long T0 = 1_780_000_000L * SECOND;
    /** The order that most tests tell of. */
    static final String KEY = "shop/1";

    final Map<String, Row> rows = new HashMap<>();
    final List<Span> spans = new ArrayList<>();
    final List<io.contextcore.gateway.model.LogRecord> logs = new ArrayList<>();
    final List<StepResult.Note> notes = new ArrayList<>();
    final LifecycleEngine engine;
    /** Number of messages stepped so far. */
    int steps;

    private final Deque<Message> waiting = new ArrayDeque<>();
    private long sequence;

    Lives() {
        this(Limits.defaults());
    }

    Lives(Limits limits) {
        this(new LifecycleDefinition.Catalogue(Map.of("order", order(), "call", call())), conventions(), limits);
    }

    /** Another world. */
    Lives(LifecycleDefinition.Catalogue lifecycles, Conventions conventions, Limits limits) {
        engine = new LifecycleEngine(lifecycles, conventions, limits);
    }

    /** Tells a signal and everything that follows from it; the receipt is the event's time. */
    Lives tell(SignalBuilder signal) {
        return tell(signal, signal.at);
    }

    Lives tell(SignalBuilder signal, long received) {
        sequence++;
        deliver(signal.build(new Origin("src", "src//d" + sequence, sequence, "", 0, 0), received), received);
        return this;
    }

    Lives tellAll(Collection<SignalBuilder> signals) {
        signals.forEach(this::tell);
        return this;
    }

    void wake(String key, Purpose purpose) {
        wake(key, purpose, due(key, purpose), true);
    }

    /** Wakes a row when time has passed already up to the horizon. */
    void wake(String key, Purpose purpose, long horizon, boolean room) {
        long due = due(key, purpose);
        keep(engine.wake(rows.get(key), purpose, due, horizon, room), due);
    }

    /** When a row wants to be woken. */
    long due(String key, Purpose purpose) {
        return rows.get(key).timers().due().get(purpose);
    }

    /** Steps a message and, one after the other, all that follow from it. */
    void deliver(Message message, long now) {
        steps++;
        keep(engine.step(rows.get(message.addressee()), message, now), now);
    }

    private void keep(StepResult result, long now) {
        if (result.row() == null) {
            rows.remove(result.key());
        } else {
            rows.put(result.key(), result.row());
        }
        spans.addAll(result.emission().spans());
        logs.addAll(result.emission().logs());
        notes.addAll(result.notes());
        waiting.addAll(result.messages());
        while (!waiting.isEmpty()) {
            deliver(waiting.remove(), now);
        }
    }

    List<String> spanNames() {
        return spans.stream().map(Span::name).toList();
    }

    List<String> events() {
        return logs.stream()
                .map(io.contextcore.gateway.model.LogRecord::eventName)
                .toList();
    }

    Span span(String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What is known of {@link #KEY}. */
    Instance instance() {
        return (Instance) rows.get(KEY);
    }

    /** The first that is told of {@link #KEY}. */
    static SignalBuilder opening() {
        return order(KEY, T0).start(T0).says("order.told", "new").says("order.title", "Tea");
    }

    static SignalBuilder order(String key, long at) {
        return new SignalBuilder(Reference.key("order", key), at);
    }

    static SignalBuilder call(String key, long at) {
        return new SignalBuilder(Reference.key("call", key), at);
    }

    static SignalBuilder signal(String lifecycle, String key, long at) {
        return new SignalBuilder(Reference.key(lifecycle, key), at);
    }

    static SignalBuilder orderAlias(String alias, long at) {
        return signalAlias("order", alias, at);
    }

    static SignalBuilder signalAlias(String lifecycle, String alias, long at) {
        return new SignalBuilder(Reference.alias(lifecycle, alias), at);
    }

    /** Says one thing after the other. */
    static final class SignalBuilder {
        private final Reference target;
        private final long at;
        private @Nullable Long start;
        private @Nullable Long since;
        private @Nullable Told<Long> end;
        private @Nullable Told<String> outcome;
        private @Nullable Told<Reference> parent;
        private final SortedMap<String, Told<AttributeValue>> attributes = new TreeMap<>();
        private final SortedMap<String, Map<String, Boolean>> sets = new TreeMap<>();
        private final List<String> aliases = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();

        private SignalBuilder(Reference target, long at) {
            this.target = target;
            this.at = at;
        }

        SignalBuilder start(long value) {
            start = value;
            return this;
        }

        SignalBuilder since(long value) {
            since = value;
            return this;
        }

        SignalBuilder end(@Nullable Long value) {
            end = new Told<>(value);
            return this;
        }

        SignalBuilder outcome(String value) {
            outcome = Told.of(value);
            return this;
        }

        SignalBuilder parent(String lifecycle, String key) {
            parent = Told.of(Reference.key(lifecycle, key));
            return this;
        }

        SignalBuilder says(String name, @Nullable String value) {
            attributes.put(name, new Told<>(value == null ? null : AttributeValue.of(value)));
            return this;
        }

        SignalBuilder is(String name, AttributeValue value) {
            attributes.put(name, Told.of(value));
            return this;
        }

        SignalBuilder noParent() {
            parent = Told.nothing();
            return this;
        }

        SignalBuilder member(String set, String member, boolean in) {
            sets.computeIfAbsent(set, name -> new TreeMap<>()).put(member, in);
            return this;
        }

        SignalBuilder alias(String alias) {
            aliases.add(alias);
            return this;
        }

        SignalBuilder parentAlias(String lifecycle, String alias) {
            parent = Told.of(Reference.alias(lifecycle, alias));
            return this;
        }

        SignalBuilder linkAlias(String lifecycle, String alias) {
            links.add(new Link(Reference.alias(lifecycle, alias), new TreeMap<>(), false));
            return this;
        }

        SignalBuilder linkBoth(String lifecycle, String key) {
            links.add(new Link(Reference.key(lifecycle, key), new TreeMap<>(), true));
            return this;
        }

        SignalBuilder link(String lifecycle, String key) {
            links.add(new Link(Reference.key(lifecycle, key), new TreeMap<>(), false));
            return this;
        }

        Signal build(Origin origin, long received) {
            return new Signal(
                    target, at, start, since, end, outcome, parent, attributes, sets, aliases, links, received, origin);
        }
    }

    static LifecycleDefinition order() {
        return new LifecycleDefinition(
                "order",
                Shape.ANCHOR,
                scope -> "order story",
                Span.Kind.INTERNAL,
                null,
                null,
                false,
                "order.status",
                true,
                Set.of("order.status", "order.title"),
                Set.of("done"),
                List.of(new Derived(
                        "order.status",
                        scope -> after(scope, "order.holds") instanceof List<?>
                                        && !"done".equals(after(scope, "order.told"))
                                ? "held"
                                : after(scope, "order.told"),
                        Set.of("order.holds", "order.told"))),
                scope -> "held".equals(scope.get(LifecycleVariable.PHASE.ordinal())) ? "on hold" : Nothing.ABSENT,
                List.of(
                        rule("opened", "order.created"),
                        rule("adopted", "order.created"),
                        new LogRule(
                                scope -> "updated".equals(change(scope))
                                        && !after(scope, "order.status").equals(before(scope, "order.status")),
                                "order.status_changed",
                                Severity.INFO,
                                new TreeMap<>(Map.of("order.status_from", scope -> before(scope, "order.status")))),
                        rule("ended", "order.completed"),
                        rule("reopened", "order.reopened"),
                        rule("expired", "order.expired")),
                Below.nothing(),
                List.of(),
                List.of(),
                new Times(24 * HOUR, null, 0, null, 0));
    }

    static LifecycleDefinition call() {
        Expression traceId = scope -> "0af7651916cd43dd8448eb211c80319c";
        return new LifecycleDefinition(
                "call",
                Shape.SPAN,
                scope -> "call",
                Span.Kind.CLIENT,
                traceId,
                null,
                true,
                null,
                false,
                Set.of(),
                Set.of(),
                List.of(),
                scope -> scope.get(LifecycleVariable.OUTCOME.ordinal()) instanceof String outcome
                                && outcome.equals("failed")
                        ? "it failed"
                        : Nothing.ABSENT,
                List.of(rule("ended", "call.ended")),
                Below.nothing(),
                List.of(),
                List.of(),
                new Times(24 * HOUR, 12 * HOUR, 0, null, 0));
    }

    static LogRule rule(String change, String event) {
        return new LogRule(scope -> change.equals(change(scope)), event, Severity.INFO, new TreeMap<>());
    }

    static Conventions conventions() {
        Map<String, Attribute> attributes = new HashMap<>();
        for (String name : List.of("order.status", "order.told", "order.title", "order.status_from")) {
            attributes.put(
                    name, new Attribute(name, Type.STRING, List.of(), "", "stable", name.equals("order.status"), null));
        }
        attributes.put("order.holds", new Attribute("order.holds", Type.STRINGS, List.of(), "", "stable", false, null));
        return new Conventions(attributes);
    }

    static Object change(Scope scope) {
        return scope.get(LifecycleVariable.CHANGE.ordinal());
    }

    static Object after(Scope scope, String name) {
        return attribute(scope, LifecycleVariable.AFTER, name);
    }

    static Object before(Scope scope, String name) {
        return attribute(scope, LifecycleVariable.BEFORE, name);
    }

    static Object attribute(Scope scope, LifecycleVariable variable, String name) {
        Object value = ((Map<?, ?>) scope.get(variable.ordinal())).get(name);
        return value == null ? Nothing.ABSENT : value;
    }
}
