package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.testing.Promise;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OTLP specification, "Failures" and "OTLP/HTTP Response". */
class RetryTableTest {

    private static final long NOW = Nanos.of(Instant.parse("2026-11-22T17:00:00Z"));
    private static final Set<String> RETRYABLE =
            Set.of("CANCELLED", "DEADLINE_EXCEEDED", "ABORTED", "OUT_OF_RANGE", "UNAVAILABLE", "DATA_LOSS");

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
    @Promise("nothing-dropped-that-may-be-sent-again")
    void aGrpcStatusIsSentAgainAsTheSpecificationSays(GrpcStatus status) {
        String expected = RETRYABLE.contains(status.name()) ? "retry" : "rejected";

        assertEquals(expected, RetryTable.grpc(status, "", null).label());
    }

    @Test
    void anExhaustedReceiverIsAskedAgainOnlyIfItSaysWhen() {
        assertEquals(
                new SendResult.Retry(7L, "grpc-resource-exhausted", "m"),
                RetryTable.grpc(GrpcStatus.RESOURCE_EXHAUSTED, "m", 7L));
        assertEquals(
                new SendResult.Rejected("grpc-resource-exhausted", "m", true),
                RetryTable.grpc(GrpcStatus.RESOURCE_EXHAUSTED, "m", null));
    }

    @Test
    void aRetryInfoDoesNotMakeAPermanentStatusRetryable() {
        assertEquals(
                "rejected", RetryTable.grpc(GrpcStatus.INVALID_ARGUMENT, "", 7L).label());
    }

    @ParameterizedTest
    @CsvSource({
        "429, retry", "502, retry", "503, retry", "504, retry", "301, rejected", "400, rejected", "401, rejected",
        "403, rejected", "404, rejected", "408, rejected", "413, rejected", "500, rejected", "501, rejected",
                "505, rejected"
    })
    @Promise("nothing-dropped-that-may-be-sent-again")
    void anHttpStatusIsSentAgainAsTheSpecificationSays(int status, String expected) {
        assertEquals(expected, RetryTable.http(status, "", null, NOW).label());
    }

    @Test
    void onlyAPayloadThatIsTooLargeMayPassInSmallerParts() {
        assertEquals(new SendResult.Rejected("http-413", "", true), RetryTable.http(413, "", null, NOW));
        assertEquals(new SendResult.Rejected("http-400", "", false), RetryTable.http(400, "", null, NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "'3', 3000000000",
        "' 120 ', 120000000000",
        "'0', 0",
        "'Sun, 22 Nov 2026 17:00:02 GMT', 2000000000",
        "'Sun, 22 Nov 2026 16:00:00 GMT', 0"
    })
    void retryAfterIsSecondsOrADate(String value, long expected) {
        assertEquals(new SendResult.Retry(expected, "http-503", ""), RetryTable.http(503, "", value, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999", "Sun, 22 Nov 9999 17:00:02 GMT"})
    void aRetryAfterThatCannotBeReadIsNone(String value) {
        assertNull(RetryTable.retryAfterNanos(value, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%%%", "AAAA", "GgQKAmZv"})
    void statusDetailsThatCannotBeReadAreNone(String header) {
        assertNull(RetryInfo.delayNanos(header));
    }

    @Test
    void aRetryInfoIsReadFromTheStatusDetails() {
        // google.rpc.Status{code: 8, details: [Any{RetryInfo{retry_delay: 1.5 s}}]}, by hand from the proto
        // definitions.
        byte[] delay = {0x0a, 0x07, 0x08, 0x01, 0x10, (byte) 0x80, (byte) 0xca, (byte) 0xb5, (byte) 0xee, 0x01};
        delay[1] = 0x08;
        byte[] type = "type.googleapis.com/google.rpc.RetryInfo".getBytes(StandardCharsets.UTF_8);
        byte[] any = concat(new byte[] {0x0a, (byte) type.length}, type, new byte[] {0x12, (byte) delay.length}, delay);
        byte[] status = concat(new byte[] {0x08, 0x08, 0x1a, (byte) any.length}, any);

        assertEquals(1_500_000_000L, RetryInfo.delayNanos(Base64.getEncoder().encodeToString(status)));
        assertEquals(
                1_500_000_000L,
                RetryInfo.delayNanos(Base64.getEncoder().withoutPadding().encodeToString(status)));
    }

    private static byte[] concat(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
