package io.contextcore.gateway.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verified request on its way to the inbox. The store gives it a sequence and a receipt, and so makes it a
 * {@link Delivery}.
 *
 * @param id (source, tenant, delivery id) as one text
 * @param sameEvent what else identifies the event, as one text; null where only the id does
 * @param headers the headers that the kind keeps
 * @param stored what rests on disk: the JSON body, redacted where the kind says so; empty for an empty body
 * @param body the same, parsed; it goes on in memory to the step
 * @param duplicateWindowNanos how long the id is remembered
 */
public record Arrival(
        String source,
        String kind,
        String event,
        String id,
        @Nullable String sameEvent,
        Map<String, String> headers,
        byte[] stored,
        JsonNode body,
        long duplicateWindowNanos) {}
