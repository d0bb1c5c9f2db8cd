package io.contextcore.gateway.store;

import java.util.Locale;
import java.util.Optional;

/**
 * What names a dead letter.
 *
 * @param number sequence of the delivery, number of the message, sequence of the outbox entry; for a timer a number of its
 *     own
 */
public record DeadKey(Kind kind, long number) {

    /** What died. In this order they are listed and replayed. */
    public enum Kind {
        DELIVERY,
        MESSAGE,
        TIMER,
        TRACES,
        LOGS;

        /** As people and JSON write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Empty: there is no such kind. */
        public static Optional<Kind> of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** {@code delivery/4711}. */
    @Override
    public String toString() {
        return kind.word() + "/" + number;
    }
}
