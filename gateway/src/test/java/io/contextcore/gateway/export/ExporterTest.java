package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.Batches;
import io.contextcore.gateway.testing.CountingMetrics;
import io.contextcore.gateway.testing.MemoryOutbox;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.Reply;
import io.contextcore.gateway.testing.Wait;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exporter with an outbox in memory and a receiver that speaks real OTLP over gRPC. */
class ExporterTest {

    private static final TelemetrySignal TRACES = TelemetrySignal.TRACES;
    private static final Backoff QUICK = new Backoff(1_000_000, 2_000_000, 5_000_000);
    private static final ExportOptions OPTIONS = new ExportOptions(
            512, 1_000_000, 2_000_000, 2, 2, QUICK, Duration.ofSeconds(1).toNanos(), 5);
    private static final Reply UNAVAILABLE = new Reply.Status(GrpcStatus.UNAVAILABLE, null);

    private static final Map<String, Map<String, Secret>> HEADERS = Map.of(
            "acme",
            Map.of(),
            "beta",
            Map.of("x-scope-orgid", Secret.of("beta")),
            "gamma",
            Map.of("x-scope-orgid", Secret.of("gamma")));

    private final Vertx vertx = Vertx.vertx();
    private final OtlpReceiver receiver = OtlpReceiver.start();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final CountingMetrics metrics = new CountingMetrics();
    private final List<Exporter> exporters = new ArrayList<>();
    private Sender sender;

    @BeforeEach
    void connect() {
        sender = OtlpSenders.network(
                vertx,
                OtlpSettings.from(
                        Environment.of(Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                String.format(Locale.ROOT, "http://127.0.0.1:%d", receiver.grpcPort()))),
                        new Problems()),
                "1",
                Clock.system());
    }

    @AfterEach
    void close() {
        exporters.forEach(exporter -> Wait.until(exporter.drain(1)));
        Wait.until(sender.close());
        Wait.until(vertx.close());
        receiver.close();
    }

    @Test
    void anEntryArrivesAndGoesWhenItIsAccepted() {
        exporter(OPTIONS).start();

        OutboxEntry entry = append(3, "a");

        assertEquals(List.of(entry), outbox.deliveries().untilSize(1));
        assertArrayEquals(entry.payload(), receiver.received().get(0).payload());
        metrics.await(Metric.DELIVERED, 1, "traces");
        assertEquals(1, metrics.count(Metric.EXPORTS, "traces", "delivered"));
    }

    @Test
    void bothSignalsOfEveryLaneArrive() {
        exporter(OPTIONS).start();
        for (int lane = 0; lane < Outbox.LANES; lane++) {
            outbox.append(TRACES, lane, Payloads.span("span " + lane), 1);
            outbox.append(TelemetrySignal.LOGS, lane, Payloads.log("log " + lane), 1);
        }

        outbox.deliveries().untilSize(2 * Outbox.LANES);
        assertEquals(Outbox.LANES, receiver.spans().size());
        assertEquals(Outbox.LANES, receiver.logs().size());
    }

    @Test
    void whatHasOtherHeadersIsInAnotherRequestAndTheOrderStays() {
        List<String> sources = List.of("acme", "beta", "beta", "gamma", "beta", "acme");
        for (int i = 0; i < sources.size(); i++) {
            outbox.append(TRACES, 1, sources.get(i), Payloads.span("span " + i), 1);
        }
        exporter(OPTIONS).start();

        outbox.deliveries().untilSize(sources.size());
        assertEquals(
                List.of("null [span 0]", "beta [span 1, span 2]", "gamma [span 3]", "beta [span 4]", "null [span 5]"),
                receiver.received().stream()
                        .map(request -> request.headers().get("x-scope-orgid") + " "
                                + request.spans().stream().map(Span::getName).toList())
                        .toList());
    }

    @Test
    void whatAnEarlierRunLeftIsSentAtTheStart() {
        append(0, "left");

        exporter(OPTIONS).start();

        assertEquals("left", receiver.awaitSpans(1).get(0).getName());
    }

    @Test
    @Promise("order-per-key")
    void entriesOfALaneArriveInOrderOneRequestAtATimeThoughTheReceiverFailsNowAndThen() {
        int[] requests = {0};
        receiver.replyWith(request -> ++requests[0] % 3 == 0 ? UNAVAILABLE : new Reply.Ok());
        ExportOptions small = new ExportOptions(7, 1_000_000, 2_000_000, 1, 1, QUICK, 0, 5);
        exporter(small).start();
        List<OutboxEntry> appended =
                IntStream.range(0, 100).mapToObj(i -> append(2, "span " + i)).toList();

        assertEquals(appended, outbox.deliveries().untilSize(100));
        List<String> distinct =
                receiver.spans().stream().map(Span::getName).distinct().toList();
        assertEquals(IntStream.range(0, 100).mapToObj(i -> "span " + i).toList(), distinct);
        assertTrue(
                receiver.received().stream().allMatch(request -> request.spans().size() <= 7));
        metrics.await(Metric.DELIVERED, 100, "traces");
    }

    @Test
    @Promise("one-lane-alone")
    void aRetryableFailureHoldsItsLaneOnly() {
        receiver.replyWith(request -> names(request).contains("held") ? UNAVAILABLE : new Reply.Ok());
        exporter(OPTIONS).start();
        OutboxEntry held = append(1, "held");
        receiver.requests().until("two attempts", all -> all.size() >= 2);

        OutboxEntry behind = append(1, "behind");
        OutboxEntry other = append(4, "other");

        assertEquals(List.of(other), outbox.deliveries().untilSize(1));
        assertEquals(2, outbox.waitingItems(TRACES));
        receiver.replyWith(request -> new Reply.Ok());
        assertEquals(List.of(other, held, behind), outbox.deliveries().untilSize(3));
    }

    @Test
    void entriesStayUntilTheReceiverHasAcceptedThem() {
        receiver.script(
                UNAVAILABLE, new Reply.Reset(), new Reply.Status(GrpcStatus.RESOURCE_EXHAUSTED, Duration.ofMillis(1)));
        exporter(OPTIONS).start();
        append(0, "a");

        outbox.deliveries().untilSize(1);

        List<Received> attempts = receiver.received();
        assertEquals(4, attempts.size());
        attempts.forEach(attempt -> assertArrayEquals(attempts.get(0).payload(), attempt.payload()));
        metrics.await(Metric.DELIVERED, 1, "traces");
        assertEquals(3, metrics.count(Metric.EXPORTS, "traces", "retry"));
        assertEquals(0, outbox.deads().all().size());
    }

    @Test
    void aRestartSendsWhatWasUnderWayByteForByte() {
        receiver.script(new Reply.Stall());
        Exporter first = exporter(OPTIONS);
        first.start();
        append(0, "a");
        receiver.requests().untilSize(1);
        Wait.until(first.drain(1));
        assertEquals(1, outbox.waitingItems(TRACES));

        exporter(OPTIONS).start();

        outbox.deliveries().untilSize(1);
        assertEquals(2, receiver.received().size());
        assertArrayEquals(
                receiver.received().get(0).payload(), receiver.received().get(1).payload());
    }

    @Test
    void partialSuccessIsDeliveredAndItsRejectedItemsAreCountedDead() {
        receiver.script(new Reply.Partial(1, "too old"));
        exporter(OPTIONS).start();

        OutboxEntry entry = outbox.append(TRACES, 0, Payloads.span("a"), 3);

        assertEquals(List.of(entry), outbox.deliveries().untilSize(1));
        metrics.await(Metric.DEAD_ITEMS, 1, "traces", "partial-success");
        assertEquals(2, metrics.count(Metric.DELIVERED, "traces"));
        assertEquals(1, receiver.received().size());
    }

    @Test
    @Promise("refused-for-good-is-kept")
    void aPermanentFailureGoesToTheDeadLettersAndTheLaneGoesOn() {
        receiver.script(new Reply.Status(GrpcStatus.INVALID_ARGUMENT, null));
        exporter(OPTIONS).start();
        OutboxEntry bad = append(0, "bad");
        assertEquals(
                List.of(new MemoryOutbox.Dead(bad, "grpc-invalid-argument")),
                outbox.deads().untilSize(1));

        OutboxEntry good = append(0, "good");

        assertEquals(List.of(good), outbox.deliveries().untilSize(1));
        assertEquals(1, metrics.count(Metric.DEAD_ITEMS, "traces", "grpc-invalid-argument"));
        assertEquals(2, receiver.received().size());
    }

    @Test
    void whatIsTooLargeTogetherGoesInPartsAndOnlyWhatIsTooLargeAloneIsDead() {
        receiver.replyWith(
                request -> request.spans().size() > 2 || names(request).contains("giant")
                        ? new Reply.Status(GrpcStatus.RESOURCE_EXHAUSTED, null)
                        : new Reply.Ok());
        List<OutboxEntry> good = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            good.add(append(0, "span " + i));
        }
        OutboxEntry giant = append(0, "giant");
        good.add(append(0, "last"));

        exporter(OPTIONS).start();

        assertEquals(good, outbox.deliveries().untilSize(11));
        assertEquals(
                List.of(new MemoryOutbox.Dead(giant, "grpc-resource-exhausted")),
                outbox.deads().all());
    }

    /** One entry of these spans, as a step makes it. */
    private OutboxEntry appendTogether(String... names) {
        List<byte[]> spans = Arrays.stream(names).map(Payloads::span).toList();
        return outbox.append(TRACES, 0, Batches.merge(spans), names.length);
    }

    @Test
    @Promise("too-large-goes-in-pieces")
    void anEntryThatIsTooLargeAloneGoesInPiecesAndOnlyTheItemThatIsTooLargeIsDead() throws Exception {
        receiver.replyWith(
                request -> request.spans().size() > 2 || names(request).contains("giant")
                        ? new Reply.Status(GrpcStatus.RESOURCE_EXHAUSTED, null)
                        : new Reply.Ok());
        OutboxEntry entry = appendTogether("a", "b", "giant", "c", "d");
        OutboxEntry last = append(0, "last");

        exporter(OPTIONS).start();

        assertEquals(List.of(last), outbox.deliveries().untilSize(1));
        MemoryOutbox.Dead dead = outbox.deads().untilSize(1).get(0);
        assertEquals("grpc-resource-exhausted", dead.reason());
        assertEquals(entry.sequence(), dead.entry().sequence());
        assertEquals(1, dead.entry().items());
        assertArrayEquals(Payloads.span("giant"), dead.entry().payload());
        metrics.await(Metric.DELIVERED, 5, "traces");
        metrics.await(Metric.DEAD_ITEMS, 1, "traces", "grpc-resource-exhausted");
        assertEquals(0, outbox.waitingItems(TRACES));
    }

    @Test
    void aPieceThatMustWaitIsSentAgainAndNothingBeforeIt() {
        Deque<Reply> waits = new ArrayDeque<>(List.of(UNAVAILABLE, UNAVAILABLE));
        receiver.replyWith(request -> request.spans().size() > 2
                ? new Reply.Status(GrpcStatus.RESOURCE_EXHAUSTED, null)
                : names(request).contains("c") && !waits.isEmpty() ? waits.pop() : new Reply.Ok());
        OutboxEntry entry = appendTogether("a", "b", "c", "d");

        exporter(OPTIONS).start();

        assertEquals(List.of(entry), outbox.deliveries().untilSize(1));
        assertEquals(
                List.of(
                        List.of("a", "b", "c", "d"),
                        List.of("a", "b"),
                        List.of("c", "d"),
                        List.of("c", "d"),
                        List.of("c", "d")),
                receiver.received().stream().map(ExporterTest::names).toList());
        metrics.await(Metric.DELIVERED, 4, "traces");
        assertEquals(List.of(), outbox.deads().all());
    }

    @Test
    void anEntryAtTheHardCapIsSentAndOnePastItIsDeadUnsent() {
        byte[] atCap = Payloads.span("x".repeat(1_000));
        ExportOptions tight = new ExportOptions(512, 100, atCap.length, 1, 1, QUICK, 0, 5);
        exporter(tight).start();
        OutboxEntry fits = outbox.append(TRACES, 0, atCap, 1);
        OutboxEntry over = outbox.append(TRACES, 0, Payloads.span("x".repeat(1_001)), 1);

        assertEquals(List.of(fits), outbox.deliveries().untilSize(1));
        assertEquals(
                List.of(new MemoryOutbox.Dead(over, "too-large")),
                outbox.deads().untilSize(1));
        assertEquals(1, receiver.received().size());
    }

    @Test
    void drainingSendsWhatWaitsAndThenStopsForGood() {
        receiver.script(UNAVAILABLE);
        ExportOptions patient = new ExportOptions(
                512, 1_000_000, 2_000_000, 2, 2, new Backoff(60_000_000_000L, 60_000_000_000L, 60_000_000_000L), 0, 5);
        Exporter exporter = exporter(patient);
        exporter.start();
        append(0, "waits out a minute");
        metrics.await(Metric.EXPORTS, 1, "traces", "retry");
        append(0, "behind");

        Wait.until(exporter.drain(Duration.ofSeconds(20).toNanos()));

        assertEquals(0, outbox.waitingItems(TRACES));
        append(0, "too late");
        assertEquals(1, outbox.waitingItems(TRACES));
        assertEquals(2, outbox.deliveries().all().size());
    }

    @Test
    void anOutboxThatFailsIsAskedAgain() {
        outbox.failNext(2);
        exporter(OPTIONS).start();

        OutboxEntry entry = append(0, "a");

        assertEquals(List.of(entry), outbox.deliveries().untilSize(1));
    }

    @Test
    void whatIsTakenButNotNotedIsNotedAgainAndNotSentAgain() {
        outbox.failNextNotes(2);
        exporter(OPTIONS).start();

        OutboxEntry entry = append(0, "a");

        assertEquals(List.of(entry), outbox.deliveries().untilSize(1));
        assertEquals(1, receiver.requests().all().size());
    }

    @Test
    void theOldestEntryInHandIsKnown() {
        receiver.replyWith(request -> UNAVAILABLE);
        Exporter exporter = exporter(OPTIONS);
        exporter.start();
        OutboxEntry entry = append(0, "a");
        receiver.requests().untilSize(1);

        assertEquals(entry.writtenNanos(), exporter.oldestNanos(TRACES).orElseThrow());
        assertTrue(exporter.oldestNanos(TelemetrySignal.LOGS).isEmpty());
    }

    private OutboxEntry append(int lane, String name) {
        return outbox.append(TRACES, lane, Payloads.span(name), 1);
    }

    private static List<String> names(Received request) {
        return request.spans().stream().map(Span::getName).toList();
    }

    private Exporter exporter(ExportOptions options) {
        Exporter exporter = new Exporter(
                vertx,
                outbox,
                sender,
                HEADERS::get,
                options,
                Clock.system(),
                Randomness.system(),
                metrics,
                Tracing.none());
        exporters.add(exporter);
        return exporter;
    }
}
