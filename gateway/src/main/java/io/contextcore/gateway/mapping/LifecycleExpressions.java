package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.expression.Compiled;
import io.contextcore.gateway.expression.Read;
import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.model.LifecycleVariable;
import io.contextcore.gateway.yaml.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the expressions of one lifecycle file. What an expression can see depends on its place, and the attributes that it
 * reads by name must exist.
 *
 * @param names expressions over the key that the file has given names to
 */
record LifecycleExpressions(Reading reading, Map<String, Compiled> names) {

    /** Where an expression stands. */
    enum Place {
        NAMED(LifecycleVariable.KEY),
        SPAN(
                LifecycleVariable.KEY,
                LifecycleVariable.PARENT,
                LifecycleVariable.BEFORE,
                LifecycleVariable.AFTER,
                LifecycleVariable.ATTRIBUTES,
                LifecycleVariable.CHANGE,
                LifecycleVariable.PHASE,
                LifecycleVariable.OUTCOME),
        DERIVED(LifecycleVariable.KEY, LifecycleVariable.AFTER, LifecycleVariable.ATTRIBUTES),
        LEAVE(LifecycleVariable.KEY, LifecycleVariable.AFTER, LifecycleVariable.ATTRIBUTES, LifecycleVariable.OUTCOME),
        ROLLED_UP(LifecycleVariable.CHILD);

        private final Set<LifecycleVariable> visible;

        Place(LifecycleVariable... visible) {
            this.visible = Set.of(visible);
        }
    }

    /** The expressions of a file with its {@code vars}: each may read those above it. */
    static LifecycleExpressions of(Reading reading, Field vars) {
        Map<String, Compiled> names = new LinkedHashMap<>();
        LifecycleExpressions expressions = new LifecycleExpressions(reading, names);
        if (vars.isPresent()) {
            vars.entries().forEach(entry -> expressions.name(entry));
        }
        return expressions;
    }

    private void name(Field.Entry entry) {
        Variables everywhere = variables(Place.SPAN).with(LifecycleVariable.CHILD.variable(), 0);
        Optional<String> objection = everywhere.objection(entry.key());
        if (objection.isPresent()) {
            reading.problems().add(ErrorCode.BAD_VARIABLE_NAME, entry.keyLocation(), objection.get());
            return;
        }
        String what = "vars." + entry.key();
        Part part = reading.expression(entry.value(), what, variables(Place.NAMED));
        Part known = part == null ? Parts.nothing(what, entry.keyLocation()) : part;
        names.put(entry.key(), known.compiled());
    }

    @Nullable Part expression(Field field, String what, Place place) {
        return field.isPresent() ? declared(reading.expression(field, what, variables(place))) : null;
    }

    @Nullable Part condition(Field field, String what, Place place) {
        return field.isPresent() ? declared(reading.condition(field, what, variables(place))) : null;
    }

    /** A value that may hold {@code ${…}} and becomes text. */
    @Nullable Part text(Field field, String what, Place place) {
        return field.isPresent() ? declared(reading.text(field, what, variables(place))) : null;
    }

    /** A number, or nothing. */
    @Nullable Part number(Field field, String what, Place place) {
        Part part = expression(field, what, place);
        reading.expect(part, "a number", ValueType.INT, ValueType.DOUBLE, ValueType.UINT);
        return part;
    }

    Map<String, Part> attributes(Field field, String what, Place place) {
        Map<String, Part> attributes = reading.attributes(field, what, variables(place));
        attributes.values().forEach(this::declared);
        return attributes;
    }

    /** The declaration of an attribute that holds a number; a problem if it is none. */
    @Nullable Attribute numeric(Field.Entry entry, String name) {
        Attribute attribute = reading.attribute(name, entry.keyLocation());
        if (attribute != null && attribute.type() != Type.INT && attribute.type() != Type.DOUBLE) {
            reading.clash(
                    attribute,
                    ErrorCode.ATTRIBUTE_TYPE,
                    entry.keyLocation(),
                    "'" + name + "' is of type "
                            + attribute.type().name().toLowerCase(java.util.Locale.ROOT)
                            + " (expected an attribute of type int or double)");
        }
        return attribute;
    }

    /** Names of declared attributes. */
    Set<String> names(Field field) {
        Set<String> known = new java.util.LinkedHashSet<>();
        if (field.isPresent()) {
            field.items()
                    .forEach(item -> item.text().ifPresent(name -> {
                        reading.attribute(name, item.location());
                        known.add(name);
                    }));
        }
        return known;
    }

    /**
     * The present attributes that an expression reads. Where others depend on which these are, they must be named.
     *
     * @param why what depends on it, for the message
     */
    Set<String> named(Part part, String why) {
        Set<String> present = new TreeSet<>();
        for (Read read : part.compiled().reads()) {
            if (read.attribute() != null) {
                present.add(read.attribute());
            } else {
                reading.problems()
                        .add(
                                ErrorCode.UNNAMED_READ,
                                part.compiled().location(),
                                part.what() + " does not name the attributes that it reads (expected " + read.map()
                                        + "['…'] with constant names, " + why + ")");
            }
        }
        return present;
    }

    private Variables variables(Place place) {
        Variables variables = Variables.none().withoutFacts();
        for (LifecycleVariable each : LifecycleVariable.values()) {
            if (place.visible.contains(each)) {
                variables = variables.with(each.variable(), each.ordinal(), type(each));
            }
        }
        if (place.visible.contains(LifecycleVariable.KEY)) {
            for (Map.Entry<String, Compiled> name : names.entrySet()) {
                variables = variables.with(name.getKey(), name.getValue());
            }
        }
        return variables;
    }

    private static ValueType type(LifecycleVariable variable) {
        return switch (variable) {
            case BEFORE, AFTER, ATTRIBUTES, CHILD -> ValueType.MAP;
            case KEY, PARENT, CHANGE, PHASE, OUTCOME -> ValueType.STRING;
        };
    }

    private @Nullable Part declared(@Nullable Part part) {
        if (part == null) {
            return null;
        }
        Set<String> declared = reading.conventions().byName().keySet();
        for (Read read : part.compiled().reads()) {
            if (read.attribute() != null && !declared.contains(read.attribute())) {
                reading.problems()
                        .add(
                                ErrorCode.UNKNOWN_ATTRIBUTE,
                                part.compiled().location(),
                                part.what() + " reads the attribute '" + read.attribute()
                                        + "', which is not declared (expected a name of the conventions"
                                        + Nearest.hint(read.attribute(), declared) + ")");
            }
        }
        return part;
    }

    Problems problems() {
        return reading.problems();
    }
}
