package io.contextcore.gateway.model;

import io.contextcore.gateway.base.Hashing;
import java.util.HexFormat;

/** Ids derived from keys: whoever knows the key knows the trace. Documented in docs/ids.md with a vector for each kind. */
public final class TelemetryIds {

    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private TelemetryIds() {}

    /** {@code SHA-256("contextcore/trace\n" + key)[0,16)}, lower-case hex. */
    public static String traceId(String key) {
        return firstNonZero("contextcore/trace\n" + key, TRACE_BYTES);
    }

    /** {@code SHA-256("contextcore/span\n" + key + "\n" + part)[0,8)}, lower-case hex. */
    public static String spanId(String key, String part) {
        return firstNonZero("contextcore/span\n" + key + "\n" + part, SPAN_BYTES);
    }

    /** The anchor's or the span's own part. */
    public static String rootPart() {
        return "root";
    }

    public static String phasePart(String value, long startNanos, int slice) {
        return "phase/" + value + "/" + startNanos + "/" + slice;
    }

    public static String activityPart(Origin origin) {
        return "activity/" + origin.deliveryId() + "/" + origin.key() + "/" + origin.n();
    }

    public static String completionPart(int generation) {
        return "completion/" + generation;
    }

    /** OTLP forbids all-zero ids: such a hash is hashed again. */
    private static String firstNonZero(String input, int bytes) {
        byte[] hash = Hashing.sha256(input);
        while (allZero(hash, bytes)) {
            hash = Hashing.sha256(hash);
        }
        return HexFormat.of().formatHex(hash, 0, bytes);
    }

    private static boolean allZero(byte[] hash, int bytes) {
        for (int i = 0; i < bytes; i++) {
            if (hash[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
