package io.contextcore.gateway.store;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Makes of stored bytes the very tree that the door made of them, so that a delivery read from disk is stepped to the same
 * result. Empty bytes are a missing node.
 */
@FunctionalInterface
public interface BodyParser {
    JsonNode parse(byte[] stored);
}
