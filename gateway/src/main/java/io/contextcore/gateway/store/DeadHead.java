package io.contextcore.gateway.store;

/**
 * What is said of a dead letter.
 *
 * @param atNanos {@code now} of the last step that failed, or when the receiver refused; epoch nanoseconds
 * @param code stable reason
 * @param error what happened, for a person
 * @param source name of the source that it goes back to; empty where nobody knows
 * @param items spans or log records that were refused; 0 for what could not be stepped
 * @param lane of the outbox that telemetry was in; 0 for what could not be stepped
 * @param attempts how often it was tried, at least 1
 * @param bytes of what died, as it rests
 */
public record DeadHead(
        DeadKey key,
        long atNanos,
        String code,
        String error,
        String source,
        int items,
        int lane,
        int attempts,
        long bytes) {

    /** Code of a message whose step failed and whose sums were kept all the same: there is nothing left to be stepped. */
    public static final String UNTOLD = "untold";

    /** It was tried again, in vain. */
    DeadHead again(long now, Commit.DeadLetter letter) {
        return new DeadHead(key, now, letter.code(), letter.error(), source, items, lane, attempts + 1, bytes);
    }
}
