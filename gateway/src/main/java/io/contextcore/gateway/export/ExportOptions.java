package io.contextcore.gateway.export;

import java.time.Duration;

/**
 * How the exporter batches and waits.
 *
 * @param maxItems spans or log records of one request, unless one entry alone has more
 * @param maxBytes bytes of one request, unless one entry alone has more; receivers with gRPC's usual bound take 4 MiB
 * @param hardCapBytes OTLP's bound of a request: a single entry over it goes to the dead letters unsent
 * @param lingerMillis how long a lane waits for company after its first new entry
 * @param maxRetryAfterNanos the longest wait that a receiver can ask for
 */
public record ExportOptions(
        int maxItems, int maxBytes, int hardCapBytes, long lingerMillis, Backoff backoff, long maxRetryAfterNanos) {

    private static final int MIB = 1024 * 1024;

    public ExportOptions {
        if (maxItems < 1 || maxBytes < 1 || hardCapBytes < maxBytes || lingerMillis < 1 || maxRetryAfterNanos < 0) {
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
                Backoff.defaults(),
                Duration.ofMinutes(5).toNanos());
    }
}
