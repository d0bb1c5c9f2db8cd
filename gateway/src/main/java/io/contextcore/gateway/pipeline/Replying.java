package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.mapping.Reply;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Facts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * What senders are answered.
 *
 * @param wanted whether there may be a reply to deliveries of a kind and event
 * @param maker pure: the reply; empty: none. Thread-safe
 * @param deadline from when the delivery is on disk, after which the usual acknowledgement is given
 */
public record Replying(
        BiPredicate<String, String> wanted, BiFunction<Delivery, Facts, Optional<Reply>> maker, Duration deadline) {

    /** Nobody is answered more than that the delivery was kept. */
    public static Replying none() {
        return new Replying((kind, event) -> false, (delivery, facts) -> Optional.empty(), Duration.ZERO);
    }
}
