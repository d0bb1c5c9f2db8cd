package io.contextcore.gateway.pipeline;

import java.util.Map;

/**
 * Everything that one program of mappings decides: who is let in, and what a delivery becomes. Immutable, so that it can be
 * replaced as a whole.
 *
 * @param gates by source name
 */
public record Plan(Map<String, Gate> gates, Stepper stepper) {

    public Plan {
        gates = Map.copyOf(gates);
    }
}
