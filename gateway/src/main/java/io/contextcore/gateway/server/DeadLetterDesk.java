package io.contextcore.gateway.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What the admin port does with dead letters. Called on a worker thread. A query is as the URL has it; what it lacks or has
 * wrong is told in the answer.
 */
public interface DeadLetterDesk {

    /** Which there are. */
    AdminServer.Done list(Map<String, String> query);

    /** One of them, with what died; empty: there is none. */
    Optional<JsonNode> show(String kind, long number);

    /** Steps or sends them again. */
    AdminServer.Done replay(Map<String, String> query);

    /** Throws them away. */
    AdminServer.Done drop(Map<String, String> query);
}
