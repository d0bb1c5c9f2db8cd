package io.contextcore.gateway.expression;

import com.fasterxml.jackson.databind.JsonNode;
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
