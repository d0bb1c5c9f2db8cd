package io.contextcore.gateway.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.GatewayProcess;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.Reply;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long outage: nobody listens where telemetry goes, deliveries are accepted at full rate, and all of it is sent in order once
 * somebody does. {@code -Doutage=1800000} for more of it, {@code -Doutage.bytes=8192} for larger bodies.
 */
class OutageIT {

    private static final int DELIVERIES = Integer.getInteger("outage", 10_000);
    private static final int BYTES = Integer.getInteger("outage.bytes", 2_048);
    private static final int CONNECTIONS = 64;

    /** So that what every class and cache takes is there before the heap is looked at. */
    private static final int WARM = 1_000;

    /** What waits would take more than this if it were in memory. */
    private static final long FLAT_BYTES = 32_000_000;

    private static final Duration PATIENCE = Duration.ofHours(1);

    @TempDir
    Path folder;

    /**
     * What came, and whether each key's log records and activities came in the order of their receipts. A span does not say
     * when what it tells of was received; the log record of the same step, which bears its id, does. On the receiver's event
     * loop.
     */
    private static final class Arrivals {
        private final JsonMapper json = new JsonMapper();
        private final Map<String, Long> last = new HashMap<>();
        private final Map<String, List<ByteString>> activities = new HashMap<>();
        private final Map<ByteString, Long> receipts = new HashMap<>();
        private volatile long items;
        private volatile long begun;
        private volatile String outOfOrder = "";

        Reply see(Received request) {
            if (begun == 0) {
                begun = System.nanoTime();
            }
            request.logs().forEach(this::see);
            request.spans().forEach(this::see);
            items += request.spans().size() + request.logs().size();
            return new Reply.Ok();
        }

        private void see(LogRecord log) {
            String key = key(log);
            Long before = key.isEmpty() ? null : last.put(key, log.getObservedTimeUnixNano());
            if (before != null && before > log.getObservedTimeUnixNano()) {
                outOfOrder = key;
            }
            if (!log.getSpanId().isEmpty()) {
                receipts.merge(log.getSpanId(), log.getObservedTimeUnixNano(), Math::min);
            }
        }

        private void see(Span span) {
            if (attribute(span, "contextcore.span").equals("activity")) {
                activities
                        .computeIfAbsent(attribute(span, "contextcore.key"), key -> new ArrayList<>())
                        .add(span.getSpanId());
            }
        }

        private static String attribute(Span span, String name) {
            return span.getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals(name))
                    .map(attribute -> attribute.getValue().getStringValue())
                    .findFirst()
                    .orElse("");
        }

        /** How many activities came behind another one of their key; when all has come. */
        int assertActivitiesInOrder() {
            int pairs = 0;
            for (Map.Entry<String, List<ByteString>> each : activities.entrySet()) {
                List<Long> received = each.getValue().stream()
                        .map(receipts::get)
                        .filter(Objects::nonNull)
                        .toList();
                assertEquals(
                        received.stream().sorted().toList(),
                        received,
                        () -> "receipts of the activities of " + each.getKey());
                pairs += Math.max(0, received.size() - 1);
            }
            return pairs;
        }

        private String key(LogRecord log) {
            try {
                return json.readTree(log.getBody().getStringValue())
                        .path("contextcore.key")
                        .asText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    @Promise("outage-only-delays")
    void whatIsAcceptedWhileNobodyListensIsSentInOrderOnceSomebodyDoes() throws Exception {
        int port = freePort();
        Arrivals arrivals = new Arrivals();
        try (GatewayProcess gateway = GatewayProcess.serve(folder, settings(port), Map.of())) {
            Traffic traffic = Traffic.webhooks(Story.ALL, BYTES, GatewayProcess.SECRET, "outage-", 0, false);
            Client client = new Client(gateway.port(), CONNECTIONS, Double.POSITIVE_INFINITY);
            client.send(traffic, 0, WARM);
            awaitStepped(gateway);
            long heap = gateway.liveBytes();

            Client.Result accepted = client.send(traffic, WARM, DELIVERIES);
            awaitStepped(gateway);

            long heapAtTheEnd = gateway.liveBytes();
            long waiting = (long) gateway.metric("contextcore_items_waiting");
            print("accepted  %,d of %,d, %,.0f/s", accepted.good(), DELIVERIES, accepted.perSecond());
            print("waiting   %,d spans and logs, %,d MB on disk", waiting, megabytes());
            print("heap      %d MB before, %d MB with all that waits", heap / 1_000_000, heapAtTheEnd / 1_000_000);
            assertEquals(DELIVERIES, accepted.good());
            assertTrue(heapAtTheEnd - heap < FLAT_BYTES, "the heap grew by " + (heapAtTheEnd - heap) + " bytes");

            try (OtlpReceiver receiver = OtlpReceiver.startAt(port, 0).keepNothing()) {
                receiver.replyWith(arrivals::see);
                gateway.awaitDrained(PATIENCE);
                double seconds = (System.nanoTime() - arrivals.begun) / 1e9;
                print(
                        "drained   in %.1f s: %,.0f spans and logs/s, %,.0f deliveries/s; %,d MB on disk",
                        seconds, waiting / seconds, (DELIVERIES + WARM) / seconds, megabytes());
            }
            assertEquals(0, gateway.metric("contextcore_items_dead_total"));
            assertEquals(gateway.metric("contextcore_items_emitted_total"), arrivals.items);
            assertEquals("", arrivals.outOfOrder, "a key whose log records came in another order");
            assertTrue(arrivals.last.size() > DELIVERIES / 10, "too few keys to say anything of their order");
            int pairs = arrivals.assertActivitiesInOrder();
            print(
                    "order     of the log records of %,d keys, of %,d activities behind another",
                    arrivals.last.size(), pairs);
            assertTrue(pairs > DELIVERIES / 100, "too few activities to say anything of their order");
        }
    }

    private static void awaitStepped(GatewayProcess gateway) {
        Await.until("every step", PATIENCE, () -> gateway.metric("contextcore_deliveries_queued") == 0);
    }

    private Path settings(int port) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), GatewayProcess.SECRET);
        StringBuilder settings = new StringBuilder("export: {endpoint: \"http://127.0.0.1:" + port
                + "\", timeout: 10m}\n" + "data: {disk_budget: 200GiB}\nsources:\n");
        for (Story story : Story.ALL) {
            settings.append(
                    "  " + story.source() + ": {kind: " + story.source() + ", secret: \"file:" + secret + "\"}\n");
        }
        return Files.writeString(folder.resolve("gateway.yaml"), settings);
    }

    /** Of the data folder; files come and go while it is looked at. */
    private long megabytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.mapToLong(OutageIT::size).sum() / 1_000_000;
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println("OutageIT: " + String.format(Locale.ROOT, format, values));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
