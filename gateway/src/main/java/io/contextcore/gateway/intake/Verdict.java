package io.contextcore.gateway.intake;

import io.contextcore.gateway.model.Arrival;
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

    /** Genuine, and only says hello: nothing to keep. */
    record Ping() implements Verdict {}

    /** @param text what is wrong and where; safe to tell the sender: it repeats nothing of the body and nothing internal */
    record Refused(Reason reason, String text) implements Verdict {}
}
