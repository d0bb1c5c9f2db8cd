package io.contextcore.gateway.expression;

import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;

/** {@code && || ! ?:} with absent and null, which count as false only where the other side does not decide. */
final class Logic {

    private Logic() {}

    static Code and(Code left, Code right) {
        return scope -> decide(left, right, scope, false);
    }

    static Code or(Code left, Code right) {
        return scope -> decide(left, right, scope, true);
    }

    /** As in CEL, an error on one side does not matter where the other side decides. */
    private static Object decide(Code left, Code right, Scope scope, boolean deciding) {
        Object first;
        try {
            first = flag(left.run(scope));
        } catch (EvaluationException e) {
            if (e.bound() == null && flag(right.run(scope)).equals(deciding)) {
                return deciding;
            }
            throw e;
        }
        if (first.equals(deciding)) {
            return deciding;
        }
        Object second = flag(right.run(scope));
        if (second.equals(deciding)) {
            return deciding;
        }
        return first instanceof Nothing || second instanceof Nothing ? Nothing.ABSENT : !deciding;
    }

    static Code not(Code operand) {
        return scope -> {
            Object value = flag(operand.run(scope));
            return value instanceof Boolean flag ? !flag : Nothing.ABSENT;
        };
    }

    static Code choose(Code condition, Code then, Code otherwise) {
        return scope -> flag(condition.run(scope)).equals(true) ? then.run(scope) : otherwise.run(scope);
    }

    /** CEL's own: the condition on which a comprehension goes on. */
    static Code notFalse(Code operand) {
        return scope -> !operand.run(scope).equals(false);
    }

    private static Object flag(Object value) {
        if (value instanceof Boolean || value instanceof Nothing) {
            return value;
        }
        throw new EvaluationException("a value of type " + Values.typeName(value) + " is no condition (expected bool)");
    }
}
