package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.TelemetrySignal;
import io.vertx.core.Future;
import java.util.Map;

/** Sends export requests to one place. Safe for many requests at once. */
public interface Sender {

    /**
     * Sends one OTLP export request of the signal. The future always succeeds: what went wrong is in the result.
     *
     * @param payload protobuf bytes
     * @param headers of this request, beside those of every one; may be credentials. A file has none
     */
    Future<SendResult> send(TelemetrySignal signal, byte[] payload, Map<String, Secret> headers);

    /** The same without headers of its own. */
    default Future<SendResult> send(TelemetrySignal signal, byte[] payload) {
        return send(signal, payload, Map.of());
    }

    /** Lets go of connections and files; no send may follow. */
    Future<Void> close();
}
