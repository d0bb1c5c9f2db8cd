package io.contextcore.gateway.export;

import io.contextcore.gateway.model.TelemetrySignal;
import io.vertx.core.Future;

/** Sends export requests to one place. Safe for many requests at once. */
public interface Sender {

    /**
     * Sends one OTLP export request of the signal. The future always succeeds: what went wrong is in the result.
     *
     * @param payload protobuf bytes
     */
    Future<SendResult> send(TelemetrySignal signal, byte[] payload);

    /** Lets go of connections and files; no send may follow. */
    Future<Void> close();
}
