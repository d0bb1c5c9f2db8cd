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

    /** @param failure why nothing is stepped any more */
    void isReady(Supplier<Optional<Throwable>> failure) {
        reasons = () -> failure.get().isPresent() ? List.of("the store failed: see the log") : List.of();
    }

    void isStopping() {
        reasons = () -> List.of("stopping");
    }
}
