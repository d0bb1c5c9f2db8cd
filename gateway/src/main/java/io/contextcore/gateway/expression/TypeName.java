package io.contextcore.gateway.expression;

import io.contextcore.gateway.model.Nothing;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type as a value of the language: what {@code type(x)} yields and what {@code int} in {@code type(x) == int} is.
 *
 * @param name as CEL names it
 */
record TypeName(String name) {

    static final Map<String, TypeName> ALL = Stream.of(
                    "bool",
                    "int",
                    "uint",
                    "double",
                    "string",
                    "bytes",
                    "list",
                    "map",
                    "null_type",
                    "type",
                    "google.protobuf.Timestamp",
                    "google.protobuf.Duration")
            .collect(Collectors.toUnmodifiableMap(name -> name, TypeName::new));

    /** Those that are written as one word. */
    static final Set<String> WORDS =
            ALL.keySet().stream().filter(name -> name.indexOf('.') < 0).collect(Collectors.toUnmodifiableSet());

    /** Absent has no type; null has one. */
    static Object of(Object value) {
        if (value instanceof Nothing nothing) {
            return nothing == Nothing.ABSENT ? nothing : named("null_type");
        }
        return switch (Values.type(value)) {
            case TIMESTAMP -> named("google.protobuf.Timestamp");
            case DURATION -> named("google.protobuf.Duration");
            case ANY -> named("type");
            case BOOL, INT, UINT, DOUBLE, STRING, BYTES, LIST, MAP ->
                named(Values.type(value).toString());
        };
    }

    private static TypeName named(String name) {
        TypeName type = ALL.get(name);
        if (type == null) {
            throw new AssertionError("no type '" + name + "'");
        }
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
