package io.contextcore.gateway.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.contextcore.gateway.base.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The declared attributes: mappings/conventions.yaml.
 *
 * @param byName by attribute name
 */
public record Conventions(Map<String, Attribute> byName) {

    public Conventions {
        byName = Map.copyOf(byName);
    }

    /**
     * The value as the attribute's type has it.
     *
     * @param value what an expression yielded; see {@link Expression}
     * @return null where there is no value: absent, null, or a number that is not finite
     * @throws EvaluationException if the attribute is not declared, or the value is not of its type or not among its values
     */
    public @Nullable AttributeValue coerce(String name, Object value) {
        Attribute attribute = byName.get(name);
        if (attribute == null) {
            throw new EvaluationException("attribute '" + name + "' is not declared in the conventions");
        }
        return value instanceof Nothing ? null : attribute.check(attribute.convert(value), value);
    }

    /** What a value must be. */
    public enum Type {
        STRING,
        INT,
        DOUBLE,
        BOOLEAN,
        STRINGS
    }

    /** What a value may give away. */
    public enum Holds {
        /** Nothing of anybody. */
        FACT,
        /** The name of a person: a login, an account, what the person is called. */
        PERSON,
        /** What a person or an agent wrote: a body, a prompt, an answer, the result of a tool. */
        TEXT
    }

    /**
     * A declared attribute.
     *
     * @param values the allowed values; empty: any
     * @param indexed whether log records carry it as an attribute, so that one can filter by it
     * @param twin the OpenTelemetry name that stands beside it or instead of it, by emit mode; null: none
     * @param holds what a value may give away: see {@link Privacy}
     */
    public record Attribute(
            String name,
            Type type,
            List<String> values,
            String meaning,
            String stability,
            boolean indexed,
            @Nullable String twin,
            Holds holds) {

        /** One that gives nothing away. */
        public Attribute(
                String name,
                Type type,
                List<String> values,
                String meaning,
                String stability,
                boolean indexed,
                @Nullable String twin) {
            this(name, type, values, meaning, stability, indexed, twin, Holds.FACT);
        }

        private @Nullable AttributeValue convert(Object value) {
            return switch (type) {
                case STRING -> value instanceof String text ? new AttributeValue.Text(text) : wrong(value);
                case INT -> value instanceof Long number ? new AttributeValue.Int(number) : wrong(value);
                case DOUBLE -> value instanceof Number number ? real(number.doubleValue()) : wrong(value);
                case BOOLEAN -> value instanceof Boolean flag ? new AttributeValue.Flag(flag) : wrong(value);
                case STRINGS -> texts(value);
            };
        }

        private static @Nullable AttributeValue real(double number) {
            return Double.isFinite(number) ? new AttributeValue.Real(number) : null;
        }

        private AttributeValue texts(Object value) {
            List<String> texts = new ArrayList<>();
            if (!(value instanceof Iterable<?> items) || value instanceof ObjectNode) {
                return wrong(value);
            }
            for (Object item : items) {
                if (item instanceof String text) {
                    texts.add(text);
                } else if (item instanceof TextNode text) {
                    texts.add(text.textValue());
                } else {
                    return wrong(value);
                }
            }
            return new AttributeValue.Texts(texts);
        }

        private @Nullable AttributeValue check(@Nullable AttributeValue converted, Object value) {
            if (!values.isEmpty() && converted instanceof AttributeValue.Text text && !values.contains(text.value())) {
                throw new EvaluationException(name + ": '" + value + "' is not a value of it (expected one of " + values
                        + Nearest.hint(text.value(), values) + ")");
            }
            return converted;
        }

        private AttributeValue wrong(Object value) {
            throw new EvaluationException(
                    name + ": a value of Java type " + value.getClass().getSimpleName() + " does not fit (expected "
                            + type.name().toLowerCase(Locale.ROOT) + ")");
        }
    }
}
