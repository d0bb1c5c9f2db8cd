package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.TelemetrySignal;

/** A dead letter with what died. */
public record DeadEntry(DeadHead head, Remains remains) {

    /** What died, as it can be tried again. */
    public sealed interface Remains {

        record OfDelivery(Delivery delivery) implements Remains {}

        record OfMessage(Message message) implements Remains {}

        record OfTimer(Store.DueTimer timer) implements Remains {}

        /** @param payload an OTLP export request */
        record OfTelemetry(TelemetrySignal signal, byte[] payload) implements Remains {}

        /** A timer that an older version buried: it did not keep whose timer it was. */
        record Unknown() implements Remains {}
    }
}
