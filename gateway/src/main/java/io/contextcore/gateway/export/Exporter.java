package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.TelemetrySignal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Carries the outbox to a receiver: at least once, in order within each lane. Lanes do not wait for each other.
 *
 * <p>An entry leaves the outbox only when the receiver has accepted it, or has refused it for good. After a crash what was
 * under way is sent again, byte for byte.
 */
public final class Exporter {

    private static final int WORKERS = 4;

    private final Parts parts;
    private final Map<TelemetrySignal, Endpoint> endpoints = new EnumMap<>(TelemetrySignal.class);
    private final Map<TelemetrySignal, List<Lane>> lanes = new EnumMap<>(TelemetrySignal.class);

    /** What every lane uses. */
    record Parts(
            Vertx vertx,
            Context context,
            WorkerExecutor worker,
            Outbox outbox,
            Sender sender,
            Function<String, Map<String, Secret>> headersOf,
            ExportOptions options,
            Clock clock,
            Randomness randomness,
            Metrics metrics,
            Tracing tracing,
            ExportLog log) {

        /** Runs what blocks; the future completes on the event loop that called. */
        <T> Future<T> onWorker(Callable<T> work) {
            return worker.executeBlocking(work, false);
        }

        /** The receiver took a request but for so many of its items. */
        void counted(TelemetrySignal signal, long delivered, long untaken) {
            metrics.count(Metric.DELIVERED, delivered, signal.label());
            if (untaken > 0) {
                metrics.count(Metric.DEAD_ITEMS, untaken, signal.label(), "partial-success");
            }
        }
    }

    /**
     * @param sender stays the caller's: close it after {@link #drain}
     * @param headersOf headers of the requests that carry a source's telemetry, by the source's name; asked at each sending,
     *     so that nothing of them is kept on disk
     */
    public Exporter(
            Vertx vertx,
            Outbox outbox,
            Sender sender,
            Function<String, Map<String, Secret>> headersOf,
            ExportOptions options,
            Clock clock,
            Randomness randomness,
            Metrics metrics,
            Tracing tracing) {
        this.parts = new Parts(
                vertx,
                vertx.getOrCreateContext(),
                vertx.createSharedWorkerExecutor("contextcore-export", WORKERS),
                outbox,
                sender,
                headersOf,
                options,
                clock,
                randomness,
                metrics,
                tracing,
                new ExportLog(clock));
        for (TelemetrySignal signal : TelemetrySignal.values()) {
            Endpoint endpoint = new Endpoint(parts, signal);
            endpoints.put(signal, endpoint);
            lanes.put(
                    signal,
                    IntStream.range(0, Outbox.LANES)
                            .mapToObj(number -> new Lane(parts, signal, endpoint, number))
                            .toList());
        }
    }

    /** Sends what an earlier run left, and from now on whatever comes. */
    public void start() {
        parts.outbox().onAppend((signal, lane) -> lanesOf(signal).get(lane).appended());
        lanes.values().forEach(all -> all.forEach(Lane::appended));
    }

    private List<Lane> lanesOf(TelemetrySignal signal) {
        return Objects.requireNonNull(lanes.get(signal), "every signal has its lanes");
    }

    /** When the oldest entry that is being sent or held was written, epoch nanoseconds; empty if there is none. */
    public OptionalLong oldestNanos(TelemetrySignal signal) {
        return lanesOf(signal).stream()
                .map(Lane::oldestNanos)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** Whether the receiver of the signal is sent to. */
    public EndpointState endpoint(TelemetrySignal signal) {
        return Objects.requireNonNull(endpoints.get(signal), "every signal has its endpoint")
                .state();
    }

    /**
     * Sends what it can until the time is over, then stops for good. What is left stays in the outbox. Afterwards the outbox
     * is not touched any more.
     *
     * @param deadlineNanos how long it may take
     */
    public Future<Void> drain(long deadlineNanos) {
        Promise<Void> stopped = Promise.promise();
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos));
        parts.context().runOnContext(nothing -> {
            Promise<Void> over = Promise.promise();
            long timer = parts.vertx().setTimer(millis, id -> over.tryComplete());
            endpoints.values().forEach(Endpoint::hurry);
            each(Lane::drain).onComplete(drained -> over.tryComplete());
            over.future()
                    .onComplete(drained -> parts.vertx().cancelTimer(timer))
                    .eventually(() -> each(Lane::stop))
                    .eventually(parts.worker()::close)
                    .onComplete(stopped);
        });
        return stopped.future();
    }

    private Future<Void> each(Function<Lane, Future<Void>> action) {
        return Future.join(lanes.values().stream()
                        .flatMap(List::stream)
                        .map(action)
                        .toList())
                .mapEmpty();
    }
}
