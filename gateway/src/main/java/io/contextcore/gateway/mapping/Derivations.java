package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.mapping.LifecycleExpressions.Place;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.yaml.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads derived attributes and puts each after those that it reads. */
final class Derivations {

    private static final String WHY =
            "since derived attributes are computed in the order in which they read each other";

    private record Rule(String attribute, Part part, Set<String> reads) {}

    private final LifecycleExpressions expressions;
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final Map<String, Derived> sorted = new LinkedHashMap<>();
    private final Deque<Rule> path = new ArrayDeque<>();
    private boolean cyclic;

    private Derivations(LifecycleExpressions expressions) {
        this.expressions = expressions;
    }

    /** @param rolledUp attributes that are roll-ups: they cannot be derived as well */
    static List<Derived> read(LifecycleExpressions expressions, Field field, Set<String> rolledUp) {
        Derivations derivations = new Derivations(expressions);
        if (field.isPresent()) {
            field.entries().forEach(entry -> derivations.rule(entry, rolledUp));
        }
        derivations.rules.values().forEach(derivations::place);
        return new ArrayList<>(derivations.sorted.values());
    }

    private void rule(Field.Entry entry, Set<String> rolledUp) {
        Part part = expressions.expression(entry.value(), "derive." + entry.key(), Place.DERIVED);
        Attribute attribute = expressions.reading().attribute(entry.key(), entry.keyLocation());
        if (rolledUp.contains(entry.key())) {
            expressions
                    .problems()
                    .add(
                            ErrorCode.KEYS_DISAGREE,
                            entry.keyLocation(),
                            "'" + entry.key() + "' is a roll-up as well (expected one of rollup and derive)");
        }
        if (part != null && attribute != null) {
            expressions.reading().checkType(attribute, part);
            rules.put(entry.key(), new Rule(entry.key(), part, expressions.named(part, WHY)));
        }
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
                new Derived(rule.attribute(), rule.part().compiled().expression(), rule.reads()));
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
