package io.contextcore.gateway.store;

/**
 * An entry of the dead letters.
 *
 * @param number sequence of the delivery, number of the message, sequence of the outbox entry; for a timer a number of its
 *     own
 * @param atNanos {@code now} of the step, or when the receiver refused; epoch nanoseconds
 * @param code stable reason
 * @param error what happened, for a person
 * @param items spans or log records that were refused; 0 for what could not be stepped
 * @param content what died: the record of the delivery or message as it was stored, or the payload; empty for a timer
 */
public record DeadEntry(Kind kind, long number, long atNanos, String code, String error, int items, byte[] content) {

    /** What died. */
    public enum Kind {
        DELIVERY,
        MESSAGE,
        TIMER,
        TRACES,
        LOGS
    }
}
