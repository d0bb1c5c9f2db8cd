package io.contextcore.gateway.expression;

import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.util.List;

/**
 * What the macro first becomes: the first item that fits, or absent.
 *
 * @param item where the condition finds the item
 * @param fitting yields the item, or absent if it does not fit
 */
record First(Code range, int item, Code fitting) implements Code {

    @Override
    public Object run(Scope scope) {
        List<Object> items = Fold.items(range.run(scope), scope);
        for (int i = 0; i < items.size(); i++) {
            scope.spend(1);
            scope.local(item, Values.of(items.get(i)));
            Object found = fitting.run(scope);
            if (found != Nothing.ABSENT) {
                return found;
            }
        }
        return Nothing.ABSENT;
    }
}
