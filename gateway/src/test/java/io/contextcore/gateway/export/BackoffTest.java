package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(10, 100, 1_000);
    private static final double ALMOST_ONE = Math.nextDown(1.0);

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "4, 800", "5, 1000", "6, 1000", "1000000, 1000"})
    void theWaitLiesBetweenTheFloorAndADoublingCeiling(int failures, long ceiling) {
        assertEquals(10, BACKOFF.waitNanos(failures, 0));
        assertEquals(ceiling - 1, BACKOFF.waitNanos(failures, ALMOST_ONE));
        assertEquals(10 + (ceiling - 10) / 2, BACKOFF.waitNanos(failures, 0.5));
    }

    @Test
    void aReceiversWishIsKeptUpToTheLongestWait() {
        assertEquals(500, BACKOFF.askedWaitNanos(500, 5_000, 0));
        assertEquals(549, BACKOFF.askedWaitNanos(500, 5_000, ALMOST_ONE));
        assertEquals(5_000, BACKOFF.askedWaitNanos(5_000, 5_000, 0));
        assertEquals(5_000, BACKOFF.askedWaitNanos(5_001, 5_000, 0));
        assertEquals(10, BACKOFF.askedWaitNanos(0, 5_000, ALMOST_ONE));
    }

    @Test
    void boundsOutOfOrderAreABug() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(10, 9, 100));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(10, 100, 99));
    }
}
