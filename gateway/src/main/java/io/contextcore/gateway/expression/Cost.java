package io.contextcore.gateway.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
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
    /** Each character may become an object. */
    PIECES("1 step, and 1 for every 16 characters or items that it is given or gives") {
        @Override
        int of(Object value) {
            return value instanceof String text ? text.length() / ITEMS_PER_STEP : SIZE.of(value);
        }
    },
    /** RE2 looks at each character with each of the pattern's instructions, at worst. */
    PATTERN("1 step, and 1 for every 4,096 characters that it is given, times the instructions of the pattern") {
        @Override
        int of(Object value) {
            return SIZE.of(value);
        }

        @Override
        int of(Object[] arguments) {
            long chars = arguments[0] instanceof String text ? text.length() : 0;
            long instructions = arguments[1] instanceof Pattern pattern
                    ? pattern.programSize()
                    : arguments[1] instanceof String text ? text.length() * 2L : 0;
            return (int) Math.min(Integer.MAX_VALUE, 1 + chars * instructions / (4 * CHARS_PER_STEP));
        }
    };

    private static final int CHARS_PER_STEP = 1024;
    private static final int ITEMS_PER_STEP = 16;

    private final String text;

    Cost(String text) {
        this.text = text;
    }

    /** What one argument or the result takes, besides the one step of the call. */
    abstract int of(Object value);

    /** What a call with these arguments takes, before its result is known. */
    int of(Object[] arguments) {
        int steps = 1;
        for (Object argument : arguments) {
            steps += of(argument);
        }
        return steps;
    }

    /** As the reference has it. */
    @Override
    public String toString() {
        return text;
    }
}
