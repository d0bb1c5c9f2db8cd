package io.contextcore.gateway.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether requests should be sent here, and why not. */
final class Readiness {

    private volatile Supplier<List<String>> reasons = () -> List.of("starting");

    List<String> reasons() {
        return reasons.get();
    }

    /** @param failure what goes on no more */
    void isReady(Supplier<Optional<Failure>> failure) {
        reasons = () -> failure.get().map(Failure::reason).stream().toList();
    }

    void isStopping() {
        reasons = () -> List.of("stopping");
    }
}
