package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "2026-03-02T10:00:00Z => 2026-03-02T10:00:00Z",
                "2026-03-02T10:00:00.123+0000 => 2026-03-02T10:00:00.123Z",
                "2026-03-02T10:00:00.123-0800 => 2026-03-02T18:00:00.123Z",
                "2026-03-02T10:00:00+02:00 => 2026-03-02T08:00:00Z",
                "2026-03-02T10:00:00+02 => 2026-03-02T08:00:00Z",
                "2026-03-02T10:00Z => 2026-03-02T10:00:00Z",
                "2026-03-02T10:00:00 => 2026-03-02T10:00:00Z",
                "2026-03-02 10:00:00 UTC => 2026-03-02T10:00:00Z",
                "2026-03-02 10:00:00 +0100 => 2026-03-02T09:00:00Z",
                "2026-03-02T10:00:00.123456789Z => 2026-03-02T10:00:00.123456789Z",
                "2026-03-02T10:00:00.1234567891234Z => 2026-03-02T10:00:00.123456789Z",
                "2026-03-02T23:59:60Z => 2026-03-02T23:59:59Z",
                "2018-12-20 15:45:59,695 => 2018-12-20T15:45:59.695Z",
                "12/25/2019, 10:21:33 AM,180 => 2019-12-25T10:21:33.180Z",
                "12/25/2019, 12:21:33 AM,180 => 2019-12-25T00:21:33.180Z",
                "1/2/2019 1:21 PM => 2019-01-02T13:21:00Z",
                "2026-3-2 9:05:07,695 => 2026-03-02T09:05:07.695Z",
                "2026-3-12T9:5 => 2026-03-12T09:05:00Z",
                "2026-03-02T10: 20: 30.400+0100 => 2026-03-02T09:20:30.400Z",
                "2026-03-02  10:20:30 +01: 00 => 2026-03-02T09:20:30Z",
                "2026-03-02, 10:20:30 GMT => 2026-03-02T10:20:30Z",
                "12/5/2019, 1:21:33 p.m. => 2019-12-05T13:21:33Z",
                "12/5/2019, 1:21:33\u202fPM => 2019-12-05T13:21:33Z",
                "12/5/2019, 12:21 PM => 2019-12-05T12:21:00Z",
                "2026-3-2 => 2026-03-02T00:00:00Z",
                "2026-03-02 => 2026-03-02T00:00:00Z",
                "1767225600 => 2026-01-01T00:00:00Z",
                "1767225600000 => 2026-01-01T00:00:00Z",
                "1767225600123 => 2026-01-01T00:00:00.123Z",
                "1767225600123456 => 2026-01-01T00:00:00.123456Z",
                "1767225600123456789 => 2026-01-01T00:00:00.123456789Z",
                "1767225600.5 => 2026-01-01T00:00:00.500Z",
                "0 => 1970-01-01T00:00:00Z",
            })
    void everyFormThatSendersWriteIsRead(String text, String expected) {
        assertEquals(Optional.of(Instant.parse(expected)), Times.parse(text));
    }

    @Test
    void numbersTellTheirUnitByTheirSize() {
        assertEquals(Optional.of(Instant.ofEpochSecond(1_767_225_600)), Times.parse(1_767_225_600L));
        assertEquals(Optional.of(Instant.ofEpochMilli(1_767_225_600_123L)), Times.parse(1_767_225_600_123L));
        assertEquals(Optional.of(Instant.ofEpochSecond(1, 500_000_000)), Times.parse(1.5));
        assertEquals(Optional.of(Instant.ofEpochSecond(99_999_999)), Times.parse(99_999_999L));
    }

    @Test
    void whatSaysNothingIsNoTime() {
        assertEquals(Optional.empty(), Times.parse(Nothing.ABSENT));
        assertEquals(Optional.empty(), Times.parse(Nothing.NULL));
        assertEquals(Optional.empty(), Times.parse("  "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "2026-13-01",
                "2026-02-30T10:00:00Z",
                "25/12/2019, 10:00:00 AM",
                "9999-01-01",
                "12/25/2019, 13:00:00 PM",
                "12/25/2019, 0:00:00 AM",
                "2026-03-02T10:00:00+0100 or so",
                "2026-03-02T",
                "026-03-02",
                "2026-003-02",
                "99999999999999999999",
                "10:00"
            })
    void whatIsNoTimeIsAnError(String text) {
        assertThrows(EvaluationException.class, () -> Times.parse(text));
    }

    @Test
    void onlyTimesNumbersAndTextsAreTimes() {
        assertThrows(EvaluationException.class, () -> Times.parse(true));
        assertThrows(EvaluationException.class, () -> Times.parse(Double.NaN));
        assertThrows(EvaluationException.class, () -> Times.parse(Double.POSITIVE_INFINITY));
        assertEquals(Optional.of(Instant.parse("2262-04-11T23:47:16.854775807Z")), Times.parse(Long.MAX_VALUE));
    }
}
