package io.contextcore.gateway.app;

import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.pipeline.StepListener;
import io.contextcore.gateway.pipeline.Stepped;
import java.util.function.Supplier;

/** Hears what goes by. Called on the threads that do the work: must be quick and must not throw. */
public interface Watch extends StepListener {

    /** A request has its answer. */
    void answered(IntakeRequest request, Outcome outcome);

    /**
     * All that was let in is finished or put away, and the gateway is about to close.
     *
     * @param metrics the page of the metrics, as it is when asked for
     */
    default void atRest(Supplier<String> metrics) {}

    /** Watches nothing. */
    static Watch none() {
        return new Watch() {
            @Override
            public void answered(IntakeRequest request, Outcome outcome) {}

            @Override
            public void stepped(Delivery delivery, Stepped step) {}
        };
    }
}
