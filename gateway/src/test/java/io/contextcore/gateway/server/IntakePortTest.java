package io.contextcore.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.pipeline.Outcome;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The port: taken, shared, drained and given back. */
@Timeout(60)
final class IntakePortTest {

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
    void whileDrainingEverythingIsRefusedForNow() throws Exception {
        intake.server.drain();
        HttpResponse<String> response = intake.post("/webhooks/forge", "{}");
        assertEquals(503, response.statusCode());
        assertTrue(response.headers().firstValue("retry-after").isPresent());
        assertTrue(intake.receiver.received.isEmpty());
    }

    @Test
    void shutdownAnswersWhatIsUnderWayAndTakesNoMore() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Outcome> disk = new CompletableFuture<>();
        intake.receiver.answer = request -> {
            waiting.countDown();
            return disk;
        };
        CompletableFuture<HttpResponse<String>> underWay = intake.postAsync("{}");
        assertTrue(waiting.await(20, TimeUnit.SECONDS));
        CompletableFuture<Void> shutdown =
                intake.server.shutdown().toCompletionStage().toCompletableFuture();
        assertFalse(intake.postAsync("{}")
                .handle((answer, refused) -> answer != null && answer.statusCode() < 300)
                .get());
        assertFalse(shutdown.isDone());
        disk.complete(new Outcome.Accepted("1", false));
        assertEquals(202, underWay.get(20, TimeUnit.SECONDS).statusCode());
        shutdown.get(20, TimeUnit.SECONDS);
        assertThrows(
                ConnectException.class,
                () -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(intake.uri("/")).build(), BodyHandlers.discarding()));
    }

    @Test
    void aTakenPortIsNamed() {
        Listen taken = Listen.on("127.0.0.1", intake.server.port(), 1);
        ExecutionException error = assertThrows(
                ExecutionException.class,
                () -> IntakeServer.start(Vertx.vertx(), taken, intake.parts())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS));
        CannotListen cause = assertInstanceOf(CannotListen.class, error.getCause());
        assertEquals("127.0.0.1", cause.host());
        assertEquals(intake.server.port(), cause.port());
        assertTrue(
                cause.getMessage().startsWith("cannot listen on 127.0.0.1:" + intake.server.port() + ": "),
                cause.getMessage());
    }

    @Test
    void severalEventLoopsShareThePort() throws Exception {
        IntakeServer wide = intake.started(new Listen(
                "127.0.0.1",
                -1,
                2,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                100,
                Duration.ofSeconds(1)));
        for (int i = 0; i < 4; i++) {
            try (Wire wire = new Wire(wide.port())) {
                wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}")
                        .answer();
            }
        }
        assertEquals(2, intake.receiver.threads.stream().distinct().count(), intake.receiver.threads.toString());
    }
}
