package io.contextcore.gateway.export;

import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.otlp.Batches;
import java.util.List;

/**
 * Entries that are sent together.
 *
 * @param payload one request with all their items
 * @param items spans or log records in it
 */
record Batch(List<OutboxEntry> entries, byte[] payload, long items) {

    /** As many of the oldest entries as the bounds allow. */
    static Batch of(List<OutboxEntry> waiting, ExportOptions options) {
        List<OutboxEntry> entries = List.copyOf(Batches.fitting(waiting, options.maxItems(), options.maxBytes()));
        byte[] payload =
                Batches.merge(entries.stream().map(OutboxEntry::payload).toList());
        return new Batch(
                entries, payload, entries.stream().mapToLong(OutboxEntry::items).sum());
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
}
