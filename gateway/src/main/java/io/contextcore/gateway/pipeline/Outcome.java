package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.intake.Reason;
import io.contextcore.gateway.mapping.Reply;
import java.util.List;

/** What became of a request. */
public sealed interface Outcome {

    /**
     * Kept: it is on disk.
     *
     * @param id the delivery's id
     * @param emptyAck whether the sender wants an answer without a body
     */
    record Accepted(String id, boolean emptyAck) implements Outcome {}

    /** Kept before under the same id; the sender is told the same as then. */
    record Duplicate(String id, boolean emptyAck) implements Outcome {}

    /**
     * Kept, now or before, and answered by a mapping.
     *
     * @param kept what the answer would have been without it: {@link Accepted} or {@link Duplicate}
     */
    record Replied(Outcome kept, Reply reply) implements Outcome {}

    /** What became of each call of a list, in its order. */
    record Several(List<Outcome> calls) implements Outcome {

        public Several {
            calls = List.copyOf(calls);
        }
    }

    /** It only said hello. */
    record Pong(boolean emptyAck) implements Outcome {}

    /** @param text safe to tell the sender */
    record Refused(Reason reason, String text) implements Outcome {}

    /** Not now: full, draining or the disk refused. Nothing was kept. */
    record Unavailable(int retryAfterSeconds) implements Outcome {}

    /** A slug, for metrics and spans. */
    default String label() {
        if (this instanceof Replied replied) {
            return replied.kept().label();
        } else if (this instanceof Accepted || this instanceof Several) {
            return "accepted";
        } else if (this instanceof Duplicate) {
            return "duplicate";
        } else if (this instanceof Pong) {
            return "ping";
        } else if (this instanceof Refused refused) {
            return refused.reason().slug();
        } else {
            return "unavailable";
        }
    }
}
