package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Scope;
import java.util.List;

/**
 * A chain of {@code +}, from the left. Texts are put together once, not anew with each part.
 *
 * @param first what the others are added to
 * @param places of the signs before the others
 */
record Sum(Operators operators, Code first, List<Code> others, List<Location> places) implements Code {

    @Override
    public Object run(Scope scope) {
        StringBuilder text = scope.text();
        int start = text.length();
        boolean inText = false;
        int i = 0;
        try {
            Object sum = first.run(scope);
            for (; i < others.size(); i++) {
                Object next = others.get(i).run(scope);
                if (next instanceof String more && (inText || sum instanceof String)) {
                    text.append(inText ? "" : sum).append(more);
                    inText = true;
                    operators.requireAtMost(text.length() - start);
                } else {
                    sum = operators.add(inText ? text.substring(start) : sum, next, scope);
                    text.setLength(start);
                    inText = false;
                }
            }
            scope.touch(text.length() - start);
            return inText ? text.substring(start) : sum;
        } catch (EvaluationException e) {
            throw e.at(places.get(Math.min(i, places.size() - 1)));
        } finally {
            text.setLength(start);
        }
    }
}
