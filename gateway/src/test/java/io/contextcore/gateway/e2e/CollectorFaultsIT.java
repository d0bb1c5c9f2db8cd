package io.contextcore.gateway.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.Collector;
import io.contextcore.gateway.testing.GatewayProcess;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Collector can do to the gateway under load: what arrives in Tempo and Loki is what arrives without it. */
class CollectorFaultsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String MEMORY = "OTELCOL_MEMORY_MIB";

    /** More than its reserve, and less than it has at its start: it refuses everything. */
    private static final String NO_MEMORY = "81";

    private static final int DISK_MIB = 64;

    @TempDir
    static Path folder;

    private static Set<String> calm = Set.of();

    /** What is done to the Collector while three senders send. */
    @FunctionalInterface
    private interface Fault {
        /** @return how many spans and log records the Collector may lose of what it had taken */
        int happen(Collector collector, GatewayProcess gateway, CompletableFuture<Void> sending) throws Exception;
    }

    /** What is done before anything is sent. */
    @FunctionalInterface
    private interface Preparation {
        void happen() throws Exception;
    }

    @BeforeAll
    static void runUndisturbed() throws Exception {
        calm = run("calm", Map.of(), () -> {}, (collector, gateway, sending) -> 0);
    }

    @Test
    @Promise("collector-faults-lose-nothing")
    void aCollectorThatIsKilledAndStartedAgainLosesNothing() throws Exception {
        Set<String> arrived = run("killed", Map.of(), () -> {}, (collector, gateway, sending) -> {
            for (int kill = 0; kill < 2; kill++) {
                double sent = gateway.metric("contextcore_items_delivered_total");
                Await.until(
                        "something to be sent",
                        PATIENCE,
                        () -> gateway.metric("contextcore_items_delivered_total") > sent || isOver(gateway, sending));
                double retries = retries(gateway);
                collector.kill();
                Await.until(
                        "the gateway to notice",
                        PATIENCE,
                        () -> retries(gateway) > retries || isOver(gateway, sending));
                collector.restart();
            }
            return 0;
        });

        Names.assertSame(calm, arrived, "behind a Collector that was killed");
    }

    @Test
    @Promise("collector-faults-lose-nothing")
    void aCollectorWithoutMemoryIsWaitedFor() throws Exception {
        Set<String> arrived = run("memory", Map.of(MEMORY, NO_MEMORY), () -> {}, (collector, gateway, sending) -> {
            Await.until("the Collector to refuse", PATIENCE, () -> retries(gateway) > 0);
            collector.close();
            collector.variable(MEMORY, "400");
            collector.restart();
            return 0;
        });

        Names.assertSame(calm, arrived, "behind a Collector that refused by its memory limit");
    }

    /**
     * Of what it takes while its disk is full the Collector loses some, see docs/export.md. What it does not take waits, and
     * arrives.
     */
    @Test
    @Promise("collector-faults-lose-nothing")
    void whatACollectorWithAFullDiskRefusesIsKeptAndSentLater() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small"), DISK_MIB)) {
            Map<String, String> queue =
                    Map.of("OTELCOL_STORAGE", disk.folder().resolve("queue").toString());
            Set<String> arrived = run("disk", queue, disk::fill, (collector, gateway, sending) -> {
                Await.until("the Collector to refuse", PATIENCE, () -> retries(gateway) > 0);
                Senders.await(sending);
                Await.until("every step", PATIENCE, () -> gateway.metric("contextcore_deliveries_queued") == 0);
                collector.kill();
                double retries = retries(gateway);
                Await.until("the gateway to notice", PATIENCE, () -> retries(gateway) > retries);
                int taken = (int) gateway.metric("contextcore_items_delivered_total");
                assertTrue(gateway.metric("contextcore_items_waiting") > 0, "nothing waits");
                disk.free();
                collector.restart();
                return taken;
            });

            Set<String> unexpected = new TreeSet<>(arrived);
            unexpected.removeAll(calm);
            assertEquals(Set.of(), unexpected);
        }
    }

    /** What came to Tempo and Loki in the end. */
    private static Set<String> run(String name, Map<String, String> variables, Preparation preparation, Fault fault)
            throws Exception {
        Path home = Files.createDirectory(folder.resolve(name));
        try (OtlpReceiver tempo = OtlpReceiver.start();
                OtlpReceiver loki = OtlpReceiver.start();
                Collector collector = Collector.start(home.resolve("collector"), environment(tempo, loki, variables));
                GatewayProcess gateway = GatewayProcess.start(
                        home,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                collector.grpcEndpoint(),
                                "OTEL_EXPORTER_OTLP_PROTOCOL",
                                "grpc"))) {
            preparation.happen();
            Senders senders = new Senders(gateway);
            CompletableFuture<Void> sending = senders.share(0);
            int mayMiss = fault.happen(collector, gateway, sending);
            Senders.await(sending);
            gateway.awaitDrained(PATIENCE);
            assertEquals(0, gateway.metric("contextcore_items_dead_total"));
            double delivered = gateway.metric("contextcore_items_delivered_total");
            Await.until(
                    "everything behind the Collector",
                    PATIENCE,
                    () -> calm.isEmpty() ? items(tempo, loki) >= delivered : missing(received(tempo, loki)) <= mayMiss);
            Set<String> arrived = Names.of(received(tempo, loki));
            System.out.printf(
                    Locale.ROOT,
                    "CollectorFaultsIT: %s: %d answers, %.0f requests again, %d spans and logs, %d of them repeated,"
                            + " %d missing of %d that might be%n",
                    name,
                    senders.answers(),
                    retries(gateway),
                    arrived.size(),
                    Math.max(0, items(tempo, loki) - (int) delivered),
                    missing(received(tempo, loki)),
                    mayMiss);
            return arrived;
        }
    }

    private static Map<String, String> environment(
            OtlpReceiver tempo, OtlpReceiver loki, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("TEMPO_ENDPOINT", "127.0.0.1:" + tempo.grpcPort());
        environment.put("LOKI_ENDPOINT", "http://127.0.0.1:" + loki.httpPort() + "/otlp");
        return environment;
    }

    /** Whether nothing more will be sent. */
    private static boolean isOver(GatewayProcess gateway, CompletableFuture<Void> sending) throws Exception {
        return sending.isDone()
                && gateway.metric("contextcore_deliveries_queued") == 0
                && gateway.metric("contextcore_items_waiting") == 0;
    }

    private static double retries(GatewayProcess gateway) throws Exception {
        return gateway.metric("contextcore_exports_total", "result=\"retry\"");
    }

    private static int missing(List<Received> received) {
        Set<String> missing = new TreeSet<>(calm);
        missing.removeAll(Names.of(received));
        return missing.size();
    }

    private static int items(OtlpReceiver tempo, OtlpReceiver loki) {
        return tempo.spans().size() + loki.logs().size();
    }

    private static List<Received> received(OtlpReceiver tempo, OtlpReceiver loki) {
        List<Received> all = new ArrayList<>(tempo.received());
        all.addAll(loki.received());
        return all;
    }
}
