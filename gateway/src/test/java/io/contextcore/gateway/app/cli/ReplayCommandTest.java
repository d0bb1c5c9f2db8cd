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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway kept is played through old and new mappings, and purged. */
class ReplayCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void mappings() throws IOException {
        for (String name : List.of("old", "new")) {
            write(name, "kind.yaml", "kind: shop\nverify: [{token: {header: X-Token}}]\nevent: \"'order'\"\n");
            write(
                    name,
                    "conventions.yaml",
                    "conventions:\n  shop.each: {type: int, meaning: Price of one., stability: stable}\n");
            write(name, "lifecycle.yaml", "lifecycle: order\nspan: {name: order, root: anchor}\nactivity: true\n");
        }
        write("old", "source.yaml", "source: shop\nkind: shop\nsecret: env:SHOP\n");
        mapping("old", "int(payload.price)");
        mapping("new", "payload.price == 'three' ? 3 : int(payload.price)");
    }

    @Test
    void whatDiffersBetweenTwoFoldersIsShownOverTheDeliveriesThatWereKept() throws Exception {
        try (GatewayApp app = start("7d")) {
            order(app, "{\"price\": 7}");
            order(app, "{\"price\": \"three\"}");
            settled(app);
            Cli.Result running = replay("--mappings", shown("new"), "--against", shown("old"));
            assertEquals(1, running.exitCode(), running.err());
            assertTrue(running.out().contains("2 deliveries, 1 of them differ"), running.out());
        }
        Cli.Result result =
                replay("--since", "1h", "--source", "shop", "--mappings", shown("new"), "--against", shown("old"));

        assertEquals(1, result.exitCode(), result.err());
        assertTrue(result.out().contains("2 deliveries, 1 of them differ"), result.out());
        assertTrue(result.out().contains("  - dead letter mapping"), result.out());
        assertTrue(result.out().contains("  + log shop.priced"), result.out());
        assertTrue(result.out().contains("dead letters          1 -> 0"), result.out());
        assertTrue(result.out().contains("adopted lifecycles    1 -> 2"), result.out());

        Cli.Result same = replay("--mappings", shown("old"), "--against", shown("old"));
        assertEquals(0, same.exitCode(), same.out());
        assertTrue(same.out().contains("2 deliveries, 0 of them differ"), same.out());
        assertTrue(
                replay("--source", "another", "--mappings", shown("new")).out().contains("0 deliveries"));

        Cli.Result purge = new Cli(folder).run("store", "purge", "store", "--source", "shop");
        assertEquals("2 deliveries of the archive and 1 dead letters are gone\n", purge.out(), purge.err());
        assertTrue(replay("--mappings", shown("new")).out().contains("0 deliveries"));
    }

    @Test
    void withoutAnArchiveNothingIsKept() throws Exception {
        try (GatewayApp app = start("0s")) {
            order(app, "{\"price\": 7}");
            settled(app);
        }
        assertTrue(replay("--mappings", shown("new")).out().contains("0 deliveries"));
    }

    @Test
    void anArchiveWithoutRoomKeepsNothing() throws Exception {
        try (GatewayApp app = start("7d", "data.archive_bytes=1B")) {
            order(app, "{\"price\": 7}");
            settled(app);
        }
        try (GatewayApp app = start("7d", "data.archive_bytes=1B")) {
            settled(app);
            Await.until(
                    "it goes",
                    PATIENCE,
                    () -> replay("--mappings", shown("new")).out().contains("0 deliveries"));
        }
    }

    @Test
    void jsonLinesAreReplayedToo() {
        String line = "{\"what\":\"delivery\",\"number\":1,\"received\":\"2026-01-31T12:00:00Z\",\"source\":\"shop\","
                + "\"kind\":\"shop\",\"event\":\"order\",\"id\":\"shop//1\",\"headers\":{},\"body\":{\"price\":\"three\"}}\n";
        Cli cli = new Cli(folder).input(line + "{\"what\":\"traces\",\"number\":3}\n\n");
        Cli.Result result =
                cli.run("replay", "--dry-run", "--from", "-", "--mappings", shown("new"), "--against", shown("old"));
        assertTrue(result.out().contains("1 deliveries, 1 of them differ"), result.out() + result.err());

        String exported =
                "{\"v\":1,\"sequence\":%,\"received\":\"2026-01-31T12:00:0%Z\",\"source\":\"shop\",\"kind\":\"shop\","
                        + "\"event\":\"order\",\"id\":\"shop//%\",\"headers\":{},\"body\":{\"price\":\"three\"},\"state\":\"stepped\"}\n";
        String second = exported.replace("%", "2");
        Cli.Result each = new Cli(folder)
                .input(second.replace("stepped", "dead") + exported.replace("%", "1") + second)
                .run("replay", "--dry-run", "--from", "-", "--mappings", shown("new"), "--against", shown("old"));
        assertTrue(each.out().contains("2 deliveries, 2 of them differ"), each.out() + each.err());
        assertTrue(each.out().indexOf("shop//1") < each.out().indexOf("shop//2"), each.out());

        Cli.Result wrong = new Cli(folder)
                .input("{\"what\":\"delivery\"}")
                .run("replay", "--dry-run", "--from", "-", "--mappings", shown("new"));
        assertTrue(wrong.err().contains("at -:1"), wrong.err());
        Cli.Result none =
                new Cli(folder).input("hello").run("replay", "--dry-run", "--from", "-", "--mappings", shown("new"));
        assertTrue(none.err().contains("no JSON"), none.err());
    }

    @Test
    void whatIsMissingIsSaid() {
        assertTrue(
                new Cli(folder).run("replay", "--mappings", shown("new")).err().contains("expected: --dry-run"));
        assertTrue(replay("--mappings", shown("new")).err().contains("no data folder"));
        assertTrue(new Cli(folder).run("store", "purge", "store").err().contains("what is to go?"));
        assertTrue(new Cli(folder).run("store", "purge", "store", "--all").err().contains("no data folder"));
    }

    private String shown(String name) {
        return folder.resolve(name).toString();
    }

    private Cli.Result replay(String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "replay";
        all[1] = "--dry-run";
        all[2] = "--data";
        all[3] = "store";
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return new Cli(folder).run(all);
    }

    private GatewayApp start(String archive, String... more) {
        List<String> sets = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "data.folder=store",
                "data.archive=" + archive,
                "mappings=old",
                "export.file=out.jsonl"));
        sets.addAll(List.of(more));
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, Path.of("..", "mappings"), "test"),
                Environment.of(Map.of("SHOP", "the secret of the shop")));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
    }

    private void settled(GatewayApp app) {
        Await.until(
                "all is stepped",
                PATIENCE,
                () -> get("http://127.0.0.1:" + app.adminPort() + "/metrics")
                        .contains("contextcore_deliveries_queued 0.0"));
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

    private void mapping(String name, String each) throws IOException {
        write(
                name,
                "order.yaml",
                "mapping: shop.order\nkind: shop\nevents: [order]\nlogs:\n  - event: shop.priced\n"
                        + "    attributes: {shop.each: \"${" + each + "}\"}\n"
                        + "lifecycles:\n  - lifecycle: order\n    key: shop/${text(payload.price)}\n");
    }

    private void write(String name, String file, String text) throws IOException {
        Path path = folder.resolve(name).resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "apiVersion: contextcore.io/v1\n" + text);
    }
}
