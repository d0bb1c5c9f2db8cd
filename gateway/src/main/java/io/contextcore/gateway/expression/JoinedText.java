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
        String[] texts = new String[parts.length];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            Object value = parts[i].evaluate(scope);
            if (value instanceof Nothing) {
                return Nothing.ABSENT;
            }
            texts[i] = Conversions.text(value, resultChars);
            length += texts[i].length();
            if (length > resultChars) {
                throw EvaluationException.beyond(
                                Bound.RESULT_CHARS,
                                "a text of more than " + resultChars + " characters (expected at most so many)")
                        .at(location);
            }
        }
        return String.join("", texts);
    }
}
