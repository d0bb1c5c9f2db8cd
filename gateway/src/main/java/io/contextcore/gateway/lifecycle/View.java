package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.model.LifecycleVariable;
import io.contextcore.gateway.model.Scope;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An instance's attributes as one map: what was told, the sets as lists of their members, the sums over its children (none
 * over no child), and what is derived from all of them.
 *
 * @param values by name, in order
 * @param plain the same as expressions see them
 */
record View(SortedMap<String, AttributeValue> values, Map<String, Object> plain) {

    static final View EMPTY = new View(Collections.emptySortedMap(), Map.of());

    /** The attributes as they stand, with the derived ones as last computed. */
    static View known(Draft draft, LifecycleDefinition definition, Conventions conventions) {
        SortedMap<String, AttributeValue> values = told(draft, definition, conventions);
        values.putAll(draft.derived);
        return of(values);
    }

    static View of(SortedMap<String, AttributeValue> values) {
        return new View(values, plain(values));
    }

    /** The attributes with the derived ones computed anew; the draft keeps them, and when the next is overdue. */
    static View derived(Draft draft, LifecycleDefinition definition, Setting setting, View before, long now) {
        Conventions conventions = setting.conventions();
        SortedMap<String, AttributeValue> values = told(draft, definition, conventions);
        Map<String, Object> plain = plain(values);
        SortedMap<String, AttributeValue> derived = new TreeMap<>();
        Scope scope = setting.scope()
                .set(LifecycleVariable.KEY.ordinal(), draft.key)
                .set(LifecycleVariable.BEFORE.ordinal(), before.plain())
                .set(LifecycleVariable.AFTER.ordinal(), plain)
                .set(LifecycleVariable.ATTRIBUTES.ordinal(), plain);
        Overdue overdue = new Overdue(draft, definition, now);
        for (Derived rule : definition.derive()) {
            Object result = overdue.value(rule, rule.expression().evaluate(scope));
            AttributeValue value = conventions.coerce(rule.attribute(), result);
            if (value != null) {
                derived.put(rule.attribute(), value);
                plain.put(rule.attribute(), value.plain());
            }
        }
        values.putAll(derived);
        draft.derived = derived;
        draft.overdue = overdue.next();
        return new View(values, plain);
    }

    @Nullable AttributeValue get(String name) {
        return values.get(name);
    }

    @Nullable String text(@Nullable String name) {
        return name != null && values.get(name) instanceof AttributeValue.Text text ? text.value() : null;
    }

    private static SortedMap<String, AttributeValue> told(
            Draft draft, LifecycleDefinition definition, Conventions conventions) {
        SortedMap<String, AttributeValue> values = new TreeMap<>();
        draft.attributes.forEach((name, cell) -> {
            if (cell.value() != null) {
                values.put(name, cell.value());
            }
        });
        draft.sets.forEach((name, members) -> {
            List<String> present = members.entrySet().stream()
                    .filter(member -> Boolean.TRUE.equals(member.getValue().value()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!present.isEmpty()) {
                values.put(name, new AttributeValue.Texts(present));
            }
        });
        for (String name : definition.below().rollups().keySet()) {
            values.remove(name);
            AttributeValue sum = draft.kin.members() == 0
                    ? null
                    : Millionths.value(conventions, name, draft.kin.sums().getOrDefault(name, 0L));
            if (sum != null) {
                values.put(name, sum);
            }
        }
        return values;
    }

    private static Map<String, Object> plain(SortedMap<String, AttributeValue> values) {
        Map<String, Object> plain = new HashMap<>();
        values.forEach((name, value) -> plain.put(name, value.plain()));
        return plain;
    }

    /** When the newest thing was told that this attribute depends on, by whatever ways; the smallest long if nothing was. */
    static long toldAt(Draft draft, LifecycleDefinition definition, String attribute) {
        long newest = Long.MIN_VALUE;
        Set<String> reached = new HashSet<>(Set.of(attribute));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            String name = open.remove();
            newest = Math.max(newest, toldItself(draft, name));
            for (Derived rule : definition.derive()) {
                if (rule.attribute().equals(name)) {
                    rule.reads().stream().filter(reached::add).forEach(open::add);
                }
            }
        }
        return newest;
    }

    private static long toldItself(Draft draft, String attribute) {
        Cell<AttributeValue> cell = draft.attributes.get(attribute);
        long newest = cell == null ? Long.MIN_VALUE : cell.at();
        for (Cell<Boolean> member :
                draft.sets.getOrDefault(attribute, Collections.emptySortedMap()).values()) {
            newest = Math.max(newest, member.at());
        }
        return newest;
    }
}
