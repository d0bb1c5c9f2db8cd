package io.contextcore.gateway.expression;

import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comprehension: what the macros all, exists, exists_one, map, filter and first become.
 *
 * @param collects whether the result is built as a list; over nothing it is then absent
 * @param decides the condition's value that decides by itself, whatever errors there were before: false of {@code all}, true
 *     of {@code exists}; null of the others
 */
record Fold(
        Code range,
        int item,
        int result,
        boolean collects,
        @Nullable Boolean decides,
        Code initial,
        Code goesOn,
        Code step,
        Code outcome)
        implements Code {

    @Override
    public Object run(Scope scope) {
        Object over = range.run(scope);
        if (collects && over instanceof Nothing) {
            return Nothing.ABSENT;
        }
        List<Object> items = items(over, scope);
        scope.local(result, collects ? new ArrayList<>() : initial.run(scope));
        EvaluationException error = null;
        for (int i = 0; i < items.size(); i++) {
            if (!goesOn.run(scope).equals(true)) {
                break;
            }
            scope.spend(1);
            scope.local(item, Values.of(items.get(i)));
            try {
                scope.local(result, step.run(scope));
            } catch (EvaluationException e) {
                if (decides == null || e.bound() != null) {
                    throw e;
                }
                error = error == null ? e : error;
            }
        }
        Object value = outcome.run(scope);
        if (error != null && !value.equals(decides)) {
            throw error;
        }
        return value;
    }

    /** What a macro goes through: the items of a list, or the keys of a map, which are copied. */
    static List<Object> items(Object value, Scope scope) {
        if (Values.isList(value)) {
            return Values.items(value);
        } else if (value instanceof Nothing) {
            return List.of();
        } else if (Values.isMap(value)) {
            scope.touch((long) Scope.ITEM * Values.size(value));
            return Values.keysOf(value);
        }
        throw new EvaluationException(
                "cannot go through a value of type " + Values.typeName(value) + " (expected a list or a map)");
    }

    /** Adds to the list that this comprehension alone builds, instead of copying it at each step. */
    static Code append(int result, Code element) {
        return scope -> {
            List<Object> built = Values.items(scope.local(result));
            Object value = element.run(scope);
            if (value != Nothing.ABSENT) {
                built.add(value);
            }
            return built;
        };
    }
}
