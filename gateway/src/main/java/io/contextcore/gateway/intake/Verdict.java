package io.contextcore.gateway.intake;

import io.contextcore.gateway.model.Arrival;
import java.util.List;
import java.util.Map;

/** What the door says of a request. */
public sealed interface Verdict {

    /**
     * Genuine and readable: to be kept.
     *
     * @param redactions how many secrets each rule took out
     */
    record Admitted(Arrival arrival, Map<String, Integer> redactions) implements Verdict {

        public Admitted {
            redactions = Map.copyOf(redactions);
        }
    }

    /** Genuine, and a list of calls: each to be kept by itself, in this order. */
    record Several(List<Admitted> calls) implements Verdict {

        public Several {
            calls = List.copyOf(calls);
        }
    }

    /** Genuine, and only says hello: nothing to keep. */
    record Ping() implements Verdict {}

    /** @param text what is wrong and where; safe to tell the sender: it repeats nothing of the body and nothing internal */
    record Refused(Reason reason, String text) implements Verdict {}

    /** What is to be kept; none: it is refused, or a hello. */
    default List<Admitted> admitted() {
        if (this instanceof Several several) {
            return several.calls();
        }
        return this instanceof Admitted one ? List.of(one) : List.of();
    }
}
