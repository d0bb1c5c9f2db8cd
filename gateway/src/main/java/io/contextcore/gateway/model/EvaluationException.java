package io.contextcore.gateway.model;

import io.contextcore.gateway.base.Location;
import org.jspecify.annotations.Nullable;

/** An expression has an error for the values it met: the delivery goes to the dead letters with this text. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final transient @Nullable Location location;

    public EvaluationException(String message) {
        this(message, null);
    }

    public EvaluationException(String message, @Nullable Location location) {
        super(message, null, false, false);
        this.text = message;
        this.location = location;
    }

    /** The same error with the place of the expression, unless an inner place is known. */
    public EvaluationException at(Location outer) {
        return location == null ? new EvaluationException(text, outer) : this;
    }

    public @Nullable Location location() {
        return location;
    }

    /** {@code file:line:column: message}. */
    public String describe() {
        return location == null ? text : location + ": " + text;
    }
}
