package io.contextcore.gateway.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.primitives.UnsignedLong;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.expression.Times;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.model.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Evaluates the expressions of one delivery and turns what they yield into what its place needs. */
final class Values {

    /** A time may be so far ahead of the receipt, by clocks that differ; beyond it the receipt stands in. */
    private static final long AHEAD_NANOS = 300_000_000_000L;

    private final Scope scope;
    private final Program program;
    private final Limits limits;
    private final long received;
    private final @Nullable Trace trace;
    private final List<String> notes = new ArrayList<>();

    Values(Scope scope, Program program, Limits limits, long received, @Nullable Trace trace) {
        this.scope = scope;
        this.program = program;
        this.limits = limits;
        this.received = received;
        this.trace = trace;
    }

    Scope scope() {
        return scope;
    }

    List<String> notes() {
        return notes;
    }

    void note(String slug) {
        notes.add(slug);
    }

    Object of(Part part) {
        Object value;
        try {
            value = part.compiled().expression().evaluate(scope);
        } catch (EvaluationException e) {
            throw part.told(e, scope);
        }
        if (trace != null) {
            trace.expression(
                    part.what(), part.compiled().source(), part.compiled().location(), value);
        }
        return value;
    }

    /** The error that a value of an expression does not fit its place. */
    EvaluationException wrong(Part part, Object value, String expected) {
        return part.wrong(value, expected, scope);
    }

    /** No condition holds; an absent or null one does not. */
    boolean holds(@Nullable Part when) {
        if (when == null) {
            return true;
        }
        Object value = of(when);
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Nothing) {
            return false;
        }
        throw wrong(when, value, "true or false");
    }

    /** Text that names something: a string that is not empty, or a whole number; null where there is none. */
    @Nullable String name(@Nullable Part part) {
        if (part == null) {
            return null;
        }
        Object value = of(part);
        return value instanceof Nothing ? null : name(part, value);
    }

    String name(Part part, Object value) {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        if (value instanceof Long || value instanceof UnsignedLong) {
            return value.toString();
        }
        throw wrong(part, value, "text");
    }

    /** A name of a row: no control characters, since the state's own rows have names with them. */
    String key(Part part, Object value) {
        String name = name(part, value);
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                throw wrong(part, value, "text without control characters");
            }
        }
        return name;
    }

    /** The same of what the part yields; null where there is none. */
    @Nullable String key(Part part) {
        Object value = of(part);
        return value instanceof Nothing ? null : key(part, value);
    }

    String requiredName(Part part) {
        Object value = of(part);
        if (value instanceof Nothing) {
            throw wrong(part, value, "text; say `when:` where there may be none");
        }
        return name(part, value);
    }

    /** A time, never far ahead of the receipt; null where there is none. */
    @Nullable Long time(@Nullable Part part) {
        return part == null ? null : time(part, of(part));
    }

    @Nullable Long time(Part part, Object value) {
        Optional<Instant> instant;
        try {
            instant = Times.parse(value);
        } catch (EvaluationException e) {
            throw part.told(e, scope);
        }
        if (instant.isEmpty()) {
            return null;
        }
        long nanos = Nanos.of(instant.get());
        if (nanos > received + AHEAD_NANOS) {
            note("time-clamped");
            return received;
        }
        return nanos;
    }

    long requiredTime(Part part) {
        Object value = of(part);
        Long time = time(part, value);
        if (time == null) {
            throw wrong(part, value, "a time; say `when:` where there may be none");
        }
        return time;
    }

    /** The items of a list; empty where there is none. */
    List<Object> items(Part part) {
        Object value = of(part);
        List<Object> items = new ArrayList<>();
        if (value instanceof JsonNode node && node.isArray()) {
            node.forEach(item -> items.add(unwrapped(item)));
        } else if (value instanceof List<?> list) {
            items.addAll(list);
        } else if (!(value instanceof Nothing)) {
            throw wrong(part, value, "a list");
        }
        scope.spend(items.size());
        return items;
    }

    /** What is said of attributes: those that are absent are left out. */
    SortedMap<String, Told<AttributeValue>> told(SortedMap<String, Part> parts) {
        SortedMap<String, Told<AttributeValue>> told = new TreeMap<>();
        parts.forEach((name, part) -> {
            Object value = tells(name) ? of(part) : Nothing.ABSENT;
            if (value == Nothing.NULL) {
                told.put(name, Told.nothing());
            } else if (value != Nothing.ABSENT) {
                AttributeValue attribute = attribute(name, part, value);
                if (attribute != null) {
                    told.put(name, Told.of(attribute));
                }
            }
        });
        return told;
    }

    /** Attributes that have a value, no more than a span or a record may have. */
    SortedMap<String, AttributeValue> attributes(SortedMap<String, Part> parts) {
        SortedMap<String, AttributeValue> attributes = new TreeMap<>();
        parts.forEach((name, part) -> {
            AttributeValue value = tells(name) ? attribute(name, part, of(part)) : null;
            if (value != null && attributes.size() < limits.attributes()) {
                attributes.put(name, value);
            } else if (value != null) {
                note("attributes-capped");
            }
        });
        return attributes;
    }

    /** A value that no attribute declares, as it is kept for later deliveries; null where there is none. */
    @Nullable AttributeValue fact(Part part, Object value) {
        if (value instanceof Nothing) {
            return null;
        }
        if (value instanceof String text) {
            return new AttributeValue.Text(cut(text));
        }
        if (value instanceof Long number) {
            return new AttributeValue.Int(number);
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return new AttributeValue.Real(number);
        }
        if (value instanceof Boolean flag) {
            return new AttributeValue.Flag(flag);
        }
        throw wrong(part, value, "text, a number or a flag");
    }

    private @Nullable AttributeValue attribute(String name, Part part, Object value) {
        AttributeValue attribute;
        try {
            attribute = program.conventions().coerce(name, value);
        } catch (EvaluationException e) {
            throw part.told(e, scope);
        }
        return attribute == null
                ? null
                : cut(program.privacy().told(declared(name), attribute, program.redactor()::redact));
    }

    private Conventions.Attribute declared(String name) {
        return Objects.requireNonNull(program.conventions().byName().get(name), "the loader refuses others");
    }

    private boolean tells(String name) {
        return program.privacy().tells(declared(name));
    }

    private AttributeValue cut(AttributeValue attribute) {
        if (attribute instanceof AttributeValue.Text text && isLong(text.value())) {
            return new AttributeValue.Text(cut(text.value()));
        }
        if (attribute instanceof AttributeValue.Texts texts && isLong(texts)) {
            return new AttributeValue.Texts(
                    texts.values().stream().map(this::cut).toList());
        }
        return attribute;
    }

    private boolean isLong(AttributeValue.Texts texts) {
        for (String text : texts.values()) {
            if (isLong(text)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLong(String text) {
        return text.length() > limits.attributeChars();
    }

    private String cut(String text) {
        int most = limits.attributeChars();
        if (!isLong(text)) {
            return text;
        }
        note("attribute-cut");
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** A JSON value as expressions see it: objects and arrays as they are. */
    static Object unwrapped(JsonNode node) {
        if (node.isContainerNode()) {
            return node;
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isIntegralNumber()
                && node.bigIntegerValue().bitLength() <= Long.SIZE
                && node.bigIntegerValue().signum() > 0) {
            return UnsignedLong.valueOf(node.bigIntegerValue());
        }
        return node.isNumber() ? (Object) node.doubleValue() : Nothing.NULL;
    }
}
