package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that one program of mappings decides: who is let in, and what a delivery becomes. Immutable, so that it can be
 * replaced as a whole.
 *
 * @param gates by source name
 * @param paths where requests come in
 * @param headers by source name: what the requests that carry its telemetry carry beside; may be credentials. Of sources that
 *     are gone too
 * @param replying what senders are answered
 */
public record Plan(
        Map<String, Gate> gates,
        Stepper stepper,
        Paths paths,
        Map<String, Map<String, Secret>> headers,
        Replying replying) {

    /** Sources at their usual paths, without headers and replies. */
    public Plan(Map<String, Gate> gates, Stepper stepper) {
        this(gates, stepper, usual(gates), Map.of(), Replying.none());
    }

    /** This plan after another: what is still to be sent for a source that is gone goes with the headers that it had. */
    public Plan after(Plan former) {
        Map<String, Map<String, Secret>> all = new HashMap<>(former.headers);
        all.putAll(headers);
        return new Plan(gates, stepper, paths, all, replying);
    }

    private static Paths usual(Map<String, Gate> gates) {
        return new Paths(
                gates.keySet().stream()
                        .collect(Collectors.toUnmodifiableMap(name -> Source.WEBHOOKS + name, Function.identity())),
                List.of());
    }

    public Plan {
        gates = Map.copyOf(gates);
        headers = Map.copyOf(headers);
    }
}
