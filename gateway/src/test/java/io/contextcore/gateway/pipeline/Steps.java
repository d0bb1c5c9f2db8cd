package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.store.Store;

/** The sequencer without its thread, for tests that decide when it steps. */
public final class Steps {

    private Steps() {}

    /** Does all steps that there are to do. */
    public static void all(Store store, Plan plan, Clock clock) {
        Sequencer sequencer =
                new Sequencer(store, plan::stepper, clock, Metrics.none(), Tracing.none(), (delivery, step) -> {});
        boolean goOn = true;
        while (goOn) {
            goOn = sequencer.stepOnce();
        }
    }
}
