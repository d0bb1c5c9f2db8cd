package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.base.Tracing.Traced;
import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.store.DeadHead;
import io.contextcore.gateway.store.DeadKey;
import io.contextcore.gateway.store.Store;
import io.contextcore.gateway.store.Store.DueTimer;
import io.contextcore.gateway.store.Store.QueuedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is stepped next, and has it written, many steps at once while there are many. One thread, so that the order
 * is that of the inbox: first the messages of the step before, then timers that are due before the next delivery, then that
 * delivery; dead letters that are wished back go in between.
 */
final class Sequencer {

    private static final int READ_AHEAD = 256;
    private static final long LONGEST_WAIT_NANOS = 1_000_000_000L;

    private final Store store;
    private final Supplier<Stepper> stepper;
    private final Clock clock;
    private final Metrics metrics;
    private final Tracing tracing;
    private final StepListener listener;
    private final Deque<Delivery> ahead = new ArrayDeque<>();
    /** Steps that the store has not written yet: they are told of when it has. */
    private final List<Staged> staged = new ArrayList<>();
    /** Whether the store did not take what was staged: nothing else is stepped before it does. */
    private boolean refused;

    private final Letters letters = new Letters();
    private final Revival revival;
    private boolean letterWasLast;

    /** @param stepper asked once for each step */
    Sequencer(
            Store store,
            Supplier<Stepper> stepper,
            Clock clock,
            Metrics metrics,
            Tracing tracing,
            StepListener listener) {
        this.store = store;
        this.stepper = stepper;
        this.clock = clock;
        this.metrics = metrics;
        this.tracing = tracing;
        this.listener = listener;
        this.revival = new Revival(store, stepper, new Counting());
    }

    Letters letters() {
        return letters;
    }

    /** A step, and the delivery that it was of; null: of a message or a timer. */
    private record Staged(@Nullable Delivery delivery, Stepped step, Traced traced) {}

    /**
     * Does one step, if there is one to do; otherwise writes those that were done.
     *
     * @throws io.contextcore.gateway.store.StoreException that may pass, if the disk takes nothing now: call it again later
     */
    boolean stepOnce() {
        if (refused) {
            flush();
        }
        Optional<QueuedMessage> message = store.nextMessage();
        if (message.isPresent()) {
            message(message.get());
            return true;
        }
        Delivery delivery = peek();
        letterWasLast = !(letterWasLast && delivery != null) && letters.next(this::grant);
        if (letterWasLast) {
            return true;
        }
        Optional<DueTimer> timer = store.nextTimer();
        if (timer.isPresent() && isDue(timer.get(), delivery)) {
            timer(timer.get());
            return true;
        }
        if (peek() != null) {
            delivery(ahead.remove());
            return true;
        }
        flush();
        return false;
    }

    /** Waits for a delivery or the next timer, a second at most. */
    void await() throws InterruptedException {
        store.tidy();
        long untilTimer = store.nextTimer()
                .map(timer -> timer.dueNanos() - clock.epochNanos())
                .orElse(LONGEST_WAIT_NANOS);
        if (untilTimer > 0 && letters.isEmpty()) {
            store.awaitDelivery(store.cursor(), Math.min(untilTimer, LONGEST_WAIT_NANOS));
        }
    }

    /** Lets a second pass, whatever comes in meanwhile. */
    void pause() throws InterruptedException {
        store.awaitDelivery(Long.MAX_VALUE, LONGEST_WAIT_NANOS);
    }

    /**
     * A timer runs before the first delivery whose receipt is not before it. While there is none, the store is asked to
     * give no receipt before it any more; a delivery that slipped in goes first.
     */
    private boolean isDue(DueTimer timer, @Nullable Delivery next) {
        if (next != null) {
            return timer.dueNanos() <= next.receivedNanos();
        }
        if (timer.dueNanos() > clock.epochNanos()) {
            return false;
        }
        long before = store.fence(timer.dueNanos());
        return before <= store.cursor();
    }

    private Letters.Fate grant(DeadKey letter, Letters.Wish wish) {
        flush();
        return switch (wish) {
            case REPLAY -> revival.replay(letter);
            case DROP -> revival.drop(letter);
        };
    }

    /** What is stepped again is counted as what is stepped. */
    private final class Counting implements Revival.Heard {

        @Override
        public void stepped(@Nullable Delivery delivery, Stepped step) {
            if (delivery != null) {
                metrics.count(Metric.REPLAYED_DELIVERIES, 1, delivery.source());
                count(delivery, step);
                listener.stepped(delivery, step);
            } else if (step.commit().deadLetter() != null) {
                metrics.count(
                        Metric.NOTES, 1, "dead-" + step.commit().deadLetter().code());
            }
            countMade(step);
        }

        @Override
        public void sentAgain(DeadHead letter) {
            boolean traces = letter.key().kind() == DeadKey.Kind.TRACES;
            metrics.count(Metric.REPLAYED_ITEMS, letter.items(), traces ? "traces" : "logs");
        }
    }

    private @Nullable Delivery peek() {
        if (ahead.isEmpty()) {
            ahead.addAll(store.deliveries(store.cursor(), READ_AHEAD));
        }
        return ahead.peek();
    }

    private void delivery(Delivery delivery) {
        long from = clock.elapsedNanos();
        Traced traced = tracing.step(delivery.source(), delivery.id(), delivery.receivedNanos());
        Stepped step = stepper.get().delivery(delivery, store.census().facts(), store::row);
        metrics.time(Metric.STAGE, clock.elapsedNanos() - from, "step");
        stage(delivery, step, traced);
    }

    private void stage(@Nullable Delivery delivery, Stepped step, Traced traced) {
        boolean full = store.stage(step.commit());
        staged.add(new Staged(delivery, step, traced));
        if (full) {
            flush();
        }
    }

    /** Writes what was stepped: until then nothing of it leaves. */
    void flush() {
        if (staged.isEmpty()) {
            return;
        }
        long from = clock.elapsedNanos();
        refused = true;
        store.flush();
        refused = false;
        metrics.time(Metric.STAGE, clock.elapsedNanos() - from, "commit");
        for (Staged done : staged) {
            count(done.step());
            if (done.delivery() != null) {
                count(done.delivery(), done.step());
                listener.stepped(done.delivery(), done.step());
            }
            done.traced().end(fate(done.step()));
        }
        staged.clear();
    }

    private void message(QueuedMessage message) {
        Stepped step = stepper.get().message(message, store.lastNow(), store::row);
        stage(null, step, Traced.NOTHING);
    }

    /** The next delivery's receipt, or the present where none waits: all that was due before then is late by now. */
    private long horizon(DueTimer timer) {
        Delivery next = ahead.peek();
        return Math.max(timer.dueNanos(), next == null ? clock.epochNanos() : next.receivedNanos());
    }

    private void timer(DueTimer timer) {
        Stepped step = stepper.get().timer(timer, horizon(timer), store.census().tombstones(), store::row);
        stage(null, step, Traced.NOTHING);
    }

    private static String fate(Stepped step) {
        if (step.commit().deadLetter() != null) {
            return "dead";
        }
        return step.evaluation() != null && step.evaluation().ignored() != null ? "ignored" : "mapped";
    }

    private void count(Delivery delivery, Stepped step) {
        Evaluation evaluation = step.evaluation();
        if (step.commit().deadLetter() != null) {
            metrics.count(
                    Metric.DEAD_DELIVERIES,
                    1,
                    delivery.source(),
                    step.commit().deadLetter().code());
        } else if (evaluation != null && evaluation.ignored() != null) {
            metrics.count(Metric.IGNORED, 1, delivery.source(), evaluation.ignored());
        } else {
            metrics.count(Metric.MAPPED, 1, delivery.source());
        }
    }

    private void count(Stepped step) {
        if (step.commit().deadLetter() != null && step.commit().delivery() == null) {
            metrics.count(Metric.NOTES, 1, "dead-" + step.commit().deadLetter().code());
        }
        countMade(step);
    }

    private void countMade(Stepped step) {
        for (Emission emission : step.emissions()) {
            metrics.count(Metric.EMITTED, emission.spans().size(), "traces");
            metrics.count(Metric.EMITTED, emission.logs().size(), "logs");
        }
        step.notes().forEach(note -> metrics.count(Metric.NOTES, 1, note));
    }
}
