package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.mapping.LifecycleExpressions.Place;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads derived and overdue attributes and puts each after those that it reads. */
final class Derivations {

    private static final Form OVERDUE = Form.of(
            "an overdue attribute",
            required("when", Shape.EXPRESSION, "what must hold"),
            required("after", Shape.DURATION, "for so long nothing was told of what `when` reads"));

    /** Keys of a lifecycle file. */
    static final List<Form.Key> KEYS = List.of(
            optional("derive", Shape.map(Shape.EXPRESSION), "attributes that follow from others"),
            optional(
                    "overdue",
                    Shape.map(Shape.of(OVERDUE)),
                    "attributes that become true when something has not been told for so long"));

    private static final String WHY =
            "since derived attributes are computed in the order in which they read each other";

    private record Rule(
            String attribute,
            Part part,
            Set<String> reads,
            @Nullable Long overdueNanos) {}

    private final LifecycleExpressions expressions;
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final Map<String, Derived> sorted = new LinkedHashMap<>();
    private final Deque<Rule> path = new ArrayDeque<>();
    private boolean cyclic;

    private Derivations(LifecycleExpressions expressions) {
        this.expressions = expressions;
    }

    /** @param rolledUp attributes that are roll-ups: they cannot be derived as well */
    static List<Derived> read(LifecycleExpressions expressions, Fields fields, Set<String> rolledUp) {
        Derivations derivations = new Derivations(expressions);
        Field derive = fields.get("derive");
        if (derive.isPresent()) {
            derive.entries().forEach(entry -> derivations.derived(entry, rolledUp));
        }
        Field overdue = fields.get("overdue");
        if (overdue.isPresent()) {
            overdue.entries().forEach(entry -> derivations.overdue(entry, rolledUp));
        }
        derivations.rules.values().forEach(derivations::place);
        return new ArrayList<>(derivations.sorted.values());
    }

    private void derived(Field.Entry entry, Set<String> rolledUp) {
        Part part = expressions.expression(entry.value(), "derive." + entry.key(), Place.DERIVED);
        rule(entry, "derive", rolledUp, part, null);
    }

    private void overdue(Field.Entry entry, Set<String> rolledUp) {
        entry.value().fields(OVERDUE).ifPresent(fields -> {
            Part when = expressions.condition(fields.get("when"), "overdue." + entry.key() + ".when", Place.DERIVED);
            Optional<Duration> after = TimesReader.timeSpan(fields.get("after"));
            if (rules.containsKey(entry.key())) {
                disagree(entry, "derived as well (expected one of derive and overdue)");
            }
            after.ifPresent(wait -> rule(entry, "overdue", rolledUp, when, Nanos.of(wait)));
        });
    }

    private void rule(
            Field.Entry entry, String key, Set<String> rolledUp, @Nullable Part part, @Nullable Long overdueNanos) {
        Attribute attribute = expressions.reading().attribute(entry.key(), entry.keyLocation());
        if (rolledUp.contains(entry.key())) {
            disagree(entry, "a roll-up as well (expected one of rollup and " + key + ")");
        }
        if (part != null && attribute != null) {
            expressions.reading().checkType(attribute, part);
            rules.put(entry.key(), new Rule(entry.key(), part, expressions.named(part, WHY), overdueNanos));
        }
    }

    private void disagree(Field.Entry entry, String what) {
        expressions.problems().add(ErrorCode.KEYS_DISAGREE, entry.keyLocation(), "'" + entry.key() + "' is " + what);
    }

    /** Depth first, in the order of the file: the same file always gives the same order. */
    private void place(Rule rule) {
        if (cyclic || sorted.containsKey(rule.attribute())) {
            return;
        }
        if (path.contains(rule)) {
            cycle(rule);
            return;
        }
        path.addLast(rule);
        for (String read : rule.reads()) {
            Rule before = rules.get(read);
            if (before != null) {
                place(before);
            }
        }
        path.removeLast();
        sorted.putIfAbsent(
                rule.attribute(),
                new Derived(rule.attribute(), rule.part().compiled().expression(), rule.reads(), rule.overdueNanos()));
    }

    private void cycle(Rule first) {
        cyclic = true;
        List<Rule> around = new ArrayList<>(path);
        around = around.subList(around.indexOf(first), around.size());
        Set<String> steps = new LinkedHashSet<>();
        for (int i = 0; i < around.size(); i++) {
            Rule rule = around.get(i);
            Rule next = around.get((i + 1) % around.size());
            steps.add("'" + rule.attribute() + "' reads '" + next.attribute() + "' at "
                    + rule.part().compiled().location());
        }
        expressions
                .problems()
                .add(
                        ErrorCode.DERIVED_CYCLE,
                        first.part().compiled().location(),
                        "derived attributes need each other: " + String.join(", ", steps)
                                + " (expected that they can be computed one after the other)");
    }
}
