package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.Reply;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A stop: what was begun is finished, what cannot be sent is kept, and it ends. */
class DrainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    @BeforeEach
    void shop() {
        ReloadingShop shop = new ReloadingShop(folder.resolve("mine"));
        shop.write("source.yaml", """
                apiVersion: contextcore.io/v1
                source: shop
                kind: shop
                secret: env:SHOP
                """);
    }

    @Test
    void aStoppingGatewayIsNotReadyTakesNobodyElseAndAnswersWhoWasThere() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            GatewayApp app = start(receiver, "60s");
            try (Socket sender = new Socket("127.0.0.1", app.intakePort())) {
                String body = "{\"id\": 7}";
                write(
                        sender,
                        "POST /webhooks/shop HTTP/1.1\r\nHost: gateway\r\nX-Token: top secret\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n{");
                ReloadingShop.order(app.intakePort(), 1);
                receiver.awaitLogs(2);
                Thread stop = new Thread(app::close, "stop");
                stop.start();

                Await.until(
                        "not ready",
                        PATIENCE,
                        () -> ReloadingShop.get(app.adminPort(), "/health/ready")
                                .body()
                                .contains("stopping"));
                Await.until("nobody else", PATIENCE, () -> isClosed(app.intakePort()));
                assertTrue(stop.isAlive(), "it waits for the sender");
                assertEquals(
                        503, ReloadingShop.get(app.adminPort(), "/health/ready").statusCode());

                write(sender, body.substring(1));
                String answer = new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(answer.startsWith("HTTP/1.1 202"), answer);
                stop.join(PATIENCE.toMillis());
                assertTrue(!stop.isAlive(), "it ends");
            }
            start(receiver, "60s").close();
            receiver.awaitLogs(4);
        }
    }

    @Test
    @Timeout(120)
    @Promise("stop-keeps-the-rest")
    void whatCannotBeSentInTimeIsKeptAndSentByTheNextOne() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            receiver.replyWith(received -> new Reply.Stall());
            try (GatewayApp app = start(receiver, "1s")) {
                ReloadingShop.order(app.intakePort(), 1);
                Await.until(
                        "the first try", PATIENCE, () -> !receiver.received().isEmpty());
            }
            List<String> tried = payloads(receiver);
            receiver.replyWith(received -> new Reply.Ok());
            try (GatewayApp app = start(receiver, "1s")) {
                Await.until("the second", PATIENCE, () -> payloads(receiver).size() > tried.size());
                Await.until(
                        "all is sent",
                        PATIENCE,
                        () -> ReloadingShop.get(app.adminPort(), "/metrics")
                                .body()
                                .contains("contextcore_items_waiting{signal=\"logs\"} 0.0"));
            }
            assertEquals(tried.get(0), payloads(receiver).get(tried.size()), "the same bytes");
        }
    }

    @Test
    void whatWaitsIsSentBeforeTheEndIfTheReceiverTakesIt() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            GatewayApp app = start(receiver, "60s");
            for (int i = 0; i < 50; i++) {
                assertEquals(202, ReloadingShop.order(app.intakePort(), i).statusCode());
            }
            int made = made(app);
            app.close();
            assertTrue(receiver.logs().size() >= made, receiver.logs().size() + " of " + made);
            assertThrows(IOException.class, () -> new Socket("127.0.0.1", app.intakePort()).close());
        }
    }

    /** Log records that were in the outbox or beyond before the stop. */
    private static int made(GatewayApp app) {
        return ReloadingShop.get(app.adminPort(), "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("contextcore_items_emitted_total{signal=\"logs\"}"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static List<String> payloads(OtlpReceiver receiver) {
        return receiver.received().stream()
                .map(each -> new String(each.payload(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static boolean isClosed(int port) {
        try (Socket another = new Socket("127.0.0.1", port)) {
            return !another.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private GatewayApp start(OtlpReceiver receiver, String stopTimeout) {
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(
                        null,
                        List.of(
                                "http.host=127.0.0.1",
                                "http.port=0",
                                "admin.port=0",
                                "data.folder=store",
                                "mappings=mine",
                                "stop.timeout=" + stopTimeout,
                                "export.endpoint=http://127.0.0.1:" + receiver.grpcPort()),
                        folder,
                        Path.of("..", "mappings"),
                        "test"),
                Environment.of(Map.of("SHOP", "top secret")));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
    }
}
