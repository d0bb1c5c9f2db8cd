package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.expression.Compiled;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Scope;

/**
 * An expression and what it is for.
 *
 * @param what its place in the mapping: {@code lifecycles[0].key}
 */
record Part(String what, Compiled compiled) {

    /** @return an error of the evaluation at this expression */
    EvaluationException wrong(Object value, String expected, Scope scope) {
        return told(
                new EvaluationException(
                        ErrorCode.UNFIT_RESULT,
                        what + ": " + Shown.of(compiled.operands().redacted(value)) + " does not fit (expected "
                                + expected + ")",
                        compiled.location()),
                scope);
    }

    /** The same error with this expression and what it met. */
    EvaluationException told(EvaluationException e, Scope scope) {
        return compiled.operands().tell(e, compiled.location(), compiled.source(), scope);
    }
}
