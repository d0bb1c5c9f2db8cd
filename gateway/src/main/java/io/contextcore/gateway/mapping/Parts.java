package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.expression.Compiled;
import io.contextcore.gateway.expression.ValueType;
import io.contextcore.gateway.model.Nothing;
import java.util.Set;

/** Parts that no file writes. */
final class Parts {

    private Parts() {}

    /** Stands in where an expression is wrong: the load fails in the end, and nothing is run. */
    static Part nothing(String what, Location place) {
        return new Part(what, new Compiled(scope -> Nothing.ABSENT, ValueType.ANY, Set.of(), "", place));
    }

    static Part constant(String what, String text, Location place) {
        return new Part(what, new Compiled(scope -> text, ValueType.STRING, Set.of(), text, place));
    }
}
