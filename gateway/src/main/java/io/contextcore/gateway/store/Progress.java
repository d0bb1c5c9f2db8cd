package io.contextcore.gateway.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.TelemetrySignal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far each writer has come. Each writes its own record, in the same batch as what it counts, so the differences are
 * exact after any crash: waiting = what came in - what went out. Counts run from the store's beginning.
 */
final class Progress {

    private Progress() {}

    /**
     * Written by the committer.
     *
     * @param sequence last one given
     * @param received last receipt, epoch nanoseconds
     * @param deliveries accepted so far
     * @param bytes of those, as {@link Sizes} counts
     * @param seenIds remembered now
     */
    record Accepting(long sequence, long received, long deliveries, long bytes, long seenIds) {

        private static final byte[] KEY = Keys.text("accepting");

        static Accepting load(Engine engine) {
            JsonNode record = record(engine, KEY);
            return new Accepting(
                    record.path("sequence").asLong(),
                    record.path("received").asLong(),
                    record.path("deliveries").asLong(),
                    record.path("bytes").asLong(),
                    record.path("seenIds").asLong());
        }

        void save(Batch batch) {
            batch.put(Family.META, KEY, Records.write(out -> {
                out.writeNumberField("sequence", sequence);
                out.writeNumberField("received", received);
                out.writeNumberField("deliveries", deliveries);
                out.writeNumberField("bytes", bytes);
                out.writeNumberField("seenIds", seenIds);
            }));
        }
    }

    /**
     * Written by the sequencer.
     *
     * @param cursor sequence of the last delivery stepped
     * @param now latest {@code now}, epoch nanoseconds
     * @param messages numbers given
     * @param messagesDone no message up to this number waits
     * @param entries outbox sequences given
     * @param deliveries stepped so far
     * @param inboxBytes of those
     * @param outboxBytes written to the outbox so far
     * @param traceItems spans written so far
     * @param logItems log records written so far
     * @param deadBytes of the dead letters that steps left so far, as {@link Sizes} counts
     * @param census rows there are
     */
    record Stepping(
            long cursor,
            long now,
            long messages,
            long messagesDone,
            long entries,
            long deliveries,
            long inboxBytes,
            long outboxBytes,
            long traceItems,
            long logItems,
            long deadBytes,
            Census census) {

        private static final byte[] KEY = Keys.text("stepping");

        static Stepping load(Engine engine) {
            JsonNode record = record(engine, KEY);
            return new Stepping(
                    record.path("cursor").asLong(),
                    record.path("now").asLong(),
                    record.path("messages").asLong(),
                    record.path("messagesDone").asLong(),
                    record.path("entries").asLong(),
                    record.path("deliveries").asLong(),
                    record.path("inboxBytes").asLong(),
                    record.path("outboxBytes").asLong(),
                    record.path("traceItems").asLong(),
                    record.path("logItems").asLong(),
                    record.path("deadBytes").asLong(),
                    census(record.path("rows")));
        }

        private static Census census(JsonNode rows) {
            Census census = Census.EMPTY;
            for (Sort sort : Sort.values()) {
                census = census.plus(sort, rows.path(sort.code()).asLong());
            }
            return census;
        }

        void save(Batch batch) {
            batch.put(Family.META, KEY, Records.write(out -> {
                out.writeNumberField("cursor", cursor);
                out.writeNumberField("now", now);
                out.writeNumberField("messages", messages);
                out.writeNumberField("messagesDone", messagesDone);
                out.writeNumberField("entries", entries);
                out.writeNumberField("deliveries", deliveries);
                out.writeNumberField("inboxBytes", inboxBytes);
                out.writeNumberField("outboxBytes", outboxBytes);
                out.writeNumberField("traceItems", traceItems);
                out.writeNumberField("logItems", logItems);
                out.writeNumberField("deadBytes", deadBytes);
                out.writeObjectFieldStart("rows");
                out.writeNumberField(Sort.INSTANCE.code(), census.instances());
                out.writeNumberField(Sort.ALIAS.code(), census.aliases());
                out.writeNumberField(Sort.TOMBSTONE.code(), census.tombstones());
                out.writeNumberField(Sort.TALLY.code(), census.tallies());
                out.writeNumberField(Sort.FACT.code(), census.facts());
                out.writeEndObject();
            }));
        }
    }

    /**
     * Written when entries leave the outbox.
     *
     * @param bytes that left so far
     * @param traceItems spans that left so far
     * @param logItems log records that left so far
     * @param deadBytes of the dead letters that export left so far, as {@link Sizes} counts
     * @param done by lane, traces first: no entry up to this sequence waits there
     */
    record Exporting(long bytes, long traceItems, long logItems, long deadBytes, List<Long> done) {

        private static final byte[] KEY = Keys.text("exporting");

        Exporting {
            done = List.copyOf(done);
        }

        static int index(TelemetrySignal signal, int lane) {
            return (Codes.of(signal) - 1) * Outbox.LANES + lane;
        }

        static Exporting load(Engine engine) {
            JsonNode record = record(engine, KEY);
            List<Long> done = new ArrayList<>();
            for (int i = 0; i < TelemetrySignal.values().length * Outbox.LANES; i++) {
                done.add(record.path("done").path(i).asLong());
            }
            return new Exporting(
                    record.path("bytes").asLong(),
                    record.path("traceItems").asLong(),
                    record.path("logItems").asLong(),
                    record.path("deadBytes").asLong(),
                    done);
        }

        void save(Batch batch) {
            batch.put(Family.META, KEY, Records.write(out -> {
                out.writeNumberField("bytes", bytes);
                out.writeNumberField("traceItems", traceItems);
                out.writeNumberField("logItems", logItems);
                out.writeNumberField("deadBytes", deadBytes);
                out.writeArrayFieldStart("done");
                for (long sequence : done) {
                    out.writeNumber(sequence);
                }
                out.writeEndArray();
            }));
        }
    }

    private static JsonNode record(Engine engine, byte[] key) {
        byte @Nullable [] bytes = engine.get(Family.META, key);
        return Records.read(bytes == null ? Records.write(out -> {}) : bytes);
    }
}
