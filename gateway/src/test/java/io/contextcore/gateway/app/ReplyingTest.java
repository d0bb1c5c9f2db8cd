package io.contextcore.gateway.app;

import static io.contextcore.gateway.app.ReloadingShop.get;
import static io.contextcore.gateway.app.ReloadingShop.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.testing.Await;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Mappings that answer, in a whole gateway. */
@Timeout(120)
class ReplyingTest {

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private ReloadingShop shop;

    @BeforeEach
    void write() {
        shop = new ReloadingShop(folder.resolve("mappings"));
        shop.write("reply.yaml", """
                apiVersion: contextcore.io/v1
                mapping: shop.reply
                kind: shop
                events: [order]
                learn: [{table: shop.seen, key: "${payload.id}", value: "yes"}]
                reply:
                  when: payload.id != 2
                  body: {id: "${payload.id}", seen: "${learnt('shop.seen', payload.id, 'no')}"}
                """);
    }

    @Test
    void theSenderGetsTheReplyAndADuplicateGetsItAgain() {
        try (GatewayApp app = start()) {
            HttpResponse<String> first = order(app.intakePort(), 1);
            assertEquals(200, first.statusCode());
            assertEquals(
                    "application/json",
                    first.headers().firstValue("content-type").orElse(""));
            assertTrue(first.body().startsWith("{\"id\":1,\"seen\":\""), first.body());
            Await.until(
                    "what was learnt is in the reply",
                    Duration.ofSeconds(30),
                    () -> order(app.intakePort(), 1).body().equals("{\"id\":1,\"seen\":\"yes\"}"));
            String metrics = get(app.adminPort(), "/metrics").body();
            assertTrue(metrics.contains("received_total{outcome=\"accepted\",source=\"shop\"} 1.0"), metrics);
            assertTrue(metrics.contains("received_total{outcome=\"duplicate\",source=\"shop\"}"), metrics);
        }
    }

    @Test
    void aDuplicateGetsItsReplyAfterARestartToo() {
        try (GatewayApp app = start()) {
            assertEquals(200, order(app.intakePort(), 1).statusCode());
        }
        try (GatewayApp app = start()) {
            Await.until(
                    "the reply from what was learnt, though it is a second copy",
                    Duration.ofSeconds(30),
                    () -> order(app.intakePort(), 1).body().equals("{\"id\":1,\"seen\":\"yes\"}"));
            String metrics = get(app.adminPort(), "/metrics").body();
            assertTrue(metrics.contains("received_total{outcome=\"duplicate\",source=\"shop\"}"), metrics);
            assertFalse(metrics.contains("received_total{outcome=\"accepted\",source=\"shop\"} 1"), metrics);
        }
    }

    @Test
    void whereNoReplyHoldsItIsAcknowledgedAsUsual() {
        try (GatewayApp app = start()) {
            assertEquals(202, order(app.intakePort(), 2).statusCode());
        }
    }

    @Test
    void aReplyOverItsCapIsTheUsualAcknowledgementAndANote() {
        try (GatewayApp app = start()) {
            HttpResponse<String> answer = order(app.intakePort(), 1_000_003);
            assertEquals(202, answer.statusCode());
            assertEquals("{\"id\":\"shop//1000003\"}", answer.body());
            String metrics = get(app.adminPort(), "/metrics").body();
            assertTrue(metrics.contains("note=\"reply-too-large\"} 1.0"), metrics);
        }
    }

    private GatewayApp start() {
        List<String> sets = List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "data.folder=store",
                "export.file=out.jsonl",
                "limits.reply_bytes=24B",
                "sources.shop.kind=shop",
                "sources.shop.secret=top secret");
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, shop.mappings(), "test"), Environment.of(Map.of()));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
    }
}
