package io.contextcore.gateway.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.store.DeadEntry.Remains;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to go from the archive and the dead letters. Null: whatever it is.
 *
 * @param tenant as the delivery's id has it, escaped
 * @param beforeNanos received, or dead, before then; epoch nanoseconds
 */
public record Purge(
        @Nullable String source,
        @Nullable String tenant,
        @Nullable Long beforeNanos) {

    private static final int AT_ONCE = 500;

    /** What went. */
    public record Gone(long archived, long deadLetters) {}

    /** Of deliveries that were stepped; those that wait are no archive. */
    long archived(Engine engine, long cursor) {
        long[] gone = {0};
        try (Batch batch = engine.batch()) {
            int[] waiting = {0};
            engine.scan(Family.INBOX, Keys.number(0), Keys.number(cursor + 1), (key, value) -> {
                JsonNode record = Records.read(value);
                if (wants(
                        Records.text(record, "source"),
                        Records.text(record, "id"),
                        record.path("received").asLong())) {
                    batch.delete(Family.INBOX, key);
                    gone[0]++;
                    waiting[0]++;
                }
                if (waiting[0] == AT_ONCE) {
                    engine.write(batch);
                    batch.clear();
                    waiting[0] = 0;
                }
                return true;
            });
            engine.write(batch);
        }
        return gone[0];
    }

    /** Letters that say no delivery's id are not known to be of a tenant: they stay where one is asked for. */
    long deadLetters(Store store) {
        long gone = 0;
        DeadKey after = null;
        while (true) {
            DeadQuery.Page page = store.deadLetters(new DeadQuery(source, null, null, null, after, DeadQuery.MOST));
            for (DeadHead letter : page.letters()) {
                DeadEntry entry = store.deadLetter(letter.key()).orElseThrow();
                if (wants(letter.source(), id(entry.remains()), letter.atNanos())) {
                    store.resolve(letter.key(), nothing(store.lastNow()));
                    gone++;
                }
            }
            if (page.next().isEmpty()) {
                return gone;
            }
            after = page.next().get();
        }
    }

    private static Commit nothing(long now) {
        return new Commit(now, null, null, List.of(), List.of(), List.of(), List.of(), null);
    }

    private static String id(Remains remains) {
        if (remains instanceof Remains.OfDelivery dead) {
            return dead.delivery().id();
        }
        return remains instanceof Remains.OfMessage dead
                ? dead.message().origin().deliveryId()
                : "";
    }

    /** An id is {@code source/tenant/rest}. */
    private boolean wants(String itsSource, String id, long nanos) {
        String[] parts = id.split("/", -1);
        return (source == null || source.equals(itsSource))
                && (tenant == null || parts.length > 2 && tenant.equals(parts[1]))
                && (beforeNanos == null || nanos < beforeNanos);
    }
}
