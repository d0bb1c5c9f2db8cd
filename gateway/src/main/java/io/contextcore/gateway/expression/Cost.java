package io.contextcore.gateway.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.contextcore.gateway.model.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What one call of a function takes of the budget of a delivery. */
enum Cost {
    ONE("1 step") {
        @Override
        int of(Object result) {
            return 0;
        }
    },
    SIZE("1 step, and 1 for every 1,024 characters or bytes and 16 items that it is given or gives") {
        @Override
        int of(Object value) {
            if (value instanceof String text) {
                return text.length() / CHARS_PER_STEP;
            }
            if (value instanceof JsonNode node) {
                return node.size() / ITEMS_PER_STEP;
            }
            if (value instanceof List<?> list) {
                return list.size() / ITEMS_PER_STEP;
            }
            if (value instanceof Map<?, ?> map) {
                return map.size() / ITEMS_PER_STEP;
            }
            return value instanceof byte[] bytes ? bytes.length / CHARS_PER_STEP : 0;
        }
    },
    /** It goes through the items of items too. */
    CONTENT(
            "1 step, and 1 for every 1,024 characters or bytes and 16 items within what it is given or gives, however deep") {
        @Override
        int of(Object value) {
            return (int) Math.min(Integer.MAX_VALUE, units(value) / Scope.UNITS_PER_STEP);
        }
    },
    /** Each character may become an object. */
    PIECES(
            "1 step, and 1 for every 16 characters or items that it is given or gives, and for every 4,096 characters times"
                    + " those that are looked for, beyond the first of them") {
        @Override
        int of(Object value) {
            return value instanceof String text ? text.length() / ITEMS_PER_STEP : SIZE.of(value);
        }

        @Override
        int of(Object first, Object second, Object third) {
            return sum(super.of(first, second, third), looking(first, second));
        }
    },
    /** At each place all that is looked for may have to be compared. */
    SEARCH(
            "1 step, and 1 for every 1,024 characters that it is given or gives, and for every 4,096 characters times those"
                    + " that are looked for, beyond the first of them") {
        @Override
        int of(Object value) {
            return SIZE.of(value);
        }

        @Override
        int of(Object first, Object second, Object third) {
            return sum(super.of(first, second, third), looking(first, second));
        }
    },
    /** RE2 looks at each character with each of the pattern's instructions, at worst. */
    PATTERN("1 step, and 1 for every 4,096 characters that it is given, times the instructions of the pattern") {
        @Override
        int of(Object value) {
            return SIZE.of(value);
        }

        @Override
        int of(Object first, Object second, Object third) {
            long chars = first instanceof String text ? text.length() : 0;
            long instructions = second instanceof Pattern pattern
                    ? pattern.programSize()
                    : second instanceof String text ? text.length() * 2L : 0;
            return sum(1, chars * instructions / (4 * CHARS_PER_STEP));
        }
    };

    private static final int CHARS_PER_STEP = Scope.UNITS_PER_STEP;
    private static final int ITEMS_PER_STEP = Scope.UNITS_PER_STEP / Scope.ITEM;

    private final String text;

    Cost(String text) {
        this.text = text;
    }

    /** What one argument or the result takes, besides the one step of the call. */
    abstract int of(Object value);

    /** What a call with these arguments takes, before its result is known. */
    int of(Object first, Object second, Object third) {
        return sum(1 + (long) of(first) + of(second), of(third));
    }

    /** What a text costs to look for in another, at worst. */
    private static long looking(Object text, Object part) {
        return text instanceof String all && part instanceof String some
                ? (long) all.length() * Math.max(0, some.length() - 1) / (4 * CHARS_PER_STEP)
                : 0;
    }

    private static int sum(long steps, long more) {
        return (int) Math.min(Integer.MAX_VALUE, steps + more);
    }

    /** The characters of a value, and {@link Scope#ITEM} for each item, however deep. */
    private static long units(Object value) {
        if (value instanceof String text) {
            return text.length();
        } else if (value instanceof byte[] bytes) {
            return bytes.length;
        } else if (value instanceof JsonNode node) {
            long units = node.isTextual() ? node.textValue().length() : (long) Scope.ITEM * node.size();
            for (JsonNode item : node) {
                units += units(item);
            }
            return units;
        }
        Collection<?> items =
                value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of();
        long units = (long) Scope.ITEM * items.size();
        for (Object item : items) {
            units += units(item);
        }
        return units;
    }

    /** As the reference has it. */
    @Override
    public String toString() {
        return text;
    }
}
