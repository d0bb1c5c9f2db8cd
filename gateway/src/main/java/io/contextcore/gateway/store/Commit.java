package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.TelemetrySignal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one step changes.
 *
 * @param nowNanos the step's {@code now}
 * @param delivery sequence of the delivery that was stepped: it leaves the inbox and the cursor moves to it; null for the
 *     step of a message or a timer
 * @param message number of the message that was stepped: it leaves the queue
 * @param rows new contents of rows; their timers are kept in step
 * @param removed keys of rows that go, with their timers
 * @param messages to be stepped next, in this order, each in its own turn
 * @param telemetry encoded items for the outbox
 * @param deadLetter what could not be stepped, and why; the delivery or message moves there
 */
public record Commit(
        long nowNanos,
        @Nullable Long delivery,
        @Nullable Long message,
        List<Row> rows,
        List<String> removed,
        List<Message> messages,
        List<Telemetry> telemetry,
        @Nullable DeadLetter deadLetter) {

    /**
     * Encoded items of one signal and lane.
     *
     * @param source name of the source that they belong to
     */
    public record Telemetry(TelemetrySignal signal, int lane, String source, byte[] payload, int items) {}

    /**
     * Why a delivery or message could not be stepped.
     *
     * @param code stable reason, {@code mapping}, {@code lifecycle-mismatch}, {@code hops}, …
     * @param error file, line, expression, what happened
     * @param timer that could not be stepped; null for a delivery or message
     */
    public record DeadLetter(String code, String error, Store.@Nullable DueTimer timer) {

        public DeadLetter(String code, String error) {
            this(code, error, null);
        }

        public DeadLetter ofTimer(Store.DueTimer failed) {
            return new DeadLetter(code, error, failed);
        }
    }
}
