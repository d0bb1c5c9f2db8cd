package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Tracing.Traced;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One lane of one signal: takes the oldest entries, sends them as one request, and takes no others until the receiver has
 * answered for good. Everything but {@link #appended} and {@link #oldestNanos} runs on the exporter's event loop.
 */
final class Lane {

    private static final long NOTHING = Long.MAX_VALUE;

    private final Exporter.Parts parts;
    private final TelemetrySignal signal;
    private final Endpoint endpoint;
    private final int number;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile long oldest = NOTHING;

    private LaneState state = LaneState.IDLE;
    private long timer = -1;
    private long sentNanos;
    private int failures;
    private int maxEntries;
    private boolean stopping;
    private @Nullable Promise<Void> emptied;
    /** The entry that goes in pieces, while it does. */
    private @Nullable Pieces pieces;
    /** What the outbox could not write: the receiver has answered for good, so nothing is sent again for it. */
    private @Nullable Note unwritten;

    private record Note(Runnable work, Runnable then) {}

    Lane(Exporter.Parts parts, TelemetrySignal signal, Endpoint endpoint, int number) {
        this.parts = parts;
        this.signal = signal;
        this.endpoint = endpoint;
        this.number = number;
        this.maxEntries = parts.options().maxItems();
        this.sentNanos = parts.clock().elapsedNanos();
    }

    int number() {
        return number;
    }

    /** From any thread: there are new entries. */
    void appended() {
        if (signalled.compareAndSet(false, true)) {
            parts.context().runOnContext(nothing -> {
                if (state == LaneState.IDLE) {
                    linger();
                }
            });
        }
    }

    /** When the oldest entry in hand was written; from any thread. */
    OptionalLong oldestNanos() {
        long nanos = oldest;
        return nanos == NOTHING ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /** Completes when nothing waits any more; a lane that waits out a failure tries again at once. */
    Future<Void> drain() {
        Promise<Void> done = Promise.promise();
        emptied = done;
        if (state.isPause()) {
            parts.vertx().cancelTimer(timer);
            load();
        } else if (state == LaneState.STOPPED) {
            done.tryComplete();
        }
        return done.future();
    }

    /** Stops now; a request under way is left, its entries stay. Waits only for the outbox' own work. */
    Future<Void> stop() {
        stopping = true;
        Promise<Void> done = Promise.promise();
        emptied = done;
        if (state != LaneState.AT_STORE) {
            parts.vertx().cancelTimer(timer);
            rest(LaneState.STOPPED);
        }
        return done.future();
    }

    /** The endpoint may be sent to again. */
    void proceed() {
        if (state == LaneState.WAITING) {
            load();
        }
    }

    private void linger() {
        state = LaneState.LINGERING;
        long millis = parts.options().companyMillis(parts.clock().elapsedNanos() - sentNanos);
        timer = parts.vertx().setTimer(millis, id -> load());
    }

    private void load() {
        if (unwritten != null) {
            atStore(unwritten.work(), unwritten.then());
            return;
        }
        if (pieces != null) {
            nextPiece(pieces);
            return;
        }
        state = LaneState.AT_STORE;
        signalled.set(false);
        parts.onWorker(() -> Batch.oldest(parts, signal, number, maxEntries)).onComplete(this::send, this::storeFailed);
    }

    private void send(Batch batch) {
        if (batch.isEmpty() || stopping) {
            oldest = batch.isEmpty() ? NOTHING : oldest;
            rest(stopping ? LaneState.STOPPED : LaneState.IDLE);
            return;
        }
        oldest = batch.oldest().writtenNanos();
        if (batch.payload().length > parts.options().hardCapBytes()) {
            refused(batch, new SendResult.Rejected("too-large", batch.payload().length + " bytes", true));
            return;
        }
        if (!endpoint.admits(this)) {
            await();
            return;
        }
        state = LaneState.SENDING;
        long started = parts.clock().elapsedNanos();
        sentNanos = started;
        Traced traced = parts.tracing().export(signal.label(), batch.items(), batch::writtenNanos);
        Future.succeededFuture()
                .compose(nothing -> parts.sender().send(signal, batch.payload(), batch.headers()))
                .otherwise(RetryTable::noAnswer)
                .onSuccess(result -> parts.context().runOnContext(nothing -> {
                    traced.end(result.label());
                    parts.metrics().time(Metric.STAGE, parts.clock().elapsedNanos() - started, "export");
                    settle(batch, result);
                }));
    }

    private void settle(Batch batch, SendResult result) {
        parts.metrics().count(Metric.EXPORTS, 1, signal.label(), result.label());
        if (state == LaneState.STOPPED) {
            return;
        }
        if (result instanceof SendResult.Retry retry) {
            parts.log().retry(signal, retry);
            endpoint.failed(this, retry);
            if (retry.afterNanos() == null && endpoint.state() != EndpointState.CLOSED) {
                await();
            } else {
                hold(retry.afterNanos());
            }
            return;
        }
        failures = 0;
        endpoint.answered();
        if (result instanceof SendResult.Rejected rejected) {
            refused(batch, rejected);
        } else if (result instanceof SendResult.Partial partial) {
            parts.log().partial(signal, partial);
            taken(batch, Math.min(partial.rejected(), batch.items()));
        } else {
            taken(batch, 0);
        }
    }

    private void taken(Batch batch, long untaken) {
        if (pieces != null) {
            pieces.taken(untaken);
            nextPiece(pieces);
            return;
        }
        atStore(() -> parts.outbox().delivered(batch.entries()), () -> {
            parts.counted(signal, batch.items() - untaken, untaken);
            maxEntries = Math.min(maxEntries * 2, parts.options().maxItems());
            next(batch);
        });
    }

    /** What is too large together may pass in halves: fewer entries, then fewer items of one. */
    private void refused(Batch batch, SendResult.Rejected rejected) {
        if (pieces != null) {
            pieces.refused(rejected);
            nextPiece(pieces);
        } else if (rejected.tooLarge() && batch.entries().size() > 1) {
            maxEntries = batch.entries().size() / 2;
            load();
        } else {
            pieces = rejected.tooLarge() ? Pieces.of(batch).orElse(null) : null;
            if (pieces == null) {
                bury(batch, batch.entries(), rejected, () -> {});
            } else {
                nextPiece(pieces);
            }
        }
    }

    private void nextPiece(Pieces entry) {
        Optional<Batch> piece = entry.next();
        if (piece.isPresent()) {
            send(piece.get());
            return;
        }
        SendResult.Rejected rejected = entry.rejected();
        Runnable settled = () -> {
            pieces = null;
            parts.counted(signal, entry.delivered(), entry.untaken());
        };
        if (rejected == null) {
            atStore(() -> parts.outbox().delivered(entry.whole().entries()), () -> {
                settled.run();
                next(entry.whole());
            });
        } else {
            bury(entry.whole(), List.of(entry.remains()), rejected, settled);
        }
    }

    /** @param dead what of the batch goes to the dead letters */
    private void bury(Batch batch, List<OutboxEntry> dead, SendResult.Rejected rejected, Runnable counted) {
        long items = dead.stream().mapToLong(OutboxEntry::items).sum();
        parts.log().rejected(signal, rejected, items);
        atStore(() -> parts.outbox().dead(dead, rejected.reason()), () -> {
            counted.run();
            parts.metrics().count(Metric.DEAD_ITEMS, items, signal.label(), rejected.reason());
            next(batch);
        });
    }

    private void atStore(Runnable work, Runnable then) {
        state = LaneState.AT_STORE;
        unwritten = new Note(work, then);
        parts.onWorker(() -> {
                    work.run();
                    return this;
                })
                .onComplete(
                        done -> {
                            unwritten = null;
                            then.run();
                        },
                        this::storeFailed);
    }

    private void next(Batch batch) {
        failures = 0;
        if (stopping) {
            rest(LaneState.STOPPED);
        } else if (emptied == null && signalled.get() && !batch.isLarge(parts.options())) {
            linger();
        } else {
            load();
        }
    }

    private void storeFailed(Throwable failure) {
        if (stopping) {
            rest(LaneState.STOPPED);
            return;
        }
        parts.log().storeFailed(signal, failure);
        hold(null);
    }

    private void await() {
        state = LaneState.WAITING;
        endpoint.await(this);
    }

    private void hold(@Nullable Long askedNanos) {
        failures++;
        long nanos = parts.options()
                .waitNanos(failures, askedNanos, parts.randomness().fraction());
        state = LaneState.HELD;
        timer = parts.vertx().setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), id -> load());
    }

    /** Nothing more to do, for now or for ever. What came after the last look at the outbox wakes the lane again. */
    private void rest(LaneState resting) {
        state = resting;
        if (resting == LaneState.IDLE && signalled.get()) {
            linger();
        } else if (emptied != null) {
            emptied.tryComplete();
        }
    }
}
