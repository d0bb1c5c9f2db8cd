package io.contextcore.gateway.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Reason;
import io.contextcore.gateway.pipeline.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class IntakeServerTest {

    /** Bodies of 300,000 bytes, 700,000 bytes in flight. */
    private static final Limits LIMITS = new Limits(
            300_000, 10, 1_000, 100, 1_000, 100, 2_000, 700_000, 1_000, 1_000, 100, 10, 10, 10, 10, 10, 10, 10, 4);

    private static final Listen LISTEN =
            new Listen("127.0.0.1", 0, 1, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(10));

    private final Vertx vertx = Vertx.vertx();
    private final FakeReceiver receiver = new FakeReceiver();
    private final CountedMetrics metrics = new CountedMetrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private IntakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = started(LISTEN);
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    static Stream<Arguments> statusTable() {
        return Stream.of(
                Arguments.of(new Outcome.Accepted("a//\"1\"", false), 202, "{\"id\":\"a//\\\"1\\\"\"}", "accepted"),
                Arguments.of(new Outcome.Accepted("a//1", true), 204, "", "accepted"),
                Arguments.of(new Outcome.Duplicate("a//1", false), 202, "{\"id\":\"a//1\"}", "duplicate"),
                Arguments.of(new Outcome.Duplicate("a//1", true), 204, "", "duplicate"),
                Arguments.of(new Outcome.Pong(false), 200, "{\"pong\":true}", "ping"),
                Arguments.of(new Outcome.Pong(true), 204, "", "ping"),
                Arguments.of(
                        new Outcome.Unavailable(7),
                        503,
                        "{\"error\":\"unavailable\",\"message\":\"nothing was kept; try again later\"}",
                        "unavailable"),
                refused(Reason.UNKNOWN_SOURCE, 404),
                refused(Reason.METHOD, 405),
                refused(Reason.UNVERIFIED, 401),
                refused(Reason.CONTENT_TYPE, 415),
                refused(Reason.TOO_LARGE, 413),
                refused(Reason.EMPTY, 400),
                refused(Reason.UNREADABLE, 400),
                refused(Reason.OVER_LIMIT, 400),
                refused(Reason.UNIDENTIFIED, 400),
                refused(Reason.TOO_SLOW, 408),
                refused(Reason.TOO_MANY, 429));
    }

    private static Arguments refused(Reason reason, int status) {
        String body = "{\"error\":\"" + reason.slug() + "\",\"message\":\"text\"}";
        return Arguments.of(new Outcome.Refused(reason, "text"), status, body, reason.slug());
    }

    @ParameterizedTest
    @MethodSource("statusTable")
    void everyOutcomeHasItsStatus(Outcome outcome, int status, String body, String label) throws Exception {
        receiver.answers(outcome);
        HttpResponse<String> response = post("/webhooks/forge", "{}");
        assertEquals(status, response.statusCode());
        assertEquals(body, response.body());
        assertEquals(
                body.isEmpty() ? "" : "application/json",
                response.headers().firstValue("content-type").orElse(""));
        assertEquals(Map.of("forge " + label, 1L), metrics.received());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsInTheTable(Reason reason) {
        assertTrue(statusTable()
                .anyMatch(row -> row.get()[0] instanceof Outcome.Refused refused && refused.reason() == reason));
        assertTrue(Answer.status(reason) >= 400 && Answer.status(reason) < 500);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsInTheDocumentation(Reason reason) throws Exception {
        String row = "| " + Answer.status(reason) + " | `" + reason.slug() + "` |";
        assertTrue(Files.readString(Path.of("..", "docs", "webhooks.md")).contains(row), row);
    }

    @Test
    void answersCarryTheHeadersThatTheirStatusWants() throws Exception {
        receiver.answers(new Outcome.Unavailable(7));
        assertEquals(
                "7",
                post("/webhooks/forge", "{}")
                        .headers()
                        .firstValue("retry-after")
                        .orElseThrow());
        receiver.answers(new Outcome.Refused(Reason.UNVERIFIED, "x"));
        assertTrue(post("/webhooks/forge", "{}")
                .headers()
                .firstValue("www-authenticate")
                .isPresent());
        HttpResponse<String> get =
                send(HttpRequest.newBuilder(uri("/webhooks/forge")).GET());
        assertEquals(405, get.statusCode());
        assertEquals("POST", get.headers().firstValue("allow").orElseThrow());
        assertEquals(1, metrics.received().get("forge method"));
    }

    @Test
    void theRequestIsHandedOnAsItCame() throws Exception {
        byte[] body = {0, 1, (byte) 0xff, 10};
        send(HttpRequest.newBuilder(uri("/webhooks/forge?user_id=a%20b&x=1&x=2"))
                .header("X-Twice", "a")
                .header("x-twice", "b")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(body)));
        IntakeRequest request = receiver.received.get(0);
        assertEquals("forge", request.source());
        assertEquals("a, b", request.headers().get("x-twice"));
        assertEquals("application/json; charset=utf-8", request.contentType());
        assertEquals(Map.of("user_id", "a b", "x", "1"), request.query());
        assertArrayEquals(body, request.body());
    }

    @Test
    void unknownSourcesShareOneLabelAndAreNotRead() throws Exception {
        HttpResponse<String> response = post("/webhooks/nobody", "{}");
        assertEquals(404, response.statusCode());
        assertEquals("{\"error\":\"unknown-source\",\"message\":\"no source has this name\"}", response.body());
        post("/webhooks/somebody", "{}");
        assertEquals(Map.of("unknown unknown-source", 2L), metrics.received());
        assertTrue(receiver.received.isEmpty());
    }

    @Test
    void otherPathsAreNotFoundInJson() throws Exception {
        for (String path : new String[] {"/", "/webhooks", "/webhooks/forge/x", "/metrics", "/health/ready"}) {
            HttpResponse<String> response = post(path, "{}");
            assertEquals(404, response.statusCode(), path);
            assertEquals("{\"error\":\"not-found\",\"message\":\"nothing is at this path\"}", response.body());
        }
        assertEquals(Map.of(), metrics.received());
    }

    @Test
    void aPathOrQueryThatCannotBeDecodedIsABadRequest() throws Exception {
        for (String path : new String[] {"/webhooks/%zz", "/webhooks/forge?a=%zz", "/webhooks/%"}) {
            try (Wire wire = new Wire(server.port())) {
                String answer = wire.send("POST " + path + " HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}")
                        .answer();
                assertTrue(answer.startsWith("http/1.1 40"), path + ": " + answer);
                assertTrue(answer.contains("application/json"), answer);
            }
        }
    }

    @Test
    void aBodyAtTheCapIsTakenAndOneByteMoreIsNot() throws Exception {
        assertEquals(202, post("/webhooks/forge", "x".repeat(300_000)).statusCode());
        assertEquals(413, post("/webhooks/forge", "x".repeat(300_001)).statusCode());
        assertEquals(300_000, receiver.received.get(0).body().length);
        assertEquals(1, receiver.received.size());
        assertEquals(Map.of("forge accepted", 1L, "forge too-large", 1L), metrics.received());
    }

    @Test
    void anAnnouncedBodyOverTheCapIsRefusedBeforeItComes() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            String answer = wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 300001\r\n\r\n")
                    .answer();
            assertTrue(answer.startsWith("http/1.1 413"), answer);
            assertTrue(answer.contains("connection: close"), answer);
            assertTrue(
                    answer.endsWith("{\"error\":\"too-large\",\"message\":\"body of more than 300000 bytes\"}"),
                    answer);
            assertTrue(wire.closes());
        }
    }

    @Test
    void aChunkedBodyIsRefusedAsSoonAsItIsOverTheCap() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
            for (int i = 0; i < 4; i++) {
                wire.send("186a0\r\n" + "x".repeat(100_000) + "\r\n");
            }
            String answer = wire.answer();
            assertTrue(answer.startsWith("http/1.1 413"), answer);
            assertTrue(wire.closes());
        }
        assertTrue(receiver.received.isEmpty());
        assertEquals(202, post("/webhooks/forge", "x".repeat(300_000)).statusCode(), "the budget has its bytes back");
    }

    @Test
    void expect100IsAnsweredOnlyIfTheBodyIsWanted() throws Exception {
        String head = " HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: ";
        try (Wire wire = new Wire(server.port())) {
            assertTrue(wire.send("POST /webhooks/forge" + head + "2\r\n\r\n")
                    .answer()
                    .startsWith("http/1.1 100"));
            assertTrue(wire.send("{}").answer().startsWith("http/1.1 202"));
        }
        try (Wire wire = new Wire(server.port())) {
            assertTrue(wire.send("POST /webhooks/forge" + head + "300001\r\n\r\n")
                    .answer()
                    .startsWith("http/1.1 413"));
        }
        try (Wire wire = new Wire(server.port())) {
            assertTrue(wire.send("POST /webhooks/nobody" + head + "2\r\n\r\n")
                    .answer()
                    .startsWith("http/1.1 404"));
        }
    }

    @Test
    void aConnectionServesRequestAfterRequest() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            for (int i = 0; i < 3; i++) {
                String answer = wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}")
                        .answer();
                assertTrue(answer.startsWith("http/1.1 202"), answer);
                assertFalse(answer.contains("connection: close"), answer);
            }
        }
    }

    @Test
    void beyondTheBytesInFlightRequestsAreRefusedForNow() throws Exception {
        CountDownLatch waiting = new CountDownLatch(2);
        CompletableFuture<Outcome> disk = new CompletableFuture<>();
        receiver.answer = request -> {
            waiting.countDown();
            return disk;
        };
        CompletableFuture<HttpResponse<String>> first = postAsync("x".repeat(300_000));
        CompletableFuture<HttpResponse<String>> second = postAsync("x".repeat(300_000));
        assertTrue(waiting.await(20, TimeUnit.SECONDS));
        HttpResponse<String> third = postAsync("x".repeat(100_001)).get(20, TimeUnit.SECONDS);
        assertEquals(503, third.statusCode());
        assertTrue(third.headers().firstValue("retry-after").isPresent());
        disk.complete(new Outcome.Accepted("1", false));
        assertEquals(202, first.get(20, TimeUnit.SECONDS).statusCode());
        assertEquals(202, second.get(20, TimeUnit.SECONDS).statusCode());
        assertEquals(202, post("/webhooks/forge", "x".repeat(300_000)).statusCode());
        assertEquals(Map.of("forge accepted", 3L, "forge unavailable", 1L), metrics.received());
    }

    @Test
    void theBudgetHoldsAtItsLimitAndNotOnePast() {
        Budget budget = new Budget(10);
        assertTrue(budget.take(10));
        assertFalse(budget.take(1));
        assertEquals(10, budget.taken());
        budget.giveBack(1);
        assertTrue(budget.take(1));
    }

    @Test
    void largeBodiesLeaveTheEventLoop() throws Exception {
        post("/webhooks/forge", "x".repeat(256 * 1024));
        post("/webhooks/forge", "x".repeat(256 * 1024 + 1));
        assertTrue(receiver.threads.get(0).contains("eventloop"), receiver.threads.toString());
        assertTrue(receiver.threads.get(1).contains("worker"), receiver.threads.toString());
    }

    @Test
    void aSenderThatDawdlesIsTimedOut() throws Exception {
        IntakeServer hasty = started(
                new Listen("127.0.0.1", 0, 1, Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ofSeconds(1)));
        try (Wire wire = new Wire(hasty.port())) {
            String answer = wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{")
                    .answer();
            assertTrue(answer.startsWith("http/1.1 408"), answer);
            assertTrue(wire.closes());
        }
        assertEquals(Map.of("forge too-slow", 1L), metrics.received());
    }

    @Test
    void aSilentConnectionIsClosed() throws Exception {
        IntakeServer hasty = started(
                new Listen("127.0.0.1", 0, 1, Duration.ofSeconds(20), Duration.ofMillis(200), Duration.ofSeconds(1)));
        try (Wire wire = new Wire(hasty.port())) {
            assertTrue(wire.closes());
        }
    }

    @Test
    void aSenderThatHangsUpIsCountedAndItsBytesAreFree() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Wire wire = new Wire(server.port())) {
                wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 299999\r\n\r\n"
                        + "x".repeat(299_000));
            }
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (metrics.received().getOrDefault("forge gone", 0L) < 2 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(Map.of("forge gone", 2L), metrics.received());
        assertEquals(202, post("/webhooks/forge", "x".repeat(300_000)).statusCode());
    }

    @Test
    void headersOverTheCapAreRefused() throws Exception {
        try (Wire wire = new Wire(server.port())) {
            String answer = wire.send(
                            "POST /webhooks/forge HTTP/1.1\r\nhost: x\r\nx: " + "x".repeat(2_100) + "\r\n\r\n")
                    .answer();
            assertTrue(answer.startsWith("http/1.1 431"), answer);
        }
        assertTrue(receiver.received.isEmpty());
    }

    @Test
    void nothingInternalIsTold() throws Exception {
        receiver.answer = request -> {
            throw new IllegalStateException("hush /var/lib/secret.db");
        };
        assertInternal(post("/webhooks/forge", "{}"));
        assertInternal(post("/webhooks/forge", "x".repeat(260_000)));
        receiver.answer = request -> CompletableFuture.failedStage(new IOException("hush"));
        assertInternal(post("/webhooks/forge", "{}"));
        assertEquals(Map.of("forge error", 3L), metrics.received());
    }

    private static void assertInternal(HttpResponse<String> response) {
        assertEquals(500, response.statusCode());
        assertEquals(
                "{\"error\":\"internal\",\"message\":\"the request failed here; it may be sent again\"}",
                response.body());
    }

    @Test
    void whileDrainingEverythingIsRefusedForNow() throws Exception {
        server.drain();
        HttpResponse<String> response = post("/webhooks/forge", "{}");
        assertEquals(503, response.statusCode());
        assertTrue(response.headers().firstValue("retry-after").isPresent());
        assertTrue(receiver.received.isEmpty());
    }

    @Test
    void shutdownAnswersWhatIsUnderWayAndTakesNoMore() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Outcome> disk = new CompletableFuture<>();
        receiver.answer = request -> {
            waiting.countDown();
            return disk;
        };
        CompletableFuture<HttpResponse<String>> underWay = postAsync("{}");
        assertTrue(waiting.await(20, TimeUnit.SECONDS));
        CompletableFuture<Void> shutdown = server.shutdown().toCompletionStage().toCompletableFuture();
        assertFalse(postAsync("{}")
                .handle((answer, refused) -> answer != null && answer.statusCode() < 300)
                .get());
        assertFalse(shutdown.isDone());
        disk.complete(new Outcome.Accepted("1", false));
        assertEquals(202, underWay.get(20, TimeUnit.SECONDS).statusCode());
        shutdown.get(20, TimeUnit.SECONDS);
        assertThrows(
                ConnectException.class,
                () -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri("/")).build(), BodyHandlers.discarding()));
    }

    @Test
    void aTakenPortIsNamed() {
        Listen taken = Listen.on("127.0.0.1", server.port(), 1);
        ExecutionException error = assertThrows(
                ExecutionException.class,
                () -> IntakeServer.start(Vertx.vertx(), taken, parts())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS));
        CannotListen cause = assertInstanceOf(CannotListen.class, error.getCause());
        assertEquals("127.0.0.1", cause.host());
        assertEquals(server.port(), cause.port());
        assertTrue(
                cause.getMessage().startsWith("cannot listen on 127.0.0.1:" + server.port() + ": "),
                cause.getMessage());
    }

    @Test
    void severalEventLoopsShareThePort() throws Exception {
        IntakeServer wide = started(
                new Listen("127.0.0.1", -1, 2, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(1)));
        for (int i = 0; i < 4; i++) {
            try (Wire wire = new Wire(wide.port())) {
                wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}")
                        .answer();
            }
        }
        assertEquals(2, receiver.threads.stream().distinct().count(), receiver.threads.toString());
    }

    @Test
    void stagesAreTimed() throws Exception {
        post("/webhooks/forge", "{}");
        assertEquals(1, metrics.of(Metric.STAGE, "read"));
    }

    private IntakeServer started(Listen listen) throws Exception {
        return await(IntakeServer.start(vertx, listen, parts()));
    }

    private IntakeServer.Parts parts() {
        return new IntakeServer.Parts(receiver, LIMITS, Clock.system(), metrics);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private CompletableFuture<HttpResponse<String>> postAsync(String body) {
        HttpRequest request = HttpRequest.newBuilder(uri("/webhooks/forge"))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
