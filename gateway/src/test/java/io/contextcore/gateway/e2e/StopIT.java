package io.contextcore.gateway.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.GatewayProcess;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while three senders send: what was answered 2xx arrives, before the end or after the next start. */
class StopIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ANSWERS = 20;

    /** 128 and the number of SIGTERM: how a JVM ends that was asked to. */
    private static final int TERMINATED = 143;

    @TempDir
    static Path folder;

    private static Set<String> calm = Set.of();

    /** What is done to the gateway while it works. */
    @FunctionalInterface
    private interface Stop {
        void happen(GatewayProcess gateway, OtlpReceiver receiver) throws Exception;
    }

    @BeforeAll
    static void runWithoutAStop() throws Exception {
        calm = run("calm", (gateway, receiver) -> {});
    }

    @Test
    @Promise("stop-keeps-the-rest")
    void nothingIsLostWhenItIsAskedToEnd() throws Exception {
        Set<String> arrived = run("asked", (gateway, receiver) -> {
            gateway.terminate();
            assertEquals(TERMINATED, gateway.exitCode());
            gateway.restart();
        });

        Names.assertSame(calm, arrived, "over a stop");
    }

    @Test
    @Promise("stop-keeps-the-rest")
    void itEndsAlsoWhereTheReceiverDoesNotAnswerAndIsNotReadyMeanwhile() throws Exception {
        Set<String> arrived = run("stalled", (gateway, receiver) -> {
            receiver.replyWith(request -> new Reply.Stall());
            Await.until(
                    "something to wait for the receiver",
                    PATIENCE,
                    () -> gateway.metric("contextcore_items_waiting") > 0);
            gateway.terminate();
            Await.until("the probe to say that it stops", PATIENCE, () -> gateway.readiness() == 503);
            assertEquals(TERMINATED, gateway.exitCode());
            receiver.replyWith(request -> new Reply.Ok());
            gateway.restart();
        });

        Names.assertSame(calm, arrived, "over a stop with a receiver that stalls");
    }

    private static Set<String> run(String name, Stop stop) throws Exception {
        Path home = Files.createDirectory(folder.resolve(name));
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayProcess gateway = GatewayProcess.start(
                        home,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                "http://127.0.0.1:" + receiver.grpcPort(),
                                "OTEL_EXPORTER_OTLP_PROTOCOL",
                                "grpc",
                                "CONTEXTCORE_STOP_TIMEOUT",
                                "5s"))) {
            Senders senders = new Senders(gateway);
            CompletableFuture<Void> sending = senders.share(0);
            Await.until("some answers", PATIENCE, () -> senders.answers() >= ANSWERS);
            stop.happen(gateway, receiver);
            Senders.await(sending);
            gateway.awaitDrained(PATIENCE);
            assertEquals(0, gateway.metric("contextcore_items_dead_total"));
            return Names.of(receiver.received());
        }
    }
}
