package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.Batches;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Entries that are sent together, under one set of headers.
 *
 * @param headers of the request, beside the target's own
 * @param payload one request with all their items
 * @param items spans or log records in it
 */
record Batch(List<OutboxEntry> entries, Map<String, Secret> headers, byte[] payload, long items) {

    /** What a lane sends next. Blocks. */
    static Batch oldest(Exporter.Parts parts, TelemetrySignal signal, int lane, int maxEntries) {
        return of(
                parts.outbox().peek(signal, lane, maxEntries, parts.options().maxBytes()),
                parts.headersOf(),
                parts.options());
    }

    /** As many of the oldest entries as the bounds allow, up to the first whose source has other headers. */
    static Batch of(List<OutboxEntry> waiting, Function<String, Map<String, Secret>> headersOf, ExportOptions options) {
        Map<String, Secret> headers =
                waiting.isEmpty() ? Map.of() : headersOf.apply(waiting.get(0).source());
        List<OutboxEntry> alike = waiting.stream()
                .takeWhile(entry -> headersOf.apply(entry.source()).equals(headers))
                .toList();
        List<OutboxEntry> entries = List.copyOf(Batches.fitting(alike, options.maxItems(), options.maxBytes()));
        byte[] payload =
                Batches.merge(entries.stream().map(OutboxEntry::payload).toList());
        return new Batch(
                entries,
                headers,
                payload,
                entries.stream().mapToLong(OutboxEntry::items).sum());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** So full that more probably waits behind it. */
    boolean isLarge(ExportOptions options) {
        return items >= options.maxItems() / 2 || payload.length >= options.maxBytes() / 2;
    }

    OutboxEntry oldest() {
        return entries.get(0);
    }

    /** When each of its entries was written. */
    LongStream writtenNanos() {
        return entries.stream().mapToLong(OutboxEntry::writtenNanos);
    }
}
