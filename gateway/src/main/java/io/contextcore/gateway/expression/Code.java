package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Scope;

/** A piece of a compiled expression. */
@FunctionalInterface
interface Code {

    Object run(Frame frame);

    /** A value that is known when the file is loaded. */
    record Constant(Object value) implements Code {
        @Override
        public Object run(Frame frame) {
            return value;
        }
    }

    /** One evaluation: the variables, and what the comprehensions of this expression count with. */
    record Frame(Scope scope, Object[] locals) {}

    /** The same code, whose errors know their place. */
    default Code at(Location location) {
        return frame -> {
            try {
                return run(frame);
            } catch (EvaluationException e) {
                throw e.at(location);
            }
        };
    }
}
