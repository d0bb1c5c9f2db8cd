package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.model.Bound;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;

/** A template of several parts: text with values in it; absent if any of them is absent or null. */
final class JoinedText implements Expression {

    private final Expression[] parts;
    private final int resultChars;
    private final Location location;

    JoinedText(Expression[] parts, int resultChars, Location location) {
        this.parts = parts.clone();
        this.resultChars = resultChars;
        this.location = location;
    }

    @Override
    public Object evaluate(Scope scope) {
        StringBuilder text = scope.text();
        int start = text.length();
        try {
            for (Expression part : parts) {
                Object value = part.evaluate(scope);
                if (value instanceof Nothing) {
                    return Nothing.ABSENT;
                } else if (value instanceof Long number) {
                    text.append(number.longValue());
                } else {
                    text.append(Conversions.text(value, resultChars));
                }
                if (text.length() - start > resultChars) {
                    throw EvaluationException.beyond(
                                    Bound.RESULT_CHARS,
                                    "a text of more than " + resultChars + " characters (expected at most so many)")
                            .at(location);
                }
            }
            scope.touch(text.length() - start);
            return text.substring(start);
        } finally {
            text.setLength(start);
        }
    }
}
