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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter of a running gateway is explained: with the mappings that killed it, and with mended ones. */
class ExplainDeadLetterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

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
    void aDeadLetterIsExplainedByItsNumber() throws Exception {
        Settings settings = settings();
        try (GatewayApp app = GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced))) {
            assertEquals(202, post(app, "{\"price\": \"three\"}"));
            String admin = "http://127.0.0.1:" + app.adminPort();
            Await.until(
                    "the dead letter",
                    PATIENCE,
                    () -> get(admin + "/admin/dead-letters").contains("\"what\":\"delivery\",\"number\":1"));

            Cli.Result asItDied = explain(admin, "1");
            assertEquals(1, asItDied.exitCode(), asItDied.err());
            assertTrue(asItDied.out().contains("dead letter"), asItDied.out());
            assertTrue(asItDied.out().contains("order.yaml"), asItDied.out());

            mapping("payload.price == 'three' ? 3 : int(payload.price)");
            Cli.Result mended = explain(admin, "1");
            assertEquals(0, mended.exitCode(), mended.out() + mended.err());
            assertTrue(mended.out().contains("shop.priced"), mended.out());

            Cli.Result unknown = explain(admin, "2");
            assertEquals(1, unknown.exitCode());
            assertTrue(unknown.err().contains("no delivery 2 in the dead letters"), unknown.err());
        }
    }

    @Test
    void aDeadLetterStandsAlone() {
        Cli.Result result = new Cli(folder).run("explain", "shop", "--dead-letter", "1");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("--dead-letter stands alone"), result.err());
        assertTrue(new Cli(folder).run("explain").err().contains("what to explain?"));
    }

    private Cli.Result explain(String admin, String number) {
        return new Cli(folder)
                .run(
                        "explain",
                        "--dead-letter",
                        number,
                        "--url",
                        admin,
                        "--mappings",
                        folder.resolve("mine").toString());
    }

    private Settings settings() {
        return SettingsReader.read(
                new SettingsReader.Given(
                        null,
                        List.of(
                                "http.host=127.0.0.1",
                                "http.port=0",
                                "admin.port=0",
                                "data.folder=store",
                                "mappings=mine",
                                "export.file=out.jsonl"),
                        folder,
                        Path.of("..", "mappings"),
                        "test"),
                Environment.of(Map.of("SHOP", "the secret of the shop")));
    }

    private int post(GatewayApp app, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + app.intakePort() + "/webhooks/shop"))
                .header("Content-Type", "application/json")
                .header("X-Token", "the secret of the shop")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
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
