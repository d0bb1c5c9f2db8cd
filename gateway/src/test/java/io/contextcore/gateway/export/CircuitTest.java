package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final long NOW = Long.MAX_VALUE - 10;
    private static final ExportOptions OPTIONS = options(3);
    private static final Circuit OPENED = Circuit.closed()
            .failed(0, null, OPTIONS, 0.5, 0)
            .failed(1, null, OPTIONS, 0.5, 0)
            .failed(0, null, OPTIONS, 0.5, 0);

    @Test
    void itOpensAtSoManyFailuresInARowAndNotBefore() {
        Circuit two = Circuit.closed().failed(0, null, OPTIONS, 0, NOW).failed(1, null, OPTIONS, 0, NOW);

        assertEquals(EndpointState.CLOSED, two.state());
        assertTrue(two.admits(NOW));
        assertEquals(EndpointState.OPEN, two.failed(2, null, OPTIONS, 0, NOW).state());
    }

    @Test
    void aLaneThatFailsAloneDoesNotOpenIt() {
        Circuit circuit = Circuit.closed();
        for (int i = 0; i < 100; i++) {
            circuit = circuit.failed(7, null, OPTIONS, 0, NOW);
        }

        assertEquals(EndpointState.CLOSED, circuit.state());
        assertEquals(1, circuit.failures());
    }

    @Test
    void whileOpenNothingGoesBeforeItsTimeThoughTheClockRunsOver() {
        Circuit open = Circuit.closed().failed(0, null, options(1), 0, NOW);

        assertEquals(NOW + 100, open.untilNanos());
        assertFalse(open.admits(NOW + 99));
        assertTrue(open.admits(NOW + 100));
    }

    @Test
    void halfOpenOneRequestGoesAndNoOther() {
        Circuit half = OPENED.sending(4);

        assertEquals(EndpointState.HALF_OPEN, half.state());
        assertFalse(half.admits(Long.MAX_VALUE));
    }

    @Test
    void anAttemptThatFailsDoublesTheWait() {
        Circuit again = OPENED.sending(4).failed(4, null, OPTIONS, 0.5, 0);
        Circuit third = again.sending(4).failed(4, null, OPTIONS, 0.5, 0);

        assertEquals(550, OPENED.untilNanos());
        assertEquals(1_050, again.untilNanos());
        assertEquals(2_050, third.untilNanos());
    }

    @Test
    void whatWasUnderWayBeforeSaysNothingNew() {
        Circuit half = OPENED.sending(4);

        assertEquals(OPENED, OPENED.failed(2, null, OPTIONS, 0, NOW));
        assertEquals(half, half.failed(2, null, OPTIONS, 0, NOW));
    }

    @Test
    void whatTheReceiverAskedForBeatsTheBackoffWithinItsBound() {
        assertEquals(60_000, OPENED.sending(4).failed(4, 60_000L, OPTIONS, 0, 0).untilNanos());
        assertEquals(
                100_000, OPENED.sending(4).failed(4, 600_000L, OPTIONS, 0, 0).untilNanos());
    }

    @Test
    void inAHurryAnOpenOneIsTriedAtOnceAndTheOthersStayAsTheyAre() {
        assertTrue(OPENED.hurried(7).admits(7));
        assertEquals(OPENED.sending(4), OPENED.sending(4).hurried(7));
        assertEquals(Circuit.closed(), Circuit.closed().hurried(7));
    }

    @Test
    void aClosedOneStaysClosedWhenSomethingIsSent() {
        assertEquals(Circuit.closed(), Circuit.closed().sending(1));
    }

    @Test
    void noFailuresCannotOpenIt() {
        assertThrows(IllegalArgumentException.class, () -> options(0));
    }

    private static ExportOptions options(int failuresToOpen) {
        return new ExportOptions(1, 1, 1, 1, 1, new Backoff(100, 1_000, 5_000), 100_000, failuresToOpen);
    }
}
