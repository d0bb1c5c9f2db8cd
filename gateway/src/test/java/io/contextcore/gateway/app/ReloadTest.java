package io.contextcore.gateway.app;

import static io.contextcore.gateway.app.ReloadingShop.get;
import static io.contextcore.gateway.app.ReloadingShop.json;
import static io.contextcore.gateway.app.ReloadingShop.order;
import static io.contextcore.gateway.app.ReloadingShop.reload;
import static io.contextcore.gateway.app.ReloadingShop.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.testing.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows RL1, RL7, RL9 and RL10 of mappings/README.md, and reloads under load. */
@Timeout(120)
class ReloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WRONG =
            "apiVersion: contextcore.io/v1\nmapping: shop.second\nkind: shopp\nevnts: [order]\n";

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private ReloadingShop shop;

    @BeforeEach
    void write() {
        shop = new ReloadingShop(folder.resolve("mappings"));
    }

    @Test
    void afterAReloadTheNewMappingsAreInUse() {
        try (GatewayApp app = start()) {
            assertEquals(202, order(app.intakePort(), 1).statusCode());
            awaitTold(1);
            String before = fingerprint(app);
            shop.version("B");

            HttpResponse<String> answer = reload(app.adminPort());

            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals("loaded", json(answer).path("result").asText());
            assertNotEquals(before, fingerprint(app));
            order(app.intakePort(), 2);
            awaitTold(2);
            assertEquals(Map.of(1L, List.of("A", "A"), 2L, List.of("B", "B")), told(export()));
        }
    }

    @Test
    void rl9_whatAMappingWantedThatIsGoneIsIgnored() {
        try (GatewayApp app = start()) {
            shop.delete("first.yaml");
            shop.delete("second.yaml");
            assertEquals("loaded", json(reload(app.adminPort())).path("result").asText());
            assertEquals(202, order(app.intakePort(), 1).statusCode());
            Await.until(
                    "the order to be ignored",
                    PATIENCE,
                    () -> metrics(app)
                            .contains(
                                    "contextcore_deliveries_ignored_total{reason=\"no-mapping\",source=\"shop\"} 1.0"));
        }
    }

    @Test
    void filesThatSayTheSameChangeNothing() {
        try (GatewayApp app = start()) {
            JsonNode answer = json(reload(app.adminPort()));
            assertEquals("unchanged", answer.path("result").asText());
            assertEquals(fingerprint(app), answer.path("fingerprint").asText());
        }
    }

    @Test
    void rl1_whatIsWrongIsToldWhollyAndWhatRanGoesOn() {
        try (GatewayApp app = start()) {
            String before = fingerprint(app);
            shop.version("B");
            shop.write("second.yaml", WRONG);

            HttpResponse<String> answer = reload(app.adminPort());

            assertEquals(422, answer.statusCode());
            assertEquals("refused", json(answer).path("result").asText());
            List<String> problems = new ArrayList<>();
            json(answer)
                    .path("problems")
                    .forEach(problem -> problems.add(problem.path("code").asText() + " at line "
                            + problem.path("line").asInt()));
            assertTrue(problems.containsAll(List.of("CC0401 at line 3", "CC0107 at line 4")), answer.body());
            assertEquals(before, fingerprint(app));
            JsonNode last = status(app).path("lastReload");
            assertEquals("refused", last.path("result").asText());
            assertEquals("http", last.path("by").asText());
            assertEquals(json(answer).path("problems"), last.path("problems"));
            assertTrue(metrics(app).contains("contextcore_reloads_total{result=\"refused\"} 1.0"), metrics(app));
            assertTrue(metrics(app).contains("contextcore_program_stale 1.0"), metrics(app));
            assertEquals(202, order(app.intakePort(), 1).statusCode());
            awaitTold(1);
            assertEquals(Map.of(1L, List.of("A", "A")), told(export()));
        }
    }

    @Test
    void onceTheFilesAreMendedNothingIsStaleAnyMore() {
        try (GatewayApp app = start()) {
            shop.write("second.yaml", WRONG);
            reload(app.adminPort());
            shop.version("B");
            assertEquals("loaded", json(reload(app.adminPort())).path("result").asText());
            assertTrue(metrics(app).contains("contextcore_program_stale 0.0"), metrics(app));
        }
    }

    @Test
    void rl10_aKindThatASourceNeedsCannotGo() {
        try (GatewayApp app = start()) {
            shop.write("kind.yaml", """
                    apiVersion: contextcore.io/v1
                    kind: store
                    verify: [{token: {header: X-Token}}]
                    event: "'order'"
                    """);
            for (String name : List.of("first", "second")) {
                shop.write(name + ".yaml", """
                        apiVersion: contextcore.io/v1
                        mapping: shop.%s
                        kind: store
                        events: [order]
                        ignore: [{when: "true", reason: moved}]
                        """.replace("%s", name));
            }
            HttpResponse<String> answer = reload(app.adminPort());
            assertEquals(422, answer.statusCode(), answer.body());
            assertEquals(
                    "CC0401", json(answer).path("problems").path(0).path("code").asText());
            assertEquals(202, order(app.intakePort(), 1).statusCode());
        }
    }

    @Test
    void rl7_aLifecycleInUseKeepsItsShape() {
        try (GatewayApp app = start()) {
            shop.write("lifecycle.yaml", ReloadingShop.LIFECYCLE.replace("root: anchor", "root: span"));
            HttpResponse<String> answer = reload(app.adminPort());
            assertEquals(422, answer.statusCode(), answer.body());
            assertEquals(
                    "CC0603", json(answer).path("problems").path(0).path("code").asText());
        }
    }

    @Test
    void aLifecycleKeepsItsShapeAfterARestartToo() {
        start().close();
        shop.write("lifecycle.yaml", ReloadingShop.LIFECYCLE.replace("root: anchor", "root: span"));

        InvalidFiles error = assertThrows(InvalidFiles.class, this::start);

        assertEquals(ErrorCode.SHAPE_CHANGED, error.problems().get(0).code());
        assertTrue(error.getMessage().contains("'root' was anchor and would be span"), error.getMessage());
        shop.write("lifecycle.yaml", ReloadingShop.LIFECYCLE);
        start().close();
    }

    @Test
    void aLifecycleThatWentAndComesBackHasTheShapeThatItHad() {
        try (GatewayApp app = start()) {
            shop.write("lifecycle.yaml", ReloadingShop.LIFECYCLE.replace("lifecycle: order", "lifecycle: other"));
            assertEquals(200, reload(app.adminPort()).statusCode());
            shop.write("lifecycle.yaml", ReloadingShop.LIFECYCLE.replace("root: anchor", "root: span"));
            assertEquals(422, reload(app.adminPort()).statusCode());
            shop.write("lifecycle.yaml", ReloadingShop.LIFECYCLE);
            assertEquals(200, reload(app.adminPort()).statusCode());
        }
    }

    @Test
    void whatLifecyclesWereMustBeReadable() throws IOException {
        start().close();
        Files.writeString(folder.resolve("store").resolve("lifecycles"), "nonsense\n");

        CannotStart error = assertThrows(CannotStart.class, this::start);

        assertEquals("data.folder", error.setting());
        assertTrue(error.getMessage().contains("'nonsense'"), error.getMessage());
    }

    @Test
    void underLoadNoDeliveryIsLostAndNoneIsSteppedByHalf() throws InterruptedException {
        AtomicLong last = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        List<Integer> refused = new ArrayList<>();
        try (GatewayApp app = start()) {
            Thread sender = new Thread(() -> {
                while (!enough.get()) {
                    int status = order(app.intakePort(), last.incrementAndGet()).statusCode();
                    if (status != 202) {
                        refused.add(status);
                    }
                }
            });
            sender.start();
            for (int i = 0; i < 12; i++) {
                String version = "V" + i;
                long sent = last.get();
                shop.version(version);
                assertEquals(
                        "loaded", json(reload(app.adminPort())).path("result").asText());
                Await.until("orders under " + version, PATIENCE, () -> last.get() > sent + 20);
            }
            enough.set(true);
            sender.join();
            awaitTold(last.get());
        }
        assertEquals(List.of(), refused);
        Map<Long, List<String>> told = told(export());
        assertEquals(last.get(), told.size());
        told.forEach((id, versions) -> {
            assertEquals(2, versions.size(), "order " + id);
            assertEquals(1, new TreeSet<>(versions).size(), "order " + id + " was stepped by " + versions);
        });
        assertTrue(new TreeSet<>(told.values().stream().map(List::toString).toList()).size() > 5, "versions in use");
    }

    @Test
    void aChangedFileIsNoticedWhenThatIsAskedFor() {
        try (GatewayApp app = start("reload.watch=true")) {
            String before = fingerprint(app);
            shop.version("B");
            Await.until("the new mappings", PATIENCE, () -> !fingerprint(app).equals(before));
            assertEquals("watch", status(app).path("lastReload").path("by").asText());
            String after = fingerprint(app);
            shop.write("second.yaml", WRONG);
            Await.until(
                    "the refusal",
                    PATIENCE,
                    () -> status(app).path("lastReload").path("result").asText().equals("refused"));
            assertEquals(after, fingerprint(app));
        }
    }

    @Test
    void aReloadByHttpCanBeSwitchedOffAndIsAPost() {
        try (GatewayApp app = start()) {
            assertEquals(405, get(app.adminPort(), "/admin/reload").statusCode());
        }
        try (GatewayApp app = start("reload.http=false")) {
            assertEquals(404, reload(app.adminPort()).statusCode());
            assertFalse(status(app).has("lastReload"));
        }
    }

    private GatewayApp start(String... more) {
        List<String> sets = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "data.folder=store",
                "export.file=out.jsonl",
                "sources.shop.kind=shop",
                "sources.shop.secret=top secret"));
        sets.addAll(List.of(more));
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, shop.mappings(), "test"), Environment.of(Map.of()));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
    }

    private Path export() {
        return folder.resolve("out.jsonl");
    }

    private void awaitTold(long orders) {
        Await.until(orders + " orders", PATIENCE, () -> told(export()).size() >= orders);
    }

    private static String fingerprint(GatewayApp app) {
        return status(app).path("fingerprint").asText();
    }

    private static JsonNode status(GatewayApp app) {
        return json(get(app.adminPort(), "/status")).path("mappings");
    }

    private static String metrics(GatewayApp app) {
        return get(app.adminPort(), "/metrics").body();
    }
}
