package io.contextcore.gateway.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NanosTest {

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z", "2026-03-02T09:00:00.123456789Z"})
    void timesAreKeptToTheNanosecond(String time) {
        Instant instant = Instant.parse(time);

        assertEquals(instant, Nanos.toInstant(Nanos.of(instant)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1600-01-01T00:00:00Z", "2300-01-01T00:00:00Z"})
    void timesThatDoNotFitAreRefused(String time) {
        assertThrows(ArithmeticException.class, () -> Nanos.of(Instant.parse(time)));
    }
}
