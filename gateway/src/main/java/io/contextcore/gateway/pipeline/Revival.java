package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.pipeline.Letters.Fate;
import io.contextcore.gateway.store.Commit;
import io.contextcore.gateway.store.DeadEntry;
import io.contextcore.gateway.store.DeadEntry.Remains;
import io.contextcore.gateway.store.DeadHead;
import io.contextcore.gateway.store.DeadKey;
import io.contextcore.gateway.store.Store;
import io.contextcore.gateway.store.Store.DueTimer;
import io.contextcore.gateway.store.Store.QueuedMessage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Steps dead letters again, with the mappings as they are now. What died keeps its own id, receipt and times, so that
 * attributes converge to what they would be had it never died; {@code now} is that of the last step, since time never goes
 * back. The letter goes in the same write as what it causes. For the sequencer's thread only.
 */
final class Revival {

    private final Store store;
    private final Supplier<Stepper> stepper;
    private final Heard heard;

    /** Hears of what was stepped, once it is committed. */
    interface Heard {

        /** @param delivery null: it was a message or a timer */
        void stepped(@Nullable Delivery delivery, Stepped step);

        void sentAgain(DeadHead letter);
    }

    Revival(Store store, Supplier<Stepper> stepper, Heard heard) {
        this.store = store;
        this.stepper = stepper;
        this.heard = heard;
    }

    Fate drop(DeadKey key) {
        return store.resolve(key, empty(List.of())) ? Fate.DROPPED : Fate.MISSING;
    }

    Fate replay(DeadKey key) {
        DeadEntry entry = store.deadLetter(key).orElse(null);
        if (entry == null) {
            return Fate.MISSING;
        } else if (entry.head().code().equals(DeadHead.UNTOLD)) {
            return Fate.UNTOLD;
        }
        Remains remains = entry.remains();
        if (remains instanceof Remains.OfDelivery dead) {
            return resolved(
                    key,
                    dead.delivery(),
                    stepper.get().again(dead.delivery(), now(), store.census().facts(), store::row));
        } else if (remains instanceof Remains.OfMessage dead) {
            QueuedMessage message = new QueuedMessage(key.number(), dead.message());
            return resolved(key, null, stepper.get().message(message, now(), store::row));
        } else if (remains instanceof Remains.OfTimer dead) {
            return timer(key, dead.timer());
        } else if (remains instanceof Remains.OfTelemetry dead) {
            return telemetry(entry.head(), dead);
        }
        return Fate.UNKNOWN;
    }

    /** Not before its own time: a letter is stepped when all before it was. */
    private long now() {
        return store.lastNow();
    }

    private Fate resolved(DeadKey key, @Nullable Delivery delivery, Stepped step) {
        Commit commit = step.commit();
        store.resolve(
                key,
                new Commit(
                        commit.nowNanos(),
                        null,
                        null,
                        commit.rows(),
                        commit.removed(),
                        commit.messages(),
                        commit.telemetry(),
                        commit.deadLetter()));
        heard.stepped(delivery, step);
        return commit.deadLetter() == null ? Fate.REPLAYED : Fate.FAILED_AGAIN;
    }

    private Fate timer(DeadKey key, DueTimer failed) {
        Row row = store.row(failed.key());
        long now = now();
        if (row == null || !isWanted(row, failed)) {
            store.resolve(key, empty(List.of()));
            return Fate.OVERTAKEN;
        }
        DueTimer again = new DueTimer(Math.max(now, failed.dueNanos()), failed.purpose(), failed.key());
        return resolved(
                key,
                null,
                stepper.get().timer(again, again.dueNanos(), store.census().tombstones(), store::row));
    }

    /** What is tried again by itself is wanted until that was done; the rest as long as there is something to tell. */
    private static boolean isWanted(Row row, DueTimer failed) {
        boolean waits = row.timers().due().containsKey(failed.purpose());
        return switch (failed.purpose()) {
            case ADOPT, EXPIRE, HOLD, FORGET -> waits;
            case SLICE, SNAPSHOT, ROLL_UP, OVERDUE ->
                !waits && row instanceof Instance instance && instance.stage() == Instance.Stage.OPEN;
            case TALLY, TALLY_REPEAT -> !waits && row instanceof Tally;
        };
    }

    private Fate telemetry(DeadHead head, Remains.OfTelemetry dead) {
        Commit.Telemetry item =
                new Commit.Telemetry(dead.signal(), head.lane(), head.source(), dead.payload(), head.items());
        store.resolve(head.key(), empty(List.of(item)));
        heard.sentAgain(head);
        return Fate.REPLAYED;
    }

    private Commit empty(List<Commit.Telemetry> telemetry) {
        return new Commit(now(), null, null, List.of(), List.of(), List.of(), telemetry, null);
    }
}
