package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.IpAddress;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.base.Tracing.Traced;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Reason;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.store.DeadKey;
import io.contextcore.gateway.store.Store;
import io.contextcore.gateway.store.Store.Acceptance;
import io.contextcore.gateway.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The way of a delivery: door, inbox, step, outbox. Requests end when the inbox has them on disk; one thread steps them
 * from there.
 */
public final class Pipeline implements Receiver, AutoCloseable {

    private static final int RETRY_AFTER_SECONDS = 30;

    private final Store store;
    private final Sequencer sequencer;
    private final Clock clock;
    private final Metrics metrics;
    private final Tracing tracing;
    private final Thread thread;
    private final Replies replies;
    private volatile Plan plan;
    private volatile boolean stopping;
    private volatile @Nullable Throwable failure;

    public Pipeline(Plan plan, Store store, Clock clock, Metrics metrics, Tracing tracing, StepListener listener) {
        this.plan = plan;
        this.store = store;
        this.sequencer = new Sequencer(store, () -> this.plan.stepper(), clock, metrics, tracing, listener);
        this.clock = clock;
        this.metrics = metrics;
        this.tracing = tracing;
        this.replies = new Replies(store::committed, metrics);
        this.thread = new Thread(this::run, "contextcore-sequencer");
    }

    /** Begins to step what the inbox holds. */
    public void start() {
        thread.start();
    }

    /** Requests that come in and steps that begin from now on follow this plan; those under way are finished by the former. */
    public void follow(Plan next) {
        plan = next;
    }

    /** Why nothing is stepped any more; empty while all is well. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public Optional<String> sourceAt(String path) {
        return plan.paths().sourceAt(path);
    }

    @Override
    public Optional<String> documentAt(String path) {
        return plan.paths().documentAt(path);
    }

    @Override
    public boolean knows(String source) {
        return plan.gates().containsKey(source);
    }

    @Override
    public boolean admits(String source, Optional<IpAddress> sender) {
        Gate gate = plan.gates().get(source);
        return gate != null && gate.admits(sender);
    }

    @Override
    public CompletionStage<Outcome> receive(IntakeRequest request) {
        Gate gate = plan.gates().get(request.source());
        if (gate == null) {
            return CompletableFuture.completedStage(new Outcome.Refused(
                    Reason.UNKNOWN_SOURCE, "no such source: the path names none that is configured"));
        }
        if (stopping) {
            return CompletableFuture.completedStage(new Outcome.Unavailable(RETRY_AFTER_SECONDS));
        }
        long from = clock.elapsedNanos();
        Verdict verdict = gate.door().apply(request);
        metrics.time(Metric.STAGE, clock.elapsedNanos() - from, "door");
        boolean emptyAck = gate.kind().emptyAck();
        if (verdict instanceof Verdict.Admitted admitted) {
            return accept(request, admitted, emptyAck, from);
        }
        if (verdict instanceof Verdict.Several several) {
            return all(several.calls().stream()
                    .map(call -> accept(request, call, emptyAck, from))
                    .toList());
        }
        return CompletableFuture.completedStage(
                verdict instanceof Verdict.Refused refused
                        ? new Outcome.Refused(refused.reason(), refused.text())
                        : new Outcome.Pong(emptyAck));
    }

    private CompletionStage<Outcome> accept(
            IntakeRequest request, Verdict.Admitted admitted, boolean emptyAck, long from) {
        admitted.redactions().forEach((rule, count) -> metrics.count(Metric.NOTES, count, "redacted-" + rule));
        Arrival arrival = admitted.arrival();
        Traced traced = tracing.accept(request.source(), arrival.id(), request.headers(), from);
        return traced == Traced.NOTHING
                ? keep(arrival, emptyAck)
                : keep(arrival, emptyAck)
                        .whenComplete((outcome, failure) -> traced.end(failure == null ? outcome.label() : "error"));
    }

    private static CompletionStage<Outcome> all(List<CompletionStage<Outcome>> stages) {
        List<CompletableFuture<Outcome>> futures =
                stages.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(done -> new Outcome.Several(
                        futures.stream().map(CompletableFuture::join).toList()));
    }

    private CompletionStage<Outcome> keep(Arrival arrival, boolean emptyAck) {
        long from = clock.elapsedNanos();
        Replying replying = plan.replying();
        return store.accept(arrival).thenCompose(acceptance -> {
            metrics.time(Metric.STAGE, clock.elapsedNanos() - from, "accept");
            if (acceptance instanceof Acceptance.Accepted accepted) {
                return replies.answer(
                        replying,
                        arrival,
                        accepted.sequence(),
                        accepted.receivedNanos(),
                        new Outcome.Accepted(arrival.id(), emptyAck));
            }
            if (acceptance instanceof Acceptance.Duplicate) {
                return replies.answer(
                        replying, arrival, 0, clock.epochNanos(), new Outcome.Duplicate(arrival.id(), emptyAck));
            }
            return CompletableFuture.completedStage(new Outcome.Unavailable(RETRY_AFTER_SECONDS));
        });
    }

    private void run() {
        try {
            while (!stopping) {
                step();
            }
            sequencer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // Only the store fails here. Going on would leave the order of the inbox, so that readiness tells instead.
            failure = e;
        } finally {
            sequencer.letters().end();
        }
    }

    /** Steps a dead letter again, or throws it away. */
    public CompletionStage<Letters.Fate> wish(DeadKey letter, Letters.Wish wish) {
        return sequencer.letters().wish(letter, wish);
    }

    /** A disk that takes nothing is waited for: it is full, perhaps, and somebody makes room. */
    private void step() throws InterruptedException {
        try {
            if (!sequencer.stepOnce()) {
                sequencer.await();
            }
        } catch (StoreException e) {
            if (!e.mayPass()) {
                throw e;
            }
            sequencer.pause();
        }
    }

    /** Refuses new requests and finishes the step in hand; what waits stays in the inbox. */
    @Override
    public void close() {
        stopping = true;
        replies.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
