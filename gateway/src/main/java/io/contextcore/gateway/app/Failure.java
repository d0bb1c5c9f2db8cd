package io.contextcore.gateway.app;

import java.util.Optional;

/**
 * What goes on no more until a restart, while the process lives on.
 *
 * @param what in words that tell nothing of the inside
 * @param cause for the log
 */
record Failure(String what, Throwable cause) {

    /** The store's own failure goes first: the other may be its consequence. */
    static Optional<Failure> of(Optional<Throwable> accepting, Optional<Throwable> stepping) {
        return accepting
                .map(cause -> new Failure("nothing is accepted any more", cause))
                .or(() -> stepping.map(cause -> new Failure("nothing is stepped any more", cause)));
    }

    /** For whoever asks whether requests should be sent here. */
    String reason() {
        return what + ": see the log";
    }

    /** For the log, which tells the cause as well. */
    String logLine() {
        return what + ": " + cause + ". What was accepted is kept. Restart when it is mended.";
    }
}
