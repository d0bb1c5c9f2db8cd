package io.contextcore.gateway.base;

import java.time.Duration;
import java.time.Instant;

/** Times as this code keeps them: a {@code long} of nanoseconds since the Unix epoch (good until the year 2262). */
public final class Nanos {

    private static final long PER_SECOND = 1_000_000_000L;

    private Nanos() {}

    /** @throws ArithmeticException if the instant lies outside 1677–2262 */
    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
    }

    public static Instant toInstant(long epochNanos) {
        return Instant.ofEpochSecond(Math.floorDiv(epochNanos, PER_SECOND), Math.floorMod(epochNanos, PER_SECOND));
    }

    public static long of(Duration duration) {
        return duration.toNanos();
    }
}
