package io.contextcore.gateway.model;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An expression has an error for the values it met: the delivery goes to the dead letters with what {@link #tell} says. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Bound bound;
    private final String text;
    private final transient @Nullable Location location;
    private final @Nullable String expression;
    private final transient SortedMap<String, String> operands;

    public EvaluationException(String message) {
        this(message, null);
    }

    public EvaluationException(String message, @Nullable Location location) {
        this(ErrorCode.EVALUATION, message, location);
    }

    public EvaluationException(ErrorCode code, String message, @Nullable Location location) {
        this(code, null, message, location, null, new TreeMap<>());
    }

    private EvaluationException(
            ErrorCode code,
            @Nullable Bound bound,
            String message,
            @Nullable Location location,
            @Nullable String expression,
            SortedMap<String, String> operands) {
        super(message, null, false, false);
        this.code = code;
        this.bound = bound;
        this.text = message;
        this.location = location;
        this.expression = expression;
        this.operands = operands;
    }

    /** Not an error of the values, but of their amount. */
    public static EvaluationException beyond(Bound bound, String message) {
        return new EvaluationException(ErrorCode.BUDGET, bound, message, null, null, new TreeMap<>());
    }

    /** The cap that was passed; null where none was. Nothing in an expression makes up for it: {@code a || b} fails too. */
    public @Nullable Bound bound() {
        return bound;
    }

    /** The same error with the place of the expression, unless an inner place is known. */
    public EvaluationException at(Location outer) {
        return location == null ? new EvaluationException(code, bound, text, outer, expression, operands) : this;
    }

    /**
     * The same error with the expression that it is of.
     *
     * @param message without secrets, and short
     * @param shown what the expression met, likewise
     */
    public EvaluationException in(String source, String message, Map<String, String> shown) {
        return new EvaluationException(code, bound, message, location, source, new TreeMap<>(shown));
    }

    /** Whether the expression is known. */
    public boolean isTold() {
        return expression != null;
    }

    public ErrorCode code() {
        return code;
    }

    public @Nullable Location location() {
        return location;
    }

    /** {@code file:line:column: message}. */
    public String describe() {
        return location == null ? text : location + ": " + text;
    }

    /** {@code file:line:column: code message; expression: …; where a = 1, b = 'x'}. */
    public String tell() {
        String head = (location == null ? "" : location + ": ") + code + " " + text;
        String where = operands.entrySet().stream()
                .map(operand -> operand.getKey() + " = " + operand.getValue())
                .collect(Collectors.joining(", "));
        return head
                + (expression == null ? "" : "; expression: " + expression)
                + (where.isEmpty() ? "" : "; where " + where);
    }
}
