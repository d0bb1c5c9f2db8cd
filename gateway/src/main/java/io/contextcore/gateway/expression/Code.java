package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Scope;

/** A piece of a compiled expression. */
@FunctionalInterface
interface Code {

    Object run(Scope scope);

    /** A value that is known when the file is loaded. */
    record Constant(Object value) implements Code {
        @Override
        public Object run(Scope scope) {
            return value;
        }
    }

    /** The same code, whose errors know their place. */
    default Code at(Location location) {
        return scope -> {
            try {
                return run(scope);
            } catch (EvaluationException e) {
                throw e.at(location);
            }
        };
    }
}
