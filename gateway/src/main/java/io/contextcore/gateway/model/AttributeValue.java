package io.contextcore.gateway.model;

import java.util.List;

/** The value of an attribute: what OTLP can carry and the conventions declare. */
public sealed interface AttributeValue {

    record Text(String value) implements AttributeValue {}

    record Int(long value) implements AttributeValue {}

    /** A finite double; NaN and infinities are refused, since nothing downstream can add them up. */
    record Real(double value) implements AttributeValue {
        public Real {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("not a finite number: " + value);
            }
        }
    }

    record Flag(boolean value) implements AttributeValue {}

    record Texts(List<String> values) implements AttributeValue {
        public Texts {
            values = List.copyOf(values);
        }
    }

    static AttributeValue of(String value) {
        return new Text(value);
    }

    static AttributeValue of(long value) {
        return new Int(value);
    }

    static AttributeValue of(boolean value) {
        return new Flag(value);
    }

    /** The value as expressions see it: String, Long, Double, Boolean or a list of strings. */
    default Object plain() {
        if (this instanceof Text text) {
            return text.value();
        } else if (this instanceof Int number) {
            return number.value();
        } else if (this instanceof Real number) {
            return number.value();
        } else if (this instanceof Flag flag) {
            return flag.value();
        } else {
            return ((Texts) this).values();
        }
    }
}
