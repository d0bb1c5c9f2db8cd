package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What ended for good is told: to whoever asks for readiness in neutral words, to the log with its cause. */
final class FailureTest {

    private final Throwable cause = new IllegalStateException("/data: broken");

    @Test
    void withoutAFailureThereIsNothingToTell() {
        assertEquals(Optional.empty(), Failure.of(Optional.empty(), Optional.empty()));
    }

    @Test
    void theStoresFailureGoesFirst() {
        Throwable other = new IllegalStateException("a consequence");
        assertSame(
                cause,
                Failure.of(Optional.of(cause), Optional.of(other)).orElseThrow().cause());
    }

    @Test
    void theLogTellsWhatEndedAndWhy() {
        assertEquals(
                "nothing is accepted any more: java.lang.IllegalStateException: /data: broken."
                        + " What was accepted is kept. Restart when it is mended.",
                Failure.of(Optional.of(cause), Optional.empty()).orElseThrow().logLine());
    }

    @Test
    void readinessTurnsWhenSomethingFailsAndNamesNoCause() {
        AtomicReference<Optional<Throwable>> accepting = new AtomicReference<>(Optional.empty());
        AtomicReference<Optional<Throwable>> stepping = new AtomicReference<>(Optional.empty());
        Readiness readiness = new Readiness();
        assertEquals(List.of("starting"), readiness.reasons());
        readiness.isReady(() -> Failure.of(accepting.get(), stepping.get()));
        assertEquals(List.of(), readiness.reasons());
        stepping.set(Optional.of(cause));
        assertEquals(List.of("nothing is stepped any more: see the log"), readiness.reasons());
        accepting.set(Optional.of(cause));
        assertEquals(List.of("nothing is accepted any more: see the log"), readiness.reasons());
        readiness.isStopping();
        assertEquals(List.of("stopping"), readiness.reasons());
    }
}
