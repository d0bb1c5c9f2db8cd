package io.contextcore.gateway.app.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * One delivery of the new source.
 *
 * @param text the body, as it was sent
 * @param payload what it says
 * @param headers of the request, as far as they are known; secrets in them are not written anywhere
 * @param event name of the event; empty: it is looked for
 */
public record Sample(String text, ObjectNode payload, Map<String, String> headers, String event) {

    public Sample {
        headers = Map.copyOf(headers);
    }
}
