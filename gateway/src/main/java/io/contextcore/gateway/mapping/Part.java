package io.contextcore.gateway.mapping;

import io.contextcore.gateway.expression.Compiled;
import io.contextcore.gateway.model.EvaluationException;

/**
 * An expression and what it is for.
 *
 * @param what its place in the mapping: {@code lifecycles[0].key}
 */
record Part(String what, Compiled compiled) {

    /** @return an error of the evaluation at this expression */
    EvaluationException wrong(Object value, String expected) {
        return new EvaluationException(
                what + ": " + Shown.of(value) + " does not fit (expected " + expected + "): " + compiled.source(),
                compiled.location());
    }
}
