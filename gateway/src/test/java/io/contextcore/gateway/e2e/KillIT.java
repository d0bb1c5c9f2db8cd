package io.contextcore.gateway.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.GatewayProcess;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was answered 2xx reaches the receiver though the gateway is killed again and again; what comes twice is the same to
 * the byte.
 */
class KillIT {

    private static final int ISSUES = 120;
    private static final int KILLS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 20260302;

    @TempDir
    Path folder;

    /** Spans by id and logs by all they say except the receipt, each with the bytes that were seen for it. */
    private record Story(Map<String, List<ByteString>> spans, Map<String, List<ByteString>> logs) {

        /** Without the tallies: what they tell goes by the second at which they tell it. */
        Set<String> logsOfDeliveries() {
            return logs.keySet().stream()
                    .filter(log -> !log.contains("event_name: \"project.snapshot\""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        long repeats() {
            return spans.values().stream().mapToLong(all -> all.size() - 1).sum()
                    + logs.values().stream().mapToLong(all -> all.size() - 1).sum();
        }
    }

    @Test
    void nothingThatWasAcceptedIsLostAndRepeatsAreTheSameBytes() throws Exception {
        Story expected = run(folder.resolve("calm"), 0);
        Story killed = run(folder.resolve("killed"), KILLS);

        assertEquals(expected.spans().keySet(), killed.spans().keySet());
        expected.spans()
                .forEach((id, all) -> assertEquals(
                        content(all.get(0)), content(killed.spans().get(id).get(0))));
        assertEquals(expected.logsOfDeliveries(), killed.logsOfDeliveries());
        assertEquals(0, expected.repeats(), "nothing comes twice where nobody is killed");
        killed.spans()
                .forEach((id, all) -> assertEquals(1, all.stream().distinct().count(), () -> "two contents of " + id));
        killed.logs()
                .forEach(
                        (log, all) -> assertEquals(1, all.stream().distinct().count(), () -> "two contents of " + log));
        System.out.println("KillIT: " + KILLS + " kills (seed " + SEED + "), "
                + killed.spans().size() + " spans and " + killed.logs().size() + " logs, " + killed.repeats()
                + " repeated, all the same to the byte");
    }

    private static String content(ByteString span) {
        try {
            return Span.parseFrom(span).toString();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static Story run(Path folder, int kills) throws Exception {
        Files.createDirectories(folder);
        Random random = new Random(SEED);
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayProcess gateway = GatewayProcess.start(
                        folder,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                "http://127.0.0.1:" + receiver.grpcPort(),
                                "OTEL_EXPORTER_OTLP_PROTOCOL",
                                "grpc"))) {
            for (int round = 0; round <= kills; round++) {
                int share = round;
                CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(gateway, share, kills + 1));
                if (round < kills) {
                    // Some kills find the export under way, some the first answers.
                    int before = receiver.received().size();
                    int after = before + random.nextInt(4);
                    receiver.requests().until("requests before the kill", all -> all.size() >= after);
                    gateway.kill();
                    gateway.restart();
                }
                sender.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            gateway.awaitDrained();
            assertBalances(gateway);
            return story(receiver);
        }
    }

    /** The balances of docs/metrics.md, of the process that ran last. */
    private static void assertBalances(GatewayProcess gateway) throws Exception {
        double accepted = gateway.metric("contextcore_deliveries_received_total", "outcome=\"accepted\"");
        double duplicates = gateway.metric("contextcore_deliveries_received_total", "outcome=\"duplicate\"");
        assertEquals(gateway.metric("contextcore_deliveries_received_total"), accepted + duplicates);
        assertEquals(
                accepted + gateway.metric("contextcore_deliveries_recovered_total"),
                gateway.metric("contextcore_deliveries_mapped_total")
                        + gateway.metric("contextcore_deliveries_ignored_total")
                        + gateway.metric("contextcore_deliveries_dead_total")
                        + gateway.metric("contextcore_deliveries_queued"));
        assertEquals(
                gateway.metric("contextcore_items_emitted_total") + gateway.metric("contextcore_items_recovered_total"),
                gateway.metric("contextcore_items_delivered_total")
                        + gateway.metric("contextcore_items_waiting")
                        + gateway.metric("contextcore_items_dead_total"));
        assertTrue(accepted > 0);
    }

    /** Sends a share of the deliveries, each again and again until it is answered 2xx, as a sender that retries does. */
    private static void send(GatewayProcess gateway, int share, int shares) {
        for (int issue = share; issue < ISSUES; issue += shares) {
            for (Sent delivery : deliveries(issue)) {
                Await.until("a 2xx", PATIENCE, () -> delivery.post(gateway, "github") == 202);
            }
        }
    }

    /** The fixture's issue under another number. */
    private static List<Sent> deliveries(int issue) {
        List<Sent> deliveries = new ArrayList<>();
        for (Sent sent : Sent.read("github")) {
            if (sent.event().equals("issues")) {
                String body = new String(sent.body(), StandardCharsets.UTF_8)
                        .replace("\"number\":12,", "\"number\":" + (1000 + issue) + ",");
                deliveries.add(new Sent("issues", sent.id() + "-" + issue, body.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return deliveries;
    }

    private static Story story(OtlpReceiver receiver) {
        Map<String, List<ByteString>> spans = new TreeMap<>();
        for (Span span : receiver.spans()) {
            spans.computeIfAbsent(Backends.hex(span.getSpanId()), id -> new ArrayList<>())
                    .add(span.toByteString());
        }
        Map<String, List<ByteString>> logs = new TreeMap<>();
        for (LogRecord log : receiver.logs()) {
            String said = log.toBuilder().clearObservedTimeUnixNano().build().toString();
            logs.computeIfAbsent(said, text -> new ArrayList<>()).add(log.toByteString());
        }
        return new Story(spans, logs);
    }
}
