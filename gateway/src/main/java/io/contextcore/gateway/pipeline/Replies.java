package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Bound;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.EvaluationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes replies of what is kept. On a thread of its own, which begins with the first: neither event loops nor the sequencer
 * wait for it, and it reads rows as of the last commit. Where there is no reply in the end, for whatever reason, the sender
 * gets the usual acknowledgement; each time is counted, and the first of its sort and place is logged.
 */
final class Replies implements AutoCloseable {

    /** So many wait at most; with one thread those behind them would come too late anyway. */
    static final int QUEUE = 256;

    private static final Logger LOG = System.getLogger(Replies.class.getName());
    private static final long STOP_MILLIS = 5_000;

    private final Stepper.Rows rows;
    private final Metrics metrics;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor executor;

    /** @param rows as of the last commit; thread-safe */
    Replies(Stepper.Rows rows, Metrics metrics) {
        this.rows = rows;
        this.metrics = metrics;
        this.executor =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), Replies::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "contextcore-replies");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The reply, or {@code kept} if there is none. Never waits.
     *
     * @param sequence of the delivery in the inbox; 0: it is there under another one already
     */
    CompletionStage<Outcome> answer(Replying replying, Arrival arrival, long sequence, long received, Outcome kept) {
        if (!replying.wanted().test(arrival.kind(), arrival.event())) {
            return CompletableFuture.completedStage(kept);
        }
        Delivery delivery = Delivery.of(sequence, arrival, received);
        Asked asked = new Asked(replying, delivery, kept);
        try {
            executor.execute(asked);
        } catch (RejectedExecutionException e) {
            asked.without(executor.isShutdown() ? "reply-stopped" : "reply-queue-full", null, "no room to wait");
            return asked.answer;
        }
        CompletableFuture.delayedExecutor(replying.deadline().toNanos(), TimeUnit.NANOSECONDS)
                .execute(asked::isLate);
        return asked.answer;
    }

    /** What waits gets its acknowledgement at once, what is being made by its deadline. */
    @Override
    public void close() {
        executor.shutdownNow().forEach(waiting -> ((Asked) waiting).without("reply-stopped", null, "stopping"));
        try {
            if (!executor.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "a reply is still being made");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever answers first, the maker or the deadline, is the one who counts. */
    private final class Asked implements Runnable {

        private final Replying replying;
        private final Delivery delivery;
        private final Outcome kept;
        private final AtomicBoolean answered = new AtomicBoolean();
        private final CompletableFuture<Outcome> answer = new CompletableFuture<>();

        Asked(Replying replying, Delivery delivery, Outcome kept) {
            this.replying = replying;
            this.delivery = delivery;
            this.kept = kept;
        }

        @Override
        public void run() {
            if (answered.get()) {
                return;
            }
            try {
                Outcome outcome = replying.maker()
                        .apply(delivery, Stepper.facts(rows))
                        .<Outcome>map(reply -> new Outcome.Replied(kept, reply))
                        .orElse(kept);
                if (answered.compareAndSet(false, true)) {
                    answer.complete(outcome);
                }
            } catch (EvaluationException e) {
                without(slug(e.bound()), e.location(), e.tell());
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                without("reply-failed", e.getClass().getName(), e.toString());
            }
        }

        void isLate() {
            without("reply-late", null, "not made within " + replying.deadline().toMillis() + " ms");
        }

        void without(String slug, @Nullable Object place, String why) {
            if (answered.compareAndSet(false, true)) {
                metrics.count(Metric.NOTES, 1, slug);
                if (logged.add(slug + " " + place)) {
                    LOG.log(
                            Level.WARNING,
                            slug + ": source '" + delivery.source() + "' got the usual acknowledgement for "
                                    + delivery.id() + ": " + why + " (more of these are counted only)");
                }
                answer.complete(kept);
            }
        }
    }

    private static String slug(@Nullable Bound bound) {
        if (bound == Bound.TIME) {
            return "reply-late";
        }
        return bound == Bound.REPLY_BYTES ? "reply-too-large" : "reply-failed";
    }
}
