package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.Balanced;
import io.contextcore.gateway.app.GatewayApp;
import io.contextcore.gateway.app.Sources;
import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.Reply;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The dead letters of a running gateway, seen and dealt with from the command line. */
class DeadLettersCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private String admin = "";

    @BeforeEach
    void mappings() throws IOException {
        write("kind.yaml", "kind: shop\nverify: [{token: {header: X-Token}}]\nevent: \"'order'\"\n");
        write(
                "conventions.yaml",
                "conventions:\n  shop.each: {type: int, meaning: Price of one., stability: stable}\n");
        write("source.yaml", "source: shop\nkind: shop\nsecret: env:SHOP\n");
        mapping("int(payload.price)");
    }

    @Test
    void aMendedMappingBringsBackWhatDied() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayApp app = start(receiver)) {
            order(app, "{\"price\": \"three\"}");
            order(app, "{\"price\": \"five\\u001b[31m\"}");
            order(app, "{\"price\": 7}");
            receiver.awaitLogs(1);
            Await.until("the dead", PATIENCE, () -> run("list").out().contains("2 in all"));

            Cli.Result list = run("list", "--source", "shop", "--code", "mapping", "--since", "1h");
            assertEquals(0, list.exitCode(), list.err());
            assertTrue(list.out().contains("delivery/1  "), list.out());
            assertTrue(list.out().contains("order.yaml"), list.out());
            assertTrue(run("list", "--source", "another").out().startsWith("no dead letters"));
            Cli.Result show = run("show", "delivery/1");
            assertTrue(show.out().contains("\"price\" : \"three\""), show.out() + show.err());

            Cli.Result unmended = run("replay", "--source", "shop");
            assertEquals(1, unmended.exitCode());
            assertTrue(unmended.out().contains("delivery/1  failed-again"), unmended.out());
            assertTrue(unmended.out().contains("2 failed-again"), unmended.out());

            mapping("payload.price == 'three' ? 3 : int(payload.price)");
            app.reloadBySignal();
            Cli.Result mended = run("replay", "delivery/1");
            assertEquals(0, mended.exitCode(), mended.out() + mended.err());
            assertEquals("1 replayed\n", mended.out());
            receiver.awaitLogs(2);

            assertEquals("1 dropped\n", run("drop", "delivery/2").out());
            assertTrue(run("list").out().startsWith("no dead letters"));
            Cli.Result gone = run("drop", "delivery/2");
            assertEquals(1, gone.exitCode(), gone.out());
            balancesHold();
        }
    }

    @Test
    void whatTheReceiverRefusedIsSentAgain() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayApp app = start(receiver)) {
            receiver.script(new Reply.Status(GrpcStatus.INVALID_ARGUMENT, null));
            order(app, "{\"price\": 7}");
            Await.until(
                    "the refused",
                    PATIENCE,
                    () -> run("list", "--kind", "logs").out().contains("1 in all"));
            int before = receiver.received().size();

            Cli.Result replayed = run("replay", "--kind", "logs");
            assertEquals(0, replayed.exitCode(), replayed.out() + replayed.err());
            Await.until("the repeat", PATIENCE, () -> receiver.received().size() > before);
            assertEquals(
                    1,
                    new HashSet<>(receiver.received().stream()
                                    .map(each -> Arrays.toString(each.payload()))
                                    .toList())
                            .size(),
                    "the same bytes");
            balancesHold();
        }
    }

    @Test
    void nothingIsDoneUnlessItIsSaidToWhat() {
        assertTrue(run("drop").err().contains("which letters?"));
        assertTrue(run("replay", "--all", "--source", "shop").err().contains("--all stands alone"));
        assertTrue(run("replay", "delivery/1", "--source", "shop").err().contains("not both"));
        assertTrue(run("replay", "4711").err().contains("names no letter"));
        assertTrue(run("list", "--since", "soon").err().contains("is no time"));
    }

    /** Of deliveries and items: what came is what went, with what was replayed. */
    private void balancesHold() {
        Await.until("the balances", PATIENCE, () -> {
            Map<String, Double> sums = sums(get(admin + "/metrics"));
            double came = sums.getOrDefault("received:accepted", 0.0)
                    + sums.getOrDefault("contextcore_deliveries_replayed_total", 0.0);
            double went = sums.getOrDefault("contextcore_deliveries_mapped_total", 0.0)
                    + sums.getOrDefault("contextcore_deliveries_ignored_total", 0.0)
                    + sums.getOrDefault("contextcore_deliveries_dead_total", 0.0)
                    + sums.getOrDefault("contextcore_deliveries_queued", 0.0);
            double made = sums.getOrDefault("contextcore_items_emitted_total", 0.0)
                    + sums.getOrDefault("contextcore_items_replayed_total", 0.0);
            double sent = sums.getOrDefault("contextcore_items_delivered_total", 0.0)
                    + sums.getOrDefault("contextcore_items_dead_total", 0.0)
                    + sums.getOrDefault("contextcore_items_waiting", 0.0);
            return came > 0 && came == went && made > 0 && made == sent;
        });
    }

    private static Map<String, Double> sums(String page) {
        Map<String, Double> sums = new TreeMap<>();
        page.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            int brace = line.indexOf('{');
            String name = line.substring(0, brace < 0 ? space : brace);
            if (name.equals("contextcore_deliveries_received_total")) {
                name = line.contains("outcome=\"accepted\"") ? "received:accepted" : "received:other";
            }
            sums.merge(name, Double.valueOf(line.substring(space + 1)), Double::sum);
        });
        return sums;
    }

    private Cli.Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(arguments));
        if (!admin.isEmpty()) {
            all.addAll(List.of("--url", admin));
        }
        return new Cli(folder).run(all.toArray(String[]::new));
    }

    private GatewayApp start(OtlpReceiver receiver) {
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(
                        null,
                        List.of(
                                "http.host=127.0.0.1",
                                "http.port=0",
                                "admin.port=0",
                                "data.folder=store",
                                "mappings=mine",
                                "export.endpoint=http://127.0.0.1:" + receiver.grpcPort()),
                        folder,
                        Path.of("..", "mappings"),
                        "test"),
                Environment.of(Map.of("SHOP", "the secret of the shop")));
        GatewayApp app = GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
        admin = "http://127.0.0.1:" + app.adminPort();
        return app;
    }

    private void order(GatewayApp app, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + app.intakePort() + "/webhooks/shop"))
                .header("Content-Type", "application/json")
                .header("X-Token", "the secret of the shop")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertEquals(
                202, http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    private String get(String url) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void mapping(String each) throws IOException {
        write(
                "order.yaml",
                "mapping: shop.order\nkind: shop\nevents: [order]\nlogs:\n  - event: shop.priced\n"
                        + "    attributes: {shop.each: \"${" + each + "}\"}\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("mine").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "apiVersion: contextcore.io/v1\n" + text);
    }
}
