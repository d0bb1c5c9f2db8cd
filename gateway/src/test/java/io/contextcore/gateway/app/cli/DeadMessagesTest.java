package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What dies between two instances, and by a limit, in a running gateway: seen and dealt with from the command line. */
@Timeout(240)
class DeadMessagesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NUMBER = "int(after['shop.title'])";

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private String admin = "";

    @BeforeEach
    void mappings() throws IOException {
        write("kind.yaml", "kind: shop\nverify: [{token: {header: X-Token}}]\nevent: \"'order'\"\n");
        write("source.yaml", "source: shop\nkind: shop\nsecret: env:SHOP\n");
        write("conventions.yaml", """
                conventions:
                  shop.title: {type: string, meaning: A title., stability: stable}
                """);
        write("order.yaml", """
                mapping: shop.order
                kind: shop
                events: [order]
                lifecycles:
                  - lifecycle: order
                    when: has(payload.id)
                    key: shop/${payload.id}
                    aliases: ["shop-code/${payload.code}"]
                    parent: {lifecycle: basket, key: "shop-basket/${payload.basket}"}
                    start: ${received}
                    attributes: {shop.title: "${payload.title}"}
                  - lifecycle: order
                    when: has(payload.paid)
                    alias: shop-code/${payload.paid}
                    end: ${received}
                  - lifecycle: basket
                    when: has(payload.opens)
                    key: shop-basket/${payload.opens}
                    start: ${received}
                    attributes: {shop.title: "${payload.title}"}
                """);
        rules(NUMBER);
    }

    @Test
    void aSignalThatWaitedAndDiedAtItsInstanceIsBroughtBackByAMendedRule() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayApp app = start(receiver)) {
            order(app, "{\"paid\": \"c1\"}");
            order(app, "{\"id\": 1, \"code\": \"c1\", \"title\": \"three\"}");
            JsonNode dead = theDead();
            assertEquals("message", dead.path("what").asText());
            assertEquals("mapping", dead.path("code").asText());
            String name = "message/" + dead.path("number").asLong();

            Cli.Result show = run("show", name);
            assertEquals(0, show.exitCode(), show.err());
            assertTrue(show.out().contains("order-lifecycle.yaml"), show.out());
            assertTrue(show.out().contains("\"to\" : \"shop/1\""), show.out());
            Cli.Result unmended = run("replay", name);
            assertEquals(1, unmended.exitCode());
            assertTrue(unmended.out().contains(name + "  failed-again"), unmended.out());
            order(app, "{\"id\": 2, \"title\": \"two\"}");
            Await.until("the next one", PATIENCE, () -> told(receiver, "order.placed") == 2);
            assertEquals(0, told(receiver, "order.paid"));

            rules("1");
            app.reloadBySignal();
            Cli.Result mended = run("replay", name);
            assertEquals("1 replayed\n", mended.out(), mended.err());
            assertEquals(0, mended.exitCode());
            Await.until("what it told", PATIENCE, () -> told(receiver, "order.paid") == 1);
            assertTrue(run("list").out().startsWith("no dead letters"));
        }
    }

    @Test
    void whatAParentCouldNotTellIsARecordThatIsDropped() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayApp app = start(receiver)) {
            order(app, "{\"opens\": 7, \"title\": \"three\"}");
            order(app, "{\"id\": 1, \"basket\": 7, \"title\": \"one\"}");
            JsonNode dead = theDead();
            assertEquals("message", dead.path("what").asText());
            assertEquals("untold", dead.path("code").asText());
            String name = "message/" + dead.path("number").asLong();

            assertTrue(run("show", name).out().contains("\"untold\""));
            Cli.Result replay = run("replay", name);
            assertEquals(1, replay.exitCode());
            assertTrue(replay.out().contains(name + "  untold"), replay.out());
            assertEquals("1 dropped\n", run("drop", "--kind", "message").out());
            assertTrue(run("list").out().startsWith("no dead letters"));
        }
    }

    @Test
    void whatIsBeyondALimitIsListedWithTheLimitsName() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayApp app = start(receiver, "limits.iterations=1", "limits.result_chars=1")) {
            order(app, "{\"id\": 1, \"title\": \"a title\"}");
            JsonNode dead = theDead();
            assertEquals("delivery", dead.path("what").asText());
            assertEquals("limit-result-chars", dead.path("code").asText());
        }
    }

    private JsonNode theDead() throws IOException {
        Await.until("the dead", PATIENCE, () -> run("list").out().endsWith("1 in all\n"));
        return JSON.readTree(run("list", "--json").out());
    }

    private static long told(OtlpReceiver receiver, String event) {
        return receiver.logs().stream()
                .map(LogRecord::getEventName)
                .filter(event::equals)
                .count();
    }

    private Cli.Result run(String... arguments) {
        return new Cli(folder)
                .run(Stream.of(Stream.of("dead-letters"), Stream.of(arguments), Stream.of("--url", admin))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
    }

    private GatewayApp start(OtlpReceiver receiver, String... more) {
        List<String> sets = Stream.concat(
                        Stream.of(
                                "http.host=127.0.0.1",
                                "http.port=0",
                                "admin.port=0",
                                "data.folder=store",
                                "mappings=mine",
                                "export.endpoint=http://127.0.0.1:" + receiver.grpcPort()),
                        Stream.of(more))
                .toList();
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, Path.of("..", "mappings"), "test"),
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

    /** Rules that ask for a number where there may be none. */
    private void rules(String number) throws IOException {
        write("order-lifecycle.yaml", """
                lifecycle: order
                span: {name: order, root: anchor}
                activity: true
                logs:
                  - {when: change == 'opened', event: order.placed}
                  - {when: "change == 'ended' && NUMBER > 0", event: order.paid}
                """.replace("NUMBER", number));
        write("basket-lifecycle.yaml", """
                lifecycle: basket
                span: {name: basket, root: anchor}
                activity: true
                logs:
                  - {when: "change == 'child_added' && NUMBER > 0", event: basket.filled}
                """.replace("NUMBER", number));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("mine").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "apiVersion: contextcore.io/v1\n" + text);
    }
}
