package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.model.Delivery;

/** Hears of each delivery once its step is committed; called on the sequencer's thread, must be quick and must not throw. */
@FunctionalInterface
public interface StepListener {

    void stepped(Delivery delivery, Stepped step);

    static StepListener none() {
        return (delivery, step) -> {};
    }
}
