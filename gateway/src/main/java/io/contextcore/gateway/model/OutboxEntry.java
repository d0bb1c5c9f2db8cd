package io.contextcore.gateway.model;

/**
 * Encoded telemetry that waits to be sent.
 *
 * @param lane from 0 to {@link Outbox#LANES}: entries of one lane go one batch at a time, in order
 * @param sequence rises within the store; order within a lane
 * @param source name of the source that it belongs to; empty where an older version wrote it
 * @param payload an OTLP export request of this signal with {@code items} items; requests merge by concatenation, since
 *     their only field is repeated
 * @param items number of spans or log records
 * @param writtenNanos {@code now} of the step that wrote it, epoch nanoseconds
 */
public record OutboxEntry(
        TelemetrySignal signal, int lane, long sequence, String source, byte[] payload, int items, long writtenNanos) {}
