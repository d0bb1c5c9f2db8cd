package io.contextcore.gateway.mapping;

import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.model.Schema;
import org.jspecify.annotations.Nullable;

/** What the expressions of a mapping file can see besides its own {@code vars}; the slot of each is its ordinal. */
enum Variable {
    PAYLOAD("payload", ValueType.ANY),
    HEADERS("headers", ValueType.MAP),
    EVENT("event", ValueType.STRING),
    SOURCE("source", ValueType.STRING),
    KIND("kind", ValueType.STRING),
    RECEIVED("received", ValueType.TIMESTAMP),
    DELIVERY_ID("delivery_id", ValueType.STRING);

    private final String variable;
    private final ValueType type;

    Variable(String variable, ValueType type) {
        this.variable = variable;
        this.type = type;
    }

    /** @param schema of the payload; null: nothing is known of it */
    static Variables all(@Nullable Schema schema) {
        Variables variables = Variables.none();
        for (Variable each : values()) {
            variables = each == PAYLOAD && schema != null
                    ? variables.withPayload(each.variable, each.ordinal(), schema)
                    : variables.with(each.variable, each.ordinal(), each.type);
        }
        return variables;
    }
}
