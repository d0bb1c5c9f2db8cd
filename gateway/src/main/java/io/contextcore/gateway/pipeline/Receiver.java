package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.base.IpAddress;
import io.contextcore.gateway.intake.IntakeRequest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the server hands requests to. Thread-safe. */
public interface Receiver {

    /** The source whose webhooks come in at this path; empty: none. */
    Optional<String> sourceAt(String path);

    /** A description of calls, JSON, that anybody may read at this path; empty: none. */
    default Optional<String> documentAt(String path) {
        return Optional.empty();
    }

    /** Whether there is a source of this name; asked before a body is read. */
    boolean knows(String source);

    /**
     * Whether the source takes requests from there; asked before a body is read.
     *
     * @param sender empty: not known
     */
    boolean admits(String source, Optional<IpAddress> sender);

    /**
     * Verifies, parses and keeps a request. Verification and parsing run on the caller's thread and take time in
     * proportion to the body; the wait for the disk does not. Completes with a failure only by a bug.
     */
    CompletionStage<Outcome> receive(IntakeRequest request);
}
