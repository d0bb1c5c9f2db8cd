package io.contextcore.gateway.model;

/**
 * A compiled expression. It yields one of: {@link Nothing}, Boolean, Long, {@code com.google.common.primitives.UnsignedLong},
 * Double, String, {@code byte[]}, {@link java.time.Instant}, {@link java.time.Duration}, a Jackson object or array node
 * (a piece of the payload, not copied), {@code List<Object>}, {@code Map<Object, Object>} (its keys are String, Long,
 * UnsignedLong or Boolean), or the name of a type. Scalars of the payload arrive unwrapped, never as nodes.
 */
@FunctionalInterface
public interface Expression {

    /** @throws EvaluationException if the expression has an error for these values */
    Object evaluate(Scope scope);
}
