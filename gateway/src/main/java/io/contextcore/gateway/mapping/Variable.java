package io.contextcore.gateway.mapping;

import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.expression.Variables;

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

    static Variables all() {
        Variables variables = Variables.none();
        for (Variable each : values()) {
            variables = variables.with(each.variable, each.ordinal(), each.type);
        }
        return variables;
    }
}
