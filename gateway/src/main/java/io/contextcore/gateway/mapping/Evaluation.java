package io.contextcore.gateway.mapping;

import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery means.
 *
 * @param mappings names of the mappings that took it, in order
 * @param messages to instances, and what is learnt, in order; they commit or die together
 * @param emissions stateless spans and plain logs
 * @param ignored why no mapping wanted it, as a slug; null if one did
 * @param notes slugs of things worth counting: {@code time-clamped}, {@code end-clamped}, {@code attribute-cut}, …
 */
public record Evaluation(
        List<String> mappings,
        List<Message> messages,
        List<Emission> emissions,
        @Nullable String ignored,
        List<String> notes) {

    public Evaluation {
        mappings = List.copyOf(mappings);
        messages = List.copyOf(messages);
        emissions = List.copyOf(emissions);
        notes = List.copyOf(notes);
    }

    /** The signals among the messages. */
    public List<Signal> signals() {
        return messages.stream()
                .filter(Signal.class::isInstance)
                .map(Signal.class::cast)
                .toList();
    }
}
