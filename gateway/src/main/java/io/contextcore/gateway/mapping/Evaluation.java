package io.contextcore.gateway.mapping;

import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery means.
 *
 * @param mappings names of the mappings that took it, in order
 * @param signals to instances, in order; they commit or die together
 * @param emissions stateless spans and plain logs
 * @param ignored why no mapping wanted it, as a slug; null if one did
 * @param notes slugs of things worth counting: {@code time-clamped}, {@code end-clamped}, {@code attribute-cut}, …
 */
public record Evaluation(
        List<String> mappings,
        List<Signal> signals,
        List<Emission> emissions,
        @Nullable String ignored,
        List<String> notes) {

    public Evaluation {
        mappings = List.copyOf(mappings);
        signals = List.copyOf(signals);
        emissions = List.copyOf(emissions);
        notes = List.copyOf(notes);
    }
}
