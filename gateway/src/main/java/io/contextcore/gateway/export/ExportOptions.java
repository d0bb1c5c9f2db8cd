package io.contextcore.gateway.export;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the exporter batches and waits.
 *
 * @param maxItems spans or log records of one request, unless one entry alone has more
 * @param maxBytes bytes of one request, unless one entry alone has more; receivers with gRPC's usual bound take 4 MiB
 * @param hardCapBytes OTLP's bound of a request: a single entry over it goes to the dead letters unsent
 * @param lingerMillis how long a lane waits for company after its first new entry
 * @param gatherMillis the least time between two requests of a lane that are not large: what is busy sends few large
 *     requests, and what comes now and then does not wait
 * @param maxRetryAfterNanos the longest wait that a receiver can ask for
 * @param failuresToOpen failures in a row after which an endpoint is left alone; see {@link Circuit}
 */
public record ExportOptions(
        int maxItems,
        int maxBytes,
        int hardCapBytes,
        long lingerMillis,
        long gatherMillis,
        Backoff backoff,
        long maxRetryAfterNanos,
        int failuresToOpen) {

    private static final int MIB = 1024 * 1024;

    public ExportOptions {
        if (maxItems < 1
                || maxBytes < 1
                || hardCapBytes < maxBytes
                || lingerMillis < 1
                || gatherMillis < 1
                || maxRetryAfterNanos < 0
                || failuresToOpen < 1) {
            throw new IllegalArgumentException(
                    "export options out of order (expected: 1 <= maxBytes <= hardCapBytes, …)");
        }
    }

    public static ExportOptions defaults() {
        return new ExportOptions(
                512,
                7 * MIB / 2,
                64 * MIB,
                5,
                100,
                Backoff.defaults(),
                Duration.ofMinutes(5).toNanos(),
                5);
    }

    /**
     * How long to wait for company.
     *
     * @param sinceSentNanos since the lane's last request, or the lane, began
     */
    long companyMillis(long sinceSentNanos) {
        return Math.max(lingerMillis, gatherMillis - TimeUnit.NANOSECONDS.toMillis(sinceSentNanos));
    }

    /**
     * How long to wait before the next attempt.
     *
     * @param failures in a row so far, from 1
     * @param askedNanos how long the receiver asked to wait; null where it did not
     * @param fraction uniform in [0, 1)
     */
    long waitNanos(int failures, @Nullable Long askedNanos, double fraction) {
        return askedNanos == null
                ? backoff.waitNanos(failures, fraction)
                : backoff.askedWaitNanos(askedNanos, maxRetryAfterNanos, fraction);
    }
}
