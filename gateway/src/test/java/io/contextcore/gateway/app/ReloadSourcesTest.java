package io.contextcore.gateway.app;

import static io.contextcore.gateway.app.ReloadingShop.get;
import static io.contextcore.gateway.app.ReloadingShop.json;
import static io.contextcore.gateway.app.ReloadingShop.order;
import static io.contextcore.gateway.app.ReloadingShop.reload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.lifecycle.OlderMappingsTest;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.contextcore.gateway.testing.Reply;
import io.contextcore.gateway.testing.RuleTable;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows RL11 to RL14 of mappings/README.md: sources that change while the gateway runs, one of the settings, one in a file. */
@Timeout(120)
class ReloadSourcesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(200);

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private ReloadingShop shop;

    @BeforeEach
    void write() {
        shop = new ReloadingShop(folder.resolve("mappings"));
        secret("main.secret", "one");
        secret("second.secret", "two");
        secret("tenant", "acme");
        second("/hooks/second");
    }

    @Test
    void theTableOfReloadsHasATestForEachRow() {
        RuleTable.agrees("RL", ReloadTest.class, ReloadSourcesTest.class, OlderMappingsTest.class);
    }

    @Test
    void rl11_aSecretThatAloneHasChangedIsInUseAfterAReload() {
        try (GatewayApp app = start("export.file=out.jsonl")) {
            String before = status(app).path("fingerprint").asText();
            assertEquals(
                    "unchanged", json(reload(app.adminPort())).path("result").asText());
            secret("main.secret", "eins");
            secret("second.secret", "zwei");
            assertEquals(202, main(app, "one", 1), "nothing is read again before it is wished");
            JsonNode answer = json(reload(app.adminPort()));
            assertEquals("loaded", answer.path("result").asText());
            assertEquals("[\"second\",\"shop\"]", answer.path("changedSources").toString());
            assertEquals(before, answer.path("fingerprint").asText());
            assertEquals(
                    answer.path("changedSources"),
                    status(app).path("lastReload").path("changedSources"));
            assertEquals(
                    List.of(401, 202, 401, 202),
                    List.of(main(app, "one", 2), main(app, "eins", 2), second(app, "two", 3), second(app, "zwei", 3)));
            assertFalse(answer.toString().contains("eins"), answer::toString);
        }
    }

    @Test
    void rl12_aSecretThatCannotBeReadChangesNothing() throws IOException {
        try (GatewayApp app = start("export.file=out.jsonl")) {
            Files.delete(folder.resolve("second.secret"));
            secret("main.secret", "eins");
            shop.version("B");
            HttpResponse<String> answer = reload(app.adminPort());
            assertEquals(422, answer.statusCode(), answer.body());
            JsonNode problem = json(answer).path("problems").path(0);
            assertEquals(
                    ErrorCode.SECRET_UNREADABLE.code(), problem.path("code").asText(), answer.body());
            assertTrue(problem.path("file").asText().endsWith("second-source.yaml"), answer.body());
            assertEquals(
                    "refused", status(app).path("lastReload").path("result").asText());
            assertTrue(metrics(app).contains("contextcore_program_stale 1.0"), metrics(app));
            assertTrue(metrics(app).contains("contextcore_reloads_total{result=\"refused\"} 1.0"), metrics(app));
            assertEquals(
                    List.of(202, 401, 202),
                    List.of(main(app, "one", 1), main(app, "eins", 2), second(app, "two", 2)),
                    "one secret and no other is all or nothing");

            secret("second.secret", "zwei");
            assertEquals("loaded", json(reload(app.adminPort())).path("result").asText());
            assertEquals(List.of(202, 202), List.of(main(app, "eins", 3), second(app, "zwei", 4)));
            assertTrue(metrics(app).contains("contextcore_program_stale 0.0"), metrics(app));
        }
    }

    @Test
    void rl13_aSourceThatIsGoneTakesNothingMoreAndWhatWaitsKeepsItsHeaders() {
        AtomicBoolean open = new AtomicBoolean();
        List<Received> taken = new CopyOnWriteArrayList<>();
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayApp app = start("export.endpoint=http://127.0.0.1:"
                        + closed(receiver, open, taken).grpcPort())) {
            assertEquals(202, second(app, "two", 1));
            Await.until("a first try", PATIENCE, () -> !receiver.received().isEmpty());
            shop.delete("second-source.yaml");
            assertEquals("loaded", json(reload(app.adminPort())).path("result").asText());
            assertEquals(404, second(app, "two", 2));
            assertEquals(202, main(app, "one", 3));
            open.set(true);
            Await.until("all of it", PATIENCE, () -> tenants(taken).size() == 2);
            assertEquals(Map.of(1L, "acme", 3L, "none"), tenants(taken));
        }
    }

    @Test
    void rl14_whatASourceSaysOtherwiseHoldsAtOnceAndForWhatWaits() {
        AtomicBoolean open = new AtomicBoolean();
        List<Received> taken = new CopyOnWriteArrayList<>();
        try (OtlpReceiver receiver = OtlpReceiver.start();
                GatewayApp app = start("export.endpoint=http://127.0.0.1:"
                        + closed(receiver, open, taken).grpcPort())) {
            assertEquals(202, second(app, "two", 1));
            Await.until("a first try", PATIENCE, () -> !receiver.received().isEmpty());
            secret("tenant", "beta");
            second("/hooks/other");
            assertEquals(
                    "[\"second\"]",
                    json(reload(app.adminPort())).path("changedSources").toString());
            assertEquals(404, second(app, "two", 2));
            assertEquals(202, order(app.intakePort(), "/hooks/other", "two", 2).statusCode());
            open.set(true);
            Await.until("all of it", PATIENCE, () -> tenants(taken).size() == 2);
            assertEquals(Map.of(1L, "beta", 2L, "beta"), tenants(taken));
        }
    }

    @Test
    void aSecretThatHasChangedIsNoticedWhenThatIsAskedFor() {
        try (GatewayApp app = start("export.file=out.jsonl", "reload.watch=true")) {
            assertEquals(202, main(app, "one", 1));
            secret("main.secret", "eins");
            Await.until("the new secret", PATIENCE, () -> main(app, "eins", 2) == 202);
            assertEquals("watch", status(app).path("lastReload").path("by").asText());
            assertEquals(401, main(app, "one", 3));
        }
    }

    /** Takes nothing until it is open. */
    private static OtlpReceiver closed(OtlpReceiver receiver, AtomicBoolean open, List<Received> taken) {
        return receiver.replyWith(request -> {
            if (!open.get()) {
                return new Reply.Status(GrpcStatus.UNAVAILABLE, SOON);
            }
            taken.add(request);
            return new Reply.Ok();
        });
    }

    /** Under which tenant each order's logs went. */
    private static Map<Long, String> tenants(List<Received> taken) {
        Map<Long, String> tenants = new TreeMap<>();
        taken.forEach(request -> request.logs()
                .forEach(log -> log.getAttributesList().stream()
                        .filter(attribute -> attribute.getKey().equals("shop.id"))
                        .forEach(id -> tenants.put(
                                id.getValue().getIntValue(),
                                request.headers().getOrDefault("x-scope-orgid", "none")))));
        return tenants;
    }

    private static int main(GatewayApp app, String token, long id) {
        return order(app.intakePort(), "/webhooks/shop", token, id).statusCode();
    }

    private static int second(GatewayApp app, String token, long id) {
        return order(app.intakePort(), "/hooks/second", token, id).statusCode();
    }

    private void second(String path) {
        shop.write("second-source.yaml", """
                apiVersion: contextcore.io/v1
                source: second
                kind: shop
                secret: file:../second.secret
                path: PATH
                otlp: {headers: {X-Scope-OrgID: file:../tenant}}
                """.replace("PATH", path));
    }

    private void secret(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GatewayApp start(String... more) {
        List<String> sets = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "data.folder=store",
                "sources.shop.kind=shop",
                "sources.shop.secret=file:main.secret"));
        sets.addAll(List.of(more));
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, shop.mappings(), "test"), Environment.of(Map.of()));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
    }

    private static JsonNode status(GatewayApp app) {
        return json(get(app.adminPort(), "/status")).path("mappings");
    }

    private static String metrics(GatewayApp app) {
        return get(app.adminPort(), "/metrics").body();
    }
}
