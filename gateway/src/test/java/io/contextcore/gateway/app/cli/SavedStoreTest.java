package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.contextcore.gateway.app.Balanced;
import io.contextcore.gateway.app.CannotStart;
import io.contextcore.gateway.app.GatewayApp;
import io.contextcore.gateway.app.Sources;
import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.Promise;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that is damaged, so that no gateway starts with it, is exported, and what could be read of it is replayed where
 * there is nothing else: the telemetry is what the receiver had got when the store was whole.
 */
@Timeout(180)
class SavedStoreTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HexFormat HEX = HexFormat.of();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int ORDERS = 60;

    /** An order is placed, and paid. Beside them there is one delivery that cannot be mapped. */
    private static final int DELIVERIES = 2 * ORDERS + 1;

    /** An anchor, an activity and the completion. */
    private static final int SPANS_OF_EACH = 3;

    private static final int LOGS_OF_EACH = 2;

    private static final String DEAD = "order.poison";

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(7);

    /** What was told of each order while all was whole. */
    private Map<String, Set<String>> told = Map.of();

    @BeforeEach
    void mappings() throws IOException {
        write("mine/kind.yaml", """
                kind: shop
                verify: [{token: {header: X-Token}}]
                event: "'order'"
                delivery_id: headers['x-id']
                """);
        write("mine/source.yaml", "source: shop\nkind: shop\nsecret: env:SHOP\n");
        write("mine/lifecycle.yaml", """
                lifecycle: order
                span: {name: "order ${attributes['shop.title']}", root: anchor}
                activity: true
                logs:
                  - {when: change == 'opened', event: order.placed}
                  - {when: change == 'ended', event: order.paid}
                """);
        write("mine/conventions.yaml", """
                conventions:
                  shop.title: {type: string, meaning: A title., stability: stable, indexed: true}
                """);
        write("mine/order.yaml", """
                mapping: shop.order
                kind: shop
                events: [order]
                lifecycles:
                  - lifecycle: order
                    key: shop/${payload.id}
                    start: "${payload.paid ? absent : received}"
                    end: "${payload.paid ? received : absent}"
                    attributes: {shop.title: "${payload.title}"}
                """);
        write("nothing/kind.yaml", "kind: shop\nverify: [{token: {header: X-Token}}]\nevent: \"'order'\"\n");
    }

    @Test
    @Promise("export-can-be-replayed")
    void ofADamagedTableFileWhatCouldBeReadLeadsToTheSameTelemetry() throws Exception {
        Path store = folder.resolve("store");
        live(store);
        open(store).close();
        flip(largest(store, ".sst"));

        assertSaved(store);
    }

    @Test
    @Promise("export-can-be-replayed")
    void ofADamagedLogWhatCouldBeReadLeadsToTheSameTelemetry() throws Exception {
        Path store = live(folder.resolve("store"));
        flip(largest(store, ".log"));

        assertSaved(store);
    }

    private void assertSaved(Path store) throws Exception {
        CannotStart refused = assertThrows(CannotStart.class, () -> open(store).close());
        assertTrue(refused.getMessage().contains("contextcore store export"), refused.getMessage());

        Cli.Result export = new Cli(folder).run("store", "export", store.toString(), "--to", "saved.jsonl");
        assertEquals(ExitCode.NO, export.exitCode(), export.err());
        assertTrue(export.err().startsWith("damaged: "), export.err());
        Map<String, Integer> saved = saved(folder.resolve("saved.jsonl"));
        int deliveries = saved.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(deliveries > DELIVERIES / 3 && deliveries < DELIVERIES, deliveries + " of " + DELIVERIES);

        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Cli.Result replay = new Cli(elsewhere)
                .run(
                        "replay",
                        "--dry-run",
                        "--from",
                        folder.resolve("saved.jsonl").toString(),
                        "--mappings",
                        folder.resolve("mine").toString(),
                        "--against",
                        folder.resolve("nothing").toString(),
                        "--show",
                        String.valueOf(DELIVERIES));
        assertEquals(ExitCode.NO, replay.exitCode(), replay.err());
        assertTrue(replay.out().contains("\n" + deliveries + " deliveries, "), replay.out());
        assertTrue(replay.out().contains("  + dead letter mapping: "), replay.out());

        Map<String, Set<String>> again = replayed(replay.out());
        int whole = 0;
        for (int order = 0; order < ORDERS; order++) {
            String key = "shop/" + order;
            if (saved.getOrDefault(String.valueOf(order), 0) == 2) {
                whole++;
                assertEquals(told.get(key), again.get(key), key);
                assertEquals(
                        SPANS_OF_EACH + LOGS_OF_EACH,
                        told.getOrDefault(key, Set.of()).size(),
                        key);
            }
        }
        assertTrue(whole > ORDERS / 3, whole + " of " + ORDERS + " orders could be read");
    }

    /** A gateway's life. @return its folder as it would be had the process been killed at the end */
    private Path live(Path store) throws Exception {
        Path killed = folder.resolve("killed");
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayApp app = open(store, "export.endpoint=http://127.0.0.1:" + receiver.grpcPort())) {
            for (int order = 0; order < ORDERS; order++) {
                post(app, String.valueOf(order), "\"title\": \"A lamp\", \"paid\": false");
                post(app, String.valueOf(order), "\"title\": \"A lamp\", \"paid\": true");
                if (order == ORDERS / 4) {
                    post(app, DEAD, "\"title\": \"A lamp\", \"paid\": \"maybe\"");
                }
            }
            receiver.awaitSpans(SPANS_OF_EACH * ORDERS);
            receiver.awaitLogs(LOGS_OF_EACH * ORDERS);
            told = told(receiver);
            copy(store, killed);
        }
        return killed;
    }

    /** How many deliveries of each order were saved, those that died once. */
    private static Map<String, Integer> saved(Path file) throws IOException {
        Map<String, String> orders = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode json = JSON.readTree(line);
            orders.put(json.path("id").asText(), json.path("body").path("id").asText());
        }
        Map<String, Integer> saved = new TreeMap<>();
        orders.values().forEach(order -> saved.merge(order, 1, Integer::sum));
        return saved;
    }

    private static Map<String, Set<String>> told(OtlpReceiver receiver) throws IOException {
        Map<String, Set<String>> told = new TreeMap<>();
        for (Span span : receiver.spans()) {
            add(
                    told,
                    key(span.getAttributesList()),
                    said(
                            "span",
                            span.getName(),
                            span.getTraceId().toByteArray(),
                            span.getSpanId().toByteArray(),
                            span.getStartTimeUnixNano(),
                            span.getEndTimeUnixNano(),
                            ""));
        }
        for (LogRecord log : receiver.logs()) {
            JsonNode body = JSON.readTree(log.getBody().getStringValue());
            add(
                    told,
                    body.path("contextcore.key").asText(),
                    said(
                            "log",
                            log.getEventName(),
                            log.getTraceId().toByteArray(),
                            log.getSpanId().toByteArray(),
                            log.getTimeUnixNano(),
                            log.getObservedTimeUnixNano(),
                            body.toString()));
        }
        return told;
    }

    private static String key(List<KeyValue> attributes) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals("contextcore.key"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    private static String said(String what, String name, byte[] trace, byte[] span, long one, long other, String body) {
        return String.join(
                " ",
                what,
                name,
                HEX.formatHex(trace),
                HEX.formatHex(span),
                Nanos.toInstant(one).toString(),
                Nanos.toInstant(other).toString(),
                body);
    }

    /** The same of what a replay shows. */
    private static Map<String, Set<String>> replayed(String shown) throws IOException {
        Map<String, Set<String>> told = new TreeMap<>();
        for (String line : shown.lines()
                .filter(each -> each.matches(" {2}\\+ (span|log) .*"))
                .toList()) {
            JsonNode json = JSON.readTree(line.substring(line.indexOf(" {") + 1));
            boolean span = line.startsWith("  + span");
            add(
                    told,
                    json.path(span ? "attributes" : "body")
                            .path("contextcore.key")
                            .asText(),
                    Stream.of(
                                    span ? "span" : "log",
                                    json.path(span ? "name" : "event").asText(),
                                    json.path("traceId").asText(),
                                    json.path("spanId").asText(),
                                    json.path(span ? "start" : "time").asText(),
                                    json.path(span ? "end" : "observed").asText(),
                                    span ? "" : json.path("body").toString())
                            .collect(Collectors.joining(" ")));
        }
        return told;
    }

    private static void add(Map<String, Set<String>> told, String key, String said) {
        told.computeIfAbsent(key, none -> new TreeSet<>()).add(said);
    }

    private GatewayApp open(Path store, String... more) {
        List<String> sets = Stream.concat(
                        Stream.of(
                                "http.host=127.0.0.1",
                                "http.port=0",
                                "admin.port=0",
                                "data.folder=" + store,
                                "mappings=mine"),
                        more.length == 0 ? Stream.of("export.file=out.jsonl") : Stream.of(more))
                .toList();
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, Path.of("..", "mappings"), "test"),
                Environment.of(Map.of("SHOP", "the secret of the shop")));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
    }

    /** With a note of a kilobyte that nothing makes smaller, so that a damage hits few. */
    private void post(GatewayApp app, String order, String more) throws Exception {
        byte[] note = new byte[500];
        random.nextBytes(note);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + app.intakePort() + "/webhooks/shop"))
                .header("Content-Type", "application/json")
                .header("X-Token", "the secret of the shop")
                .header("X-Id", HEX.formatHex(note, 0, 8))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"id\": \"" + order + "\", " + more + ", \"note\": \"" + HEX.formatHex(note) + "\"}"))
                .build();
        assertEquals(
                202, http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x40;
        Files.write(file, bytes);
    }

    private static Path largest(Path store, String end) throws IOException {
        Path largest = null;
        try (Stream<Path> files = Files.list(store.resolve("db"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(end)).toList()) {
                if (largest == null || Files.size(file) > Files.size(largest)) {
                    largest = file;
                }
            }
        }
        if (largest == null) {
            throw new AssertionError("no " + end + " in " + store);
        }
        return largest;
    }

    private void write(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "apiVersion: contextcore.io/v1\n" + text);
    }
}
