package io.contextcore.gateway.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a sender is played by hand: the part {@code send:} of a kind's file. Texts may hold {@code ${placeholders}}.
 *
 * @param headers of every request, besides the proof
 * @param example file of a payload; null: none
 * @param exampleEvent event name of the example; empty if the payload says it
 * @param hints lines that tell how to connect the real sender
 */
record SenderGuide(
        String kind, Map<String, String> headers, @Nullable Path example, String exampleEvent, List<String> hints) {

    /** Nothing is known: requests carry the proof and no more. */
    static SenderGuide none(String kind) {
        return new SenderGuide(kind, Map.of(), null, "", List.of());
    }
}
