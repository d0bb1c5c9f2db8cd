package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.CountingMetrics;
import io.contextcore.gateway.testing.MemoryOutbox;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.Reply;
import io.contextcore.gateway.testing.Wait;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An endpoint that fails for all is left alone but for one request at a time; those of the other signal go on. */
class EndpointTest {

    private static final TelemetrySignal TRACES = TelemetrySignal.TRACES;
    private static final TelemetrySignal LOGS = TelemetrySignal.LOGS;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Reply UNAVAILABLE = new Reply.Status(GrpcStatus.UNAVAILABLE, null);
    private static final Backoff QUICK = new Backoff(1_000_000, 2_000_000, 5_000_000);
    private static final Backoff AN_HOUR = new Backoff(
            Duration.ofHours(1).toNanos(),
            Duration.ofHours(1).toNanos(),
            Duration.ofHours(1).toNanos());

    private final Vertx vertx = Vertx.vertx();
    private final OtlpReceiver receiver = OtlpReceiver.start();
    private final OtlpReceiver logs = OtlpReceiver.start();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final CountingMetrics metrics = new CountingMetrics();
    private final List<Exporter> exporters = new ArrayList<>();
    private final Sender sender = OtlpSenders.network(
            vertx,
            OtlpSettings.from(
                    Environment.of(Map.of(
                            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + receiver.grpcPort(),
                            "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://127.0.0.1:" + logs.grpcPort(),
                            "OTEL_EXPORTER_OTLP_TIMEOUT", "600000")),
                    new Problems()),
            "1",
            Clock.system());

    @AfterEach
    void close() {
        exporters.forEach(exporter -> Wait.until(exporter.drain(1)));
        Wait.until(sender.close());
        Wait.until(vertx.close());
        receiver.close();
        logs.close();
    }

    @Test
    @Promise("one-probe")
    void anEndpointThatFailsForAllIsTriedByOneRequestAndTheOtherOneGoesOn() {
        receiver.replyWith(request -> UNAVAILABLE);
        appendTo(0, Outbox.LANES / 2);
        Exporter exporter = run(QUICK, 5);
        Await.until("an open circuit", PATIENCE, () -> exporter.endpoint(TRACES) != EndpointState.CLOSED);
        // Requests come in the order in which they went: what was under way before has its answer after these.
        metrics.await(Metric.EXPORTS, metrics.count(Metric.EXPORTS, "traces", "retry") + 10, "traces", "retry");
        AtomicInteger stalled = new AtomicInteger();
        receiver.replyWith(request -> {
            stalled.incrementAndGet();
            return new Reply.Stall();
        });
        Await.until("one that tries", PATIENCE, () -> stalled.get() > 0);

        appendTo(Outbox.LANES / 2, Outbox.LANES);
        // Each of these takes as long as the pauses of the lanes that are not to send.
        for (int i = 0; i < 20; i++) {
            outbox.append(LOGS, i % Outbox.LANES, Payloads.log("log " + i), 1);
            outbox.deliveries().untilSize(i + 1);
        }

        assertEquals(1, stalled.get());
        assertEquals(EndpointState.HALF_OPEN, exporter.endpoint(TRACES));
        assertEquals(EndpointState.CLOSED, exporter.endpoint(LOGS));
        assertEquals(Outbox.LANES, outbox.waitingItems(TRACES));
    }

    @Test
    void whenItAnswersAllGoOn() {
        AtomicInteger requests = new AtomicInteger();
        receiver.replyWith(request -> requests.incrementAndGet() <= 30 ? UNAVAILABLE : new Reply.Ok());
        appendToEachLane();
        Exporter exporter = run(QUICK, 5);

        outbox.deliveries().untilSize(Outbox.LANES);
        metrics.await(Metric.EXPORTS, 30, "traces", "retry");
        assertEquals(EndpointState.CLOSED, exporter.endpoint(TRACES));
        assertEquals(List.of(), outbox.deads().all());
    }

    /** A refusal for good is an answer: there is somebody. */
    @Test
    void aRefusalForGoodClosesItToo() {
        AtomicInteger requests = new AtomicInteger();
        receiver.replyWith(request ->
                requests.incrementAndGet() <= 12 ? UNAVAILABLE : new Reply.Status(GrpcStatus.INVALID_ARGUMENT, null));
        appendToEachLane();
        Exporter exporter = run(QUICK, 5);

        outbox.deads().untilSize(Outbox.LANES);
        assertEquals(EndpointState.CLOSED, exporter.endpoint(TRACES));
    }

    @Test
    @Promise("one-lane-alone")
    void lanesThatFailForEverDoNotKeepTheOthersFromTrying() {
        receiver.replyWith(request -> isHeld(request) ? UNAVAILABLE : new Reply.Ok());
        Exporter exporter = run(QUICK, 2);
        outbox.append(TRACES, 0, Payloads.span("held"), 1);
        outbox.append(TRACES, 1, Payloads.span("held"), 1);
        Await.until("an open circuit", PATIENCE, () -> exporter.endpoint(TRACES) != EndpointState.CLOSED);

        OutboxEntry free = outbox.append(TRACES, 2, Payloads.span("free"), 1);

        assertEquals(List.of(free), outbox.deliveries().untilSize(1));
    }

    @Test
    void drainingTriesOneThatIsLeftAlone() {
        AtomicInteger requests = new AtomicInteger();
        receiver.replyWith(request -> requests.incrementAndGet() <= Outbox.LANES ? UNAVAILABLE : new Reply.Ok());
        appendToEachLane();
        Exporter exporter = run(AN_HOUR, 5);
        metrics.await(Metric.EXPORTS, Outbox.LANES, "traces", "retry");
        Await.until("an open circuit", PATIENCE, () -> exporter.endpoint(TRACES) == EndpointState.OPEN);

        Wait.until(exporter.drain(PATIENCE.toNanos()));

        assertEquals(0, outbox.waitingItems(TRACES));
        assertNotEquals(EndpointState.OPEN, exporter.endpoint(TRACES));
    }

    private static boolean isHeld(Received request) {
        return request.spans().stream().anyMatch(span -> span.getName().equals("held"));
    }

    private void appendToEachLane() {
        appendTo(0, Outbox.LANES);
    }

    private void appendTo(int first, int end) {
        for (int lane = first; lane < end; lane++) {
            outbox.append(TRACES, lane, Payloads.span("span " + lane), 1);
        }
    }

    private Exporter run(Backoff backoff, int failuresToOpen) {
        ExportOptions options = new ExportOptions(
                512, 1_000_000, 2_000_000, 2, 2, backoff, Duration.ofSeconds(1).toNanos(), failuresToOpen);
        Exporter exporter = new Exporter(
                vertx,
                outbox,
                sender,
                source -> Map.of(),
                options,
                Clock.system(),
                Randomness.system(),
                metrics,
                Tracing.none());
        exporters.add(exporter);
        exporter.start();
        return exporter;
    }
}
