package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.expression.Compiled;
import io.contextcore.gateway.expression.ExpressionCompiler;
import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the expressions and names of a file, and checks them against what is declared. Problems are collected. */
record Reading(
        ExpressionCompiler compiler,
        Conventions conventions,
        Overridden overridden,
        Set<String> lifecycles,
        Problems problems) {

    private static final String EXPRESSION_START = "${";

    /** A bare expression; null where there is none, or a wrong one. */
    @Nullable Part expression(Field field, String what, Variables variables) {
        return part(field.scalar().flatMap(scalar -> compiler.expression(scalar, variables, problems)), what);
    }

    /** A bare expression that is true or false. */
    @Nullable Part condition(Field field, String what, Variables variables) {
        Part part = part(field.scalar().flatMap(scalar -> compiler.condition(scalar, variables, problems)), what);
        expect(part, "true or false", ValueType.BOOL);
        return part;
    }

    /** A value that may hold {@code ${…}}. */
    @Nullable Part template(Field field, String what, Variables variables) {
        return part(field.scalar().flatMap(scalar -> compiler.template(scalar, variables, problems)), what);
    }

    @Nullable Part template(YamlScalar scalar, String what, Variables variables) {
        return part(compiler.template(scalar, variables, problems), what);
    }

    /** A template whose constant text, if it is one, must be one of the given. */
    @Nullable Part template(Field field, String what, Variables variables, Collection<String> allowed) {
        if (field.node().orElse(null) instanceof YamlScalar scalar && isConstant(scalar)) {
            field.oneOf(allowed);
        }
        return template(field, what, variables);
    }

    @Nullable Part text(Field field, String what, Variables variables) {
        Part part = template(field, what, variables);
        expect(part, "text", ValueType.STRING, ValueType.INT, ValueType.UINT);
        return part;
    }

    @Nullable Part time(Field field, String what, Variables variables) {
        Part part = template(field, what, variables);
        expect(part, "a time", ValueType.TIMESTAMP, ValueType.STRING, ValueType.INT, ValueType.UINT, ValueType.DOUBLE);
        return part;
    }

    /** A map from attributes to templates; names, types and constant values are checked. */
    SortedMap<String, Part> attributes(Field field, String what, Variables variables) {
        SortedMap<String, Part> attributes = new TreeMap<>();
        if (!field.isPresent()) {
            return attributes;
        }
        for (Field.Entry entry : field.entries()) {
            Part part = template(entry.value(), what + "." + entry.key(), variables);
            Attribute attribute = attribute(entry.key(), entry.keyLocation());
            if (part != null && attribute != null) {
                checkType(attribute, part);
                checkConstant(attribute, entry.value());
                attributes.put(entry.key(), part);
            }
        }
        return attributes;
    }

    /** The declaration of an attribute; a problem if there is none. */
    @Nullable Attribute attribute(String name, Location place) {
        Attribute attribute = conventions.byName().get(name);
        if (attribute == null) {
            problems.add(
                    ErrorCode.UNKNOWN_ATTRIBUTE,
                    place,
                    "attribute '" + name + "' is not declared (expected a name of the conventions"
                            + Nearest.hint(name, conventions.byName().keySet()) + ")");
        }
        return attribute;
    }

    void lifecycle(String name, Location place) {
        if (!lifecycles.contains(name)) {
            problems.add(
                    ErrorCode.UNKNOWN_LIFECYCLE,
                    place,
                    "there is no lifecycle '" + name + "' (expected one of " + String.join(", ", lifecycles)
                            + Nearest.hint(name, lifecycles) + ")");
        }
    }

    /** Complains where it is known already that the value will not fit. */
    void expect(@Nullable Part part, String expected, ValueType... types) {
        if (part != null
                && part.compiled().type() != ValueType.ANY
                && !Set.of(types).contains(part.compiled().type())) {
            problems.add(
                    ErrorCode.RESULT_TYPE,
                    part.compiled().location(),
                    part.what() + ": the value is of type " + part.compiled().type() + " (expected " + expected + ")");
        }
    }

    void checkType(Attribute attribute, Part part) {
        Set<ValueType> fitting = switch (attribute.type()) {
            case STRING -> Set.of(ValueType.STRING);
            case INT -> Set.of(ValueType.INT);
            case DOUBLE -> Set.of(ValueType.DOUBLE, ValueType.INT);
            case BOOLEAN -> Set.of(ValueType.BOOL);
            case STRINGS -> Set.of(ValueType.LIST);
        };
        ValueType type = part.compiled().type();
        if (type != ValueType.ANY && !fitting.contains(type)) {
            clash(
                    attribute,
                    ErrorCode.RESULT_TYPE,
                    part.compiled().location(),
                    part.what() + ": the value is of type " + type + " (expected type "
                            + attribute.type().name().toLowerCase(Locale.ROOT) + " of '" + attribute.name() + "')");
        }
    }

    /** A file and the declaration of an attribute do not go together: at the file, or at a later folder that declares it anew. */
    void clash(Attribute attribute, ErrorCode code, Location place, String message) {
        overridden
                .culprit(attribute.name(), place)
                .ifPresentOrElse(
                        later -> problems.add(
                                code,
                                later,
                                "'" + attribute.name() + "' is declared anew here, and " + place
                                        + " does not go with that: " + message),
                        () -> problems.add(code, place, message));
    }

    /** A constant must be among the allowed values. */
    void checkConstant(Attribute attribute, Field field) {
        if (field.node().orElse(null) instanceof YamlScalar scalar && isConstant(scalar)) {
            checkValue(attribute, field, scalar);
        }
    }

    private void checkValue(Attribute attribute, Field field, YamlScalar scalar) {
        if (attribute.values().isEmpty()) {
            return;
        }
        if (overridden.culprit(attribute.name(), scalar.location()).isEmpty()) {
            field.oneOf(attribute.values());
        } else if (!attribute.values().contains(scalar.text())) {
            clash(
                    attribute,
                    ErrorCode.NOT_ALLOWED,
                    scalar.location(),
                    "'" + scalar.text() + "' is none of its values (expected one of "
                            + String.join(", ", attribute.values()) + ")");
        }
    }

    static boolean isConstant(YamlScalar scalar) {
        return !scalar.text().contains(EXPRESSION_START);
    }

    private static @Nullable Part part(Optional<Compiled> compiled, String what) {
        return compiled.map(expression -> new Part(what, expression)).orElse(null);
    }
}
