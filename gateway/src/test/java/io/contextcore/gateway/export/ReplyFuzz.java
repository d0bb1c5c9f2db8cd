package io.contextcore.gateway.export;

import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.ExportResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Any bytes as what a receiver answers: something that can be counted, and a wait that is none or not negative. */
public final class ReplyFuzz {

    private ReplyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (TelemetrySignal signal : TelemetrySignal.values()) {
            if (ExportResponse.decode(signal, input).message() == null) {
                throw new AssertionError("no message");
            }
        }
        requireWait(RetryInfo.delayNanos(new String(input, StandardCharsets.ISO_8859_1)));
        requireWait(RetryInfo.delayNanos(Base64.getEncoder().encodeToString(input)));
    }

    private static void requireWait(Long nanos) {
        if (nanos != null && nanos < 0) {
            throw new AssertionError("a wait of " + nanos + " ns");
        }
    }
}
