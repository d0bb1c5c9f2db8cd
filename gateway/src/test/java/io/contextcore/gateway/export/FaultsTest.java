package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.testing.CountingMetrics;
import io.contextcore.gateway.testing.MemoryOutbox;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.Reply;
import io.contextcore.gateway.testing.Wait;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that a receiver, or what is between, can do to a request; each fault once, then all is well. What may be sent
 * again is never lost, and what is dead never holds up what comes behind it.
 */
class FaultsTest {

    private static final TelemetrySignal TRACES = TelemetrySignal.TRACES;
    private static final Duration ASKED = Duration.ofMillis(300);

    private static final Vertx VERTX = Vertx.vertx();

    private final Rig rig = new Rig(VERTX);
    private final Clock clock = rig.clock;
    private final MemoryOutbox outbox = rig.outbox;
    private final CountingMetrics metrics = rig.metrics;

    @AfterEach
    void close() {
        rig.close();
    }

    @AfterAll
    static void closeVertx() {
        Wait.until(VERTX.close());
    }

    /**
     * @param waits how long the second attempt stays away at least
     */
    record Row(String transport, Reply fault, String reason, Duration waits) {
        @Override
        public String toString() {
            return transport + " " + fault + " " + reason;
        }
    }

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Arrays.stream(GrpcStatus.values())
                .filter(status -> status != GrpcStatus.OK)
                .forEach(status -> {
                    String reason =
                            "grpc-" + status.name().toLowerCase(Locale.ROOT).replace('_', '-');
                    rows.add(new Row("grpc", new Reply.Status(status, null), reason, Duration.ZERO));
                    rows.add(new Row("grpc", new Reply.Status(status, ASKED), reason, ASKED));
                });
        for (int status : List.of(301, 400, 401, 403, 404, 408, 413, 415, 429, 500, 501, 502, 503, 504)) {
            rows.add(new Row("http", new Reply.Http(status, null), "http-" + status, Duration.ZERO));
        }
        for (int status : List.of(429, 503)) {
            rows.add(new Row("http", new Reply.Http(status, "1"), "http-" + status, Duration.ofSeconds(1)));
        }
        for (String transport : List.of("grpc", "http")) {
            for (Reply silent : List.of(
                    new Reply.Reset(), new Reply.ResetAfterHead(), new Reply.Stall(), new Reply.StallAfterHead())) {
                rows.add(new Row(transport, silent, "no-answer", Duration.ZERO));
            }
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRowOfTheTableIsSentAgainOrDeadAndNothingIsLost(Row row) {
        List<Long> arrivals = new CopyOnWriteArrayList<>();
        OtlpReceiver target = rig.open(row.transport(), Map.of("TIMEOUT", "400"));
        target.replyWith(request -> {
            arrivals.add(clock.elapsedNanos());
            return arrivals.size() == 1 ? row.fault() : new Reply.Ok();
        });
        OutboxEntry first = outbox.append(TRACES, 0, Payloads.span("first"), 1);
        rig.run();

        if (mayBeSentAgain(row)) {
            assertEquals(List.of(first), outbox.deliveries().untilSize(1));
            assertEquals(List.of(), outbox.deads().all());
            List<Received> attempts = target.received();
            assertEquals(2, attempts.size());
            assertArrayEquals(attempts.get(0).payload(), attempts.get(1).payload());
            long waited = arrivals.get(1) - arrivals.get(0);
            assertTrue(waited >= row.waits().toNanos() - 2_000_000, "waited only " + waited);
        } else {
            assertEquals(
                    List.of(new MemoryOutbox.Dead(first, row.reason())),
                    outbox.deads().untilSize(1));
            OutboxEntry behind = outbox.append(TRACES, 0, Payloads.span("behind"), 1);
            assertEquals(List.of(behind), outbox.deliveries().untilSize(1));
            assertEquals(2, target.received().size());
        }
    }

    /** OTLP specification, "Failures" and "OTLP/HTTP Response", written a second time. */
    private static boolean mayBeSentAgain(Row row) {
        return switch (row.reason()) {
            case "no-answer",
                    "grpc-cancelled",
                    "grpc-deadline-exceeded",
                    "grpc-aborted",
                    "grpc-out-of-range",
                    "grpc-unavailable",
                    "grpc-data-loss",
                    "http-429",
                    "http-502",
                    "http-503",
                    "http-504" -> true;
            case "grpc-resource-exhausted" -> row.waits().equals(ASKED);
            default -> false;
        };
    }

    /** What these look like depends on the moment; only that nothing is lost does not. */
    static Stream<Reply> streams() {
        return Stream.of(new Reply.CloseStream(), new Reply.GoAway());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamOrConnectionThatTheReceiverEndsIsSentAgain(Reply fault) {
        rig.open("grpc", Map.of("TIMEOUT", "1000")).script(fault);
        OutboxEntry entry = outbox.append(TRACES, 0, Payloads.span("a"), 1);
        rig.run();

        assertEquals(List.of(entry), outbox.deliveries().untilSize(1));
        assertEquals(List.of(), outbox.deads().all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void aReceiverThatReadsOrWritesSlowlyIsWaitedFor(String transport) {
        OtlpReceiver target = rig.open(transport, Map.of()).readNextSlowly();
        target.script(new Reply.Ok(), new Reply.SlowWriter());
        OutboxEntry large = outbox.append(TRACES, 0, Payloads.span("x".repeat(900_000)), 1);
        rig.run();
        outbox.deliveries().untilSize(1);
        OutboxEntry small = outbox.append(TRACES, 0, Payloads.span("a"), 1);

        assertEquals(List.of(large, small), outbox.deliveries().untilSize(2));
        assertEquals(2, target.received().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void aSuccessWhoseMessageCannotBeReadIsASuccess(String transport) {
        OtlpReceiver target = rig.open(transport, Map.of()).script(new Reply.Malformed());
        OutboxEntry entry = outbox.append(TRACES, 0, Payloads.span("a"), 1);
        rig.run();

        assertEquals(List.of(entry), outbox.deliveries().untilSize(1));
        metrics.await(Metric.DELIVERED, 1, "traces");
        assertEquals(1, target.received().size());
    }

    @ParameterizedTest
    @CsvSource({"application/x-protobuf;charset=utf-8, 1", "Application/X-Protobuf, 1", "application/json, 0"})
    void aPartialSuccessIsReadWhateverParametersItsMediaTypeHas(String type, long dead) {
        rig.open("http", Map.of()).script(new Reply.Typed(type, 1));
        outbox.append(TRACES, 0, Payloads.span("a"), 3);
        rig.run();

        outbox.deliveries().untilSize(1);
        metrics.await(Metric.DELIVERED, 3 - dead, "traces");
        awaitDead(dead);
    }

    /** A proxy's page, say: OTLP's success is a protobuf message, so nobody has taken anything. */
    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-8", "Text/Plain"})
    @Promise("success-is-otlp")
    void aSuccessWhoseBodyIsNotOtlpIsNone(String type) {
        OtlpReceiver target = rig.open("http", Map.of()).script(new Reply.Typed(type, 1));
        OutboxEntry entry = outbox.append(TRACES, 0, Payloads.span("a"), 1);
        rig.run();

        assertEquals(List.of(entry), outbox.deliveries().untilSize(1));
        metrics.await(Metric.DELIVERED, 1, "traces");
        assertEquals(1, metrics.count(Metric.EXPORTS, "traces", "retry"));
        assertEquals(2, target.received().size());
    }

    @Test
    void aPageInPlaceOfACallIsNoAnswer() {
        AtomicInteger requests = new AtomicInteger();
        HttpServer proxy = Wait.until(VERTX.createHttpServer()
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    request.response().putHeader("content-type", "text/html").end("<p>Please log in</p>");
                })
                .listen(0, "127.0.0.1"));
        rig.connect("grpc", "http://127.0.0.1:" + proxy.actualPort(), Map.of());
        outbox.append(TRACES, 0, Payloads.span("a"), 1);
        rig.run();

        metrics.await(Metric.EXPORTS, 2, "traces", "retry");
        assertTrue(requests.get() >= 2);
        assertEquals(1, outbox.waitingItems(TRACES));
        assertEquals(List.of(), outbox.deads().all());
        Wait.until(proxy.close());
    }

    /** Every receiver must take gzip, and OTLP does not let one send again what is answered so. */
    @ParameterizedTest
    @CsvSource({"grpc, grpc-unimplemented", "http, http-415"})
    void whatAReceiverWithoutGzipRefusesIsDeadAndPassesUnpacked(String transport, String reason) {
        rig.open(transport, Map.of("COMPRESSION", "gzip")).replyWith(FaultsTest::withoutGzip);
        OutboxEntry packed = outbox.append(TRACES, 0, Payloads.span("packed"), 1);
        rig.run();
        assertEquals(
                List.of(new MemoryOutbox.Dead(packed, reason)), outbox.deads().untilSize(1));

        try (Rig unpacked = new Rig(VERTX)) {
            unpacked.open(transport, Map.of("COMPRESSION", "none")).replyWith(FaultsTest::withoutGzip);
            OutboxEntry entry = unpacked.outbox.append(TRACES, 0, Payloads.span("plain"), 1);
            unpacked.run();
            assertEquals(List.of(entry), unpacked.outbox.deliveries().untilSize(1));
        }
    }

    private static Reply withoutGzip(Received request) {
        boolean isCall = request.transport().equals("grpc");
        if (!"gzip".equals(request.headers().get(isCall ? "grpc-encoding" : "content-encoding"))) {
            return new Reply.Ok();
        }
        return isCall ? new Reply.Status(GrpcStatus.UNIMPLEMENTED, null) : new Reply.Http(415, null);
    }

    @ParameterizedTest
    @CsvSource({"grpc, 1, 1", "grpc, 5, 3", "grpc, -7, 0", "http, 1, 1", "http, 5, 3", "http, -7, 0"})
    void aPartialSuccessThatLiesNeverCountsMoreThanThereWas(String transport, long said, long dead) {
        OtlpReceiver target = rig.open(transport, Map.of()).script(new Reply.Partial(said, "some"));
        outbox.append(TRACES, 0, Payloads.span("a"), 3);
        rig.run();

        outbox.deliveries().untilSize(1);
        metrics.await(Metric.DELIVERED, 3 - dead, "traces");
        awaitDead(dead);
        assertEquals(1, target.received().size());
    }

    @Test
    void aRetryAfterMayBeADate() {
        OtlpReceiver target = rig.open("http", Map.of());
        Instant later = Instant.ofEpochSecond(0, clock.epochNanos()).plusSeconds(2);
        target.script(new Reply.Http(503, DateTimeFormatter.RFC_1123_DATE_TIME.format(later.atZone(ZoneOffset.UTC))));
        long begun = clock.elapsedNanos();
        outbox.append(TRACES, 0, Payloads.span("a"), 1);
        rig.run();

        outbox.deliveries().untilSize(1);
        // A date has whole seconds: of two, one may be cut off.
        assertTrue(clock.elapsedNanos() - begun >= 900_000_000L);
    }

    @Test
    void aReceiverOfLogsInTroubleDoesNotHoldBackTheReceiverOfTraces() {
        OtlpReceiver traces = rig.keep(OtlpReceiver.start(VERTX));
        try (OtlpReceiver logs = OtlpReceiver.start(VERTX)) {
            logs.replyWith(request -> new Reply.Http(503, "5"));
            rig.connect(
                    "http",
                    "http://127.0.0.1:" + traces.httpPort(),
                    Map.of("LOGS_ENDPOINT", "http://127.0.0.1:" + logs.httpPort() + "/v1/logs"));
            outbox.append(TelemetrySignal.LOGS, 0, Payloads.log("stuck"), 1);
            rig.run();
            metrics.await(Metric.EXPORTS, 1, "logs", "retry");
            OutboxEntry span = outbox.append(TRACES, 0, Payloads.span("free"), 1);

            assertEquals(List.of(span), outbox.deliveries().untilSize(1));
            assertEquals(1, outbox.waitingItems(TelemetrySignal.LOGS));
            assertEquals(0, traces.logs().size());
        }
    }

    @Test
    void thePageHasEveryRow() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "export.md"));
        for (Answer answer : Answer.values()) {
            String line = "| `" + answer.reason() + "` | " + word(answer.verdict()) + " |";
            assertTrue(page.contains(line), "docs/export.md lacks: " + line);
        }
    }

    private static String word(Answer.Verdict verdict) {
        return switch (verdict) {
            case AGAIN -> "again";
            case AGAIN_IF_ASKED -> "again if asked, else smaller";
            case SMALLER -> "smaller";
            case DEAD -> "dead";
        };
    }

    /** What is dead is counted right behind what was delivered. */
    private void awaitDead(long dead) {
        if (dead > 0) {
            metrics.await(Metric.DEAD_ITEMS, dead, "traces", "partial-success");
        }
        assertEquals(dead, metrics.count(Metric.DEAD_ITEMS, "traces", "partial-success"));
    }
}
