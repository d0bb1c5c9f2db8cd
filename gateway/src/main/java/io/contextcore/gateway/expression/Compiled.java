package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.model.Expression;
import java.util.Set;

/**
 * An expression or a template of a file, ready to run on any number of threads.
 *
 * @param exactType what is known of the result, besides that it may be absent or null
 * @param reads attributes that it uses
 * @param source its text, as the file has it
 * @param location its first character
 * @param operands what it met, to be told with an error
 */
public record Compiled(
        Expression expression,
        StaticType exactType,
        Set<Read> reads,
        String source,
        Location location,
        Operands operands) {

    /** One that reads nothing. */
    public Compiled(Expression expression, StaticType exactType, Set<Read> reads, String source, Location location) {
        this(expression, exactType, reads, source, location, Operands.none());
    }

    public Compiled {
        reads = Set.copyOf(reads);
    }

    /** One of which only the coarse type is known. */
    public Compiled(Expression expression, ValueType type, Set<Read> reads, String source, Location location) {
        this(expression, StaticType.of(type), reads, source, location);
    }

    public ValueType type() {
        return exactType.value();
    }
}
