package io.contextcore.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.testing.Promise;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies, headers and senders that are too much or too slow. */
@Timeout(60)
final class IntakeLimitsTest {

    private final Intake intake = new Intake();

    @BeforeEach
    void start() throws Exception {
        intake.start();
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    @Test
    void aBodyAtTheCapIsTakenAndOneByteMoreIsNot() throws Exception {
        assertEquals(202, intake.post("/webhooks/forge", "x".repeat(300_000)).statusCode());
        assertEquals(413, intake.post("/webhooks/forge", "x".repeat(300_001)).statusCode());
        assertEquals(300_000, intake.receiver.received.get(0).body().length);
        assertEquals(1, intake.receiver.received.size());
        assertEquals(Map.of("forge accepted", 1L, "forge too-large", 1L), intake.metrics.received());
    }

    @Test
    @Promise("body-cap")
    void anAnnouncedBodyOverTheCapIsRefusedBeforeItComes() throws Exception {
        try (Wire wire = new Wire(intake.server.port())) {
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
    @Promise("body-cap")
    void aChunkedBodyIsRefusedAsSoonAsItIsOverTheCap() throws Exception {
        try (Wire wire = new Wire(intake.server.port())) {
            wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
            for (int i = 0; i < 4; i++) {
                wire.send("186a0\r\n" + "x".repeat(100_000) + "\r\n");
            }
            String answer = wire.answer();
            assertTrue(answer.startsWith("http/1.1 413"), answer);
            assertTrue(wire.closes());
        }
        assertTrue(intake.receiver.received.isEmpty());
        assertEquals(
                202, intake.post("/webhooks/forge", "x".repeat(300_000)).statusCode(), "the budget has its bytes back");
    }

    @Test
    @Promise("allow-before-body")
    void whoMayNotSendIsToldSoBeforeTheBodyComes() throws Exception {
        intake.receiver.admitted = false;
        try (Wire wire = new Wire(intake.server.port())) {
            String answer = wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\n"
                            + "content-length: 300000\r\n\r\n")
                    .answer();
            assertTrue(answer.startsWith("http/1.1 403"), answer);
            assertTrue(answer.endsWith("{\"error\":\"forbidden\",\"message\":\"not from this address\"}"), answer);
            assertTrue(wire.closes());
        }
        assertTrue(intake.receiver.received.isEmpty());
        assertEquals(Map.of("forge forbidden", 1L), intake.metrics.received());
    }

    @Test
    void expect100IsAnsweredOnlyIfTheBodyIsWanted() throws Exception {
        String head = " HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: ";
        try (Wire wire = new Wire(intake.server.port())) {
            assertTrue(wire.send("POST /webhooks/forge" + head + "2\r\n\r\n")
                    .answer()
                    .startsWith("http/1.1 100"));
            assertTrue(wire.send("{}").answer().startsWith("http/1.1 202"));
        }
        try (Wire wire = new Wire(intake.server.port())) {
            assertTrue(wire.send("POST /webhooks/forge" + head + "300001\r\n\r\n")
                    .answer()
                    .startsWith("http/1.1 413"));
        }
        try (Wire wire = new Wire(intake.server.port())) {
            assertTrue(wire.send("POST /webhooks/nobody" + head + "2\r\n\r\n")
                    .answer()
                    .startsWith("http/1.1 404"));
        }
    }

    @Test
    @Promise("bytes-in-flight")
    void beyondTheBytesInFlightRequestsAreRefusedForNow() throws Exception {
        CountDownLatch waiting = new CountDownLatch(2);
        CompletableFuture<Outcome> disk = new CompletableFuture<>();
        intake.receiver.answer = request -> {
            waiting.countDown();
            return disk;
        };
        CompletableFuture<HttpResponse<String>> first = intake.postAsync("x".repeat(300_000));
        CompletableFuture<HttpResponse<String>> second = intake.postAsync("x".repeat(300_000));
        assertTrue(waiting.await(20, TimeUnit.SECONDS));
        HttpResponse<String> third = intake.postAsync("x".repeat(100_001)).get(20, TimeUnit.SECONDS);
        assertEquals(503, third.statusCode());
        assertTrue(third.headers().firstValue("retry-after").isPresent());
        disk.complete(new Outcome.Accepted("1", false));
        assertEquals(202, first.get(20, TimeUnit.SECONDS).statusCode());
        assertEquals(202, second.get(20, TimeUnit.SECONDS).statusCode());
        assertEquals(202, intake.post("/webhooks/forge", "x".repeat(300_000)).statusCode());
        assertEquals(Map.of("forge accepted", 3L, "forge unavailable", 1L), intake.metrics.received());
    }

    @Test
    @Promise("bytes-in-flight")
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
        intake.post("/webhooks/forge", "x".repeat(256 * 1024));
        intake.post("/webhooks/forge", "x".repeat(256 * 1024 + 1));
        assertTrue(intake.receiver.threads.get(0).contains("eventloop"), intake.receiver.threads.toString());
        assertTrue(intake.receiver.threads.get(1).contains("worker"), intake.receiver.threads.toString());
    }

    @Test
    void aSenderThatDawdlesIsTimedOut() throws Exception {
        IntakeServer hasty = intake.started(new Listen(
                "127.0.0.1",
                0,
                1,
                Duration.ofMillis(200),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                100,
                Duration.ofSeconds(1)));
        try (Wire wire = new Wire(hasty.port())) {
            String answer = wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{")
                    .answer();
            assertTrue(answer.startsWith("http/1.1 408"), answer);
            assertTrue(wire.closes());
        }
        assertEquals(Map.of("forge too-slow", 1L), intake.metrics.received());
    }

    @Test
    void aSilentConnectionIsClosed() throws Exception {
        IntakeServer hasty = intake.started(new Listen(
                "127.0.0.1",
                0,
                1,
                Duration.ofSeconds(20),
                Duration.ofMillis(200),
                Duration.ofSeconds(20),
                100,
                Duration.ofSeconds(1)));
        try (Wire wire = new Wire(hasty.port())) {
            assertTrue(wire.closes());
        }
    }

    @Test
    void aSenderThatHangsUpIsCountedAndItsBytesAreFree() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Wire wire = new Wire(intake.server.port())) {
                wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 299999\r\n\r\n"
                        + "x".repeat(299_000));
            }
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (intake.metrics.received().getOrDefault("forge gone", 0L) < 2 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(Map.of("forge gone", 2L), intake.metrics.received());
        assertEquals(202, intake.post("/webhooks/forge", "x".repeat(300_000)).statusCode());
    }

    @Test
    void headersOverTheCapAreRefused() throws Exception {
        try (Wire wire = new Wire(intake.server.port())) {
            String answer = wire.send(
                            "POST /webhooks/forge HTTP/1.1\r\nhost: x\r\nx: " + "x".repeat(2_100) + "\r\n\r\n")
                    .answer();
            assertTrue(answer.startsWith("http/1.1 431"), answer);
        }
        assertTrue(intake.receiver.received.isEmpty());
    }
}
