package io.contextcore.gateway.expression;

import com.google.re2j.Pattern;
import java.util.Locale;

/** A parameter of a function. */
record Parameter(String name, Kind kind) {

    /** What a parameter takes. */
    enum Kind {
        ANY(ValueType.ANY),
        BOOL(ValueType.BOOL),
        INT(ValueType.INT),
        UINT(ValueType.UINT),
        DOUBLE(ValueType.DOUBLE),
        STRING(ValueType.STRING),
        BYTES(ValueType.BYTES),
        TIMESTAMP(ValueType.TIMESTAMP),
        DURATION(ValueType.DURATION),
        LIST(ValueType.LIST),
        MAP(ValueType.MAP),
        /** A list whose items the function yields, one or several. */
        ITEMS(ValueType.LIST),
        /** One of the items of {@link #ITEMS}. */
        ITEM(ValueType.ANY),
        /** int, uint or double. */
        NUMBER(ValueType.ANY),
        /** A regular expression in RE2's syntax; a constant one is compiled when the file is loaded. */
        REGEX(ValueType.STRING),
        /** Name of a lookup table; a constant one must exist when the file is loaded. */
        TABLE(ValueType.STRING),
        /** Name of a table of what is learnt; a constant one must be learnt by some mapping when the files are loaded. */
        FACTS(ValueType.STRING);

        private final ValueType type;

        Kind(ValueType type) {
            this.type = type;
        }

        ValueType type() {
            return type;
        }

        boolean accepts(Object value) {
            return switch (this) {
                case NUMBER -> value instanceof Number;
                case REGEX -> value instanceof Pattern || value instanceof String;
                default -> type == ValueType.ANY || Values.type(value) == type;
            };
        }

        static Kind named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }
}
