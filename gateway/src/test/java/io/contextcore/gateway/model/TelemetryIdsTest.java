package io.contextcore.gateway.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of docs/ids.md, computed apart from this code (with sha256sum). */
class TelemetryIdsTest {

    private static final String KEY = "acme/example.org/order/10042";

    @ParameterizedTest
    @CsvSource({
        "root, 65224fd073bdd522",
        "phase/in_progress/1780000000000000000/0, cb0eafbbd46d7e3a",
        "activity/acme-eu//4711//0, 313747b5d11535e4",
        "completion/1, 392b47117ba12dac"
    })
    void spanIdsFollowTheDocumentedRule(String part, String expected) {
        assertEquals(expected, TelemetryIds.spanId(KEY, part));
    }

    @ParameterizedTest
    @CsvSource({"acme/example.org/order/10042, 074f7aa983f0f45936641bd2c299d068"})
    void traceIdsFollowTheDocumentedRule(String key, String expected) {
        assertEquals(expected, TelemetryIds.traceId(key));
    }
}
