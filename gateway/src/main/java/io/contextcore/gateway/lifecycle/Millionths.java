package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fixed-point numbers, so that a sum that lives on differences equals a recomputation to the last digit. Sums wrap around
 * where they overflow: then they are right again once the surplus is gone.
 */
final class Millionths {

    private static final long ONE = 1_000_000;

    private Millionths() {}

    /**
     * What an expression yielded; nothing is 0.
     *
     * @param name what it is for, for the error
     * @param notes gets one where the number does not fit, which counts as 0
     */
    static long of(String name, Object value, List<Note> notes) {
        if (value instanceof Nothing) {
            return 0;
        }
        if (value instanceof Long whole) {
            return Math.abs(whole) <= Long.MAX_VALUE / ONE && whole != Long.MIN_VALUE ? whole * ONE : tooLarge(notes);
        }
        if (value instanceof Number number) {
            double scaled = number.doubleValue() * ONE;
            return Math.abs(scaled) < Long.MAX_VALUE ? Math.round(scaled) : tooLarge(notes);
        }
        throw new EvaluationException(name + ": a value of Java type "
                + value.getClass().getSimpleName() + " does not fit (expected a number)");
    }

    private static long tooLarge(List<Note> notes) {
        notes.add(Note.NOT_A_SUM);
        return 0;
    }

    /** The number as the attribute's declared type has it. */
    static @Nullable AttributeValue value(Conventions conventions, String name, long millionths) {
        Attribute declared = conventions.byName().get(name);
        Object plain = declared != null && declared.type() == Type.INT
                ? (Object) Math.floorDiv(millionths + Math.floorDiv(ONE, 2), ONE)
                : (Object) (millionths / (double) ONE);
        return conventions.coerce(name, plain);
    }

    /** What must be added to {@code told} so that it is {@code due}; what is the same is left out, a missing number is 0. */
    static SortedMap<String, Long> difference(Map<String, Long> told, Map<String, Long> due) {
        SortedMap<String, Long> difference = new TreeMap<>(due);
        told.forEach((name, value) -> difference.merge(name, -value, Long::sum));
        difference.values().removeIf(value -> value == 0);
        return difference;
    }

    /** The sums with a difference added; a sum of 0 is left out. */
    static SortedMap<String, Long> sum(Map<String, Long> sums, Map<String, Long> difference) {
        SortedMap<String, Long> changed = new TreeMap<>(sums);
        difference.forEach((name, value) -> changed.merge(name, value, Long::sum));
        changed.values().removeIf(value -> value == 0);
        return changed;
    }
}
