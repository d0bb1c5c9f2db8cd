package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Location;

/** Hears how a delivery is evaluated, step by step: what {@code explain} shows. */
public interface Trace {

    /**
     * A mapping of the delivery's kind and event is tried.
     *
     * @param file the mapping's file
     */
    void mapping(String name, String file);

    /**
     * An expression was evaluated.
     *
     * @param what its place in the mapping: {@code when}, {@code vars.total}, {@code lifecycles[0].attributes.x}
     * @param source its text
     * @param value as {@link io.contextcore.gateway.model.Expression} yields it
     */
    void expression(String what, String source, Location location, Object value);

    /** The mapping did not take the delivery; {@code reason} is a slug. */
    void passed(String name, String reason);
}
