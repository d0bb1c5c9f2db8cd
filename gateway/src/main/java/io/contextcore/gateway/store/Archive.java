package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.store.StoreSettings.Archiving;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries that were stepped stay where they were accepted, as long and as many as the settings say: keeping them costs no
 * write of its own. The oldest go first, in whole files where they fill them. For the sequencer's thread only.
 */
final class Archive {

    /** How often it is looked whether something is to go. */
    private static final long EVERY_NANOS = 10_000_000_000L;

    /** What is beyond the cap goes with a tenth more, so that it does not go one by one. */
    private static final int PART_TO_SPARE = 10;

    private final Engine engine;
    private final Clock clock;
    private final Archiving settings;
    /** No delivery is kept before this sequence. */
    private long first = 1;

    private long looked = Long.MIN_VALUE;

    Archive(Engine engine, Clock clock, Archiving settings) {
        this.engine = engine;
        this.clock = clock;
        this.settings = settings;
    }

    /** Where there is an archive no more, what there was goes. */
    void open(long cursor) {
        if (!settings.isOn() && at(1, cursor) != null) {
            remove(cursor + 1);
        }
    }

    /** @param cursor the last delivery that was stepped, and written */
    void tidy(long cursor) {
        long now = clock.epochNanos();
        boolean early = looked != Long.MIN_VALUE && now >= looked && now - looked < EVERY_NANOS;
        if (!settings.isOn() || early) {
            return;
        }
        looked = now;
        long kept = Math.max(notBefore(now - settings.keepNanos(), cursor), within(settings.bytes(), cursor));
        if (kept > first) {
            remove(kept);
        }
    }

    /** The first one that was received then or later. */
    private long notBefore(long nanos, long cursor) {
        long low = first;
        long high = cursor + 1;
        long middle = low;
        while (low < high) {
            Received found = at(middle, cursor);
            if (found != null && found.nanos() < nanos) {
                low = found.sequence() + 1;
            } else {
                high = middle;
            }
            middle = low + (high - low) / 2;
        }
        return low;
    }

    /** The first one from which on all fit. */
    private long within(long bytes, long cursor) {
        if (bytes(first, cursor) <= bytes) {
            return first;
        }
        long room = bytes - bytes / PART_TO_SPARE;
        long low = first;
        long high = cursor + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (bytes(middle, cursor) > room) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long bytes(long from, long cursor) {
        return engine.bytes(Family.INBOX, Keys.number(from), Keys.number(cursor + 1));
    }

    private record Received(long sequence, long nanos) {}

    /** The first one from there on. */
    private @Nullable Received at(long sequence, long cursor) {
        Received[] found = new Received[1];
        engine.scan(Family.INBOX, Keys.number(sequence), Keys.number(cursor + 1), (key, value) -> {
            found[0] = new Received(
                    Keys.number(key), Records.read(value).path("received").asLong());
            return false;
        });
        return found[0];
    }

    private void remove(long before) {
        try (Batch batch = engine.batch()) {
            batch.deleteRange(Family.INBOX, Keys.number(0), Keys.number(before));
            engine.write(batch);
        }
        engine.dropFiles(Family.INBOX, Keys.number(0), Keys.number(before));
        first = before;
    }
}
