package io.contextcore.gateway.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.expression.Times;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.Schema.AnyOf;
import io.contextcore.gateway.model.Schema.ListOf;
import io.contextcore.gateway.model.Schema.Member;
import io.contextcore.gateway.model.Schema.Named;
import io.contextcore.gateway.model.Schema.Place;
import io.contextcore.gateway.model.Schema.Simple;
import io.contextcore.gateway.model.Schema.Structure;
import io.contextcore.gateway.model.Schema.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a payload fits a schema. Nothing of it is asked when deliveries are mapped: it is for tests.
 *
 * @param deviations what does not fit, each with its path and what was expected
 * @param seen the members of the schema that the payload has
 */
public record Conformance(List<String> deviations, Set<Place> seen) {

    public Conformance {
        deviations = List.copyOf(deviations);
        seen = Set.copyOf(seen);
    }

    public static Conformance of(Schema schema, JsonNode payload) {
        Check check = new Check(schema);
        check.value(payload, schema.payload(), "payload");
        return new Conformance(check.deviations, check.seen);
    }

    /** One payload's check: lives for it. */
    private static final class Check {

        private final Schema schema;
        private final List<String> deviations = new ArrayList<>();
        private final Set<Place> seen = new HashSet<>();

        Check(Schema schema) {
            this.schema = schema;
        }

        void value(JsonNode value, Type type, String path) {
            if (type instanceof Named || type instanceof AnyOf) {
                choice(value, type, path);
            } else if (!fits(value, type)) {
                deviate(value, type, path);
            } else if (type instanceof ListOf list) {
                for (int i = 0; i < value.size(); i++) {
                    value(value.get(i), list.item(), path + "[" + i + "]");
                }
            } else if (type instanceof Structure structure) {
                members(value, structure, path);
            }
        }

        /** The first choice of the value's kind decides what is within it. */
        private void choice(JsonNode value, Type type, String path) {
            schema.choices(type).stream()
                    .filter(choice -> fits(value, choice))
                    .findFirst()
                    .ifPresentOrElse(choice -> value(value, choice, path), () -> deviate(value, type, path));
        }

        private void members(JsonNode value, Structure structure, String path) {
            for (Member member : structure.members()) {
                if (!member.optional() && !value.has(member.name())) {
                    deviations.add(path + "." + member.name() + " is missing (expected " + shown(member.type())
                            + "; a member that may be missing is written '" + member.name() + "?')");
                }
            }
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                structure.member(entry.getKey()).ifPresent(member -> {
                    seen.add(new Place(schema.name(), structure.name(), member.name()));
                    value(entry.getValue(), member.type(), path + "." + entry.getKey());
                });
            }
        }

        private void deviate(JsonNode value, Type type, String path) {
            deviations.add(path + " is " + Shown.of(value) + " (expected " + shown(type) + ")");
        }

        /** Whether the value is of the kind of the type; its parts are not looked at. */
        private boolean fits(JsonNode value, Type type) {
            if (type instanceof ListOf) {
                return value.isArray();
            }
            if (type instanceof Structure) {
                return value.isObject();
            }
            if (type instanceof Simple simple) {
                return switch (simple) {
                    case STRING -> value.isTextual();
                    case INT -> value.isIntegralNumber() && value.canConvertToLong();
                    case NUMBER -> value.isNumber();
                    case BOOLEAN -> value.isBoolean();
                    case TIME -> isTime(value);
                    case LIST -> value.isArray();
                    case OBJECT -> value.isObject();
                    case ANY -> true;
                    case NULL -> value.isNull();
                };
            }
            throw new AssertionError("a type that was not resolved: " + type);
        }

        private static boolean isTime(JsonNode value) {
            if (!value.isTextual() && !value.canConvertToLong()) {
                return false;
            }
            try {
                return Times.parse(value.isTextual() ? value.textValue() : (Object) value.longValue())
                        .isPresent();
            } catch (EvaluationException e) {
                return false;
            }
        }

        private static String shown(Type type) {
            if (type instanceof Simple simple) {
                return simple.name().toLowerCase(Locale.ROOT);
            }
            if (type instanceof AnyOf any) {
                return any.choices().stream().map(Check::shown).collect(Collectors.joining(" or "));
            }
            if (type instanceof Named named) {
                return named.name();
            }
            return type instanceof ListOf list ? "a list of " + shown(list.item()) : "an object";
        }
    }
}
