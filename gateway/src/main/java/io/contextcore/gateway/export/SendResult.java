package io.contextcore.gateway.export;

import org.jspecify.annotations.Nullable;

/** What became of one export request. */
public sealed interface SendResult {

    /** The receiver took everything. */
    record Delivered() implements SendResult {}

    /**
     * The receiver took the request, but not all of its items; OTLP forbids sending them again.
     *
     * @param rejected items that it did not take; 0 is a warning only
     */
    record Partial(long rejected, String message) implements SendResult {}

    /**
     * Send the same again later.
     *
     * @param afterNanos how long the receiver asked to wait; null where it did not
     * @param reason short, stable: {@code grpc-unavailable}, {@code http-503}, {@code no-answer}
     * @param detail for the log
     */
    record Retry(@Nullable Long afterNanos, String reason, String detail) implements SendResult {}

    /**
     * The receiver will never take this request.
     *
     * @param reason short, stable: {@code grpc-invalid-argument}, {@code http-400}
     * @param detail for the log
     * @param tooLarge whether it may take the same items in smaller requests
     */
    record Rejected(String reason, String detail, boolean tooLarge) implements SendResult {}

    /** As the metric of export requests labels it. */
    default String label() {
        if (this instanceof Delivered) {
            return "delivered";
        } else if (this instanceof Partial) {
            return "partial";
        } else if (this instanceof Retry) {
            return "retry";
        } else {
            return "rejected";
        }
    }
}
