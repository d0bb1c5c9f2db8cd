package io.contextcore.gateway.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The limits of the settings reach the port that webhooks come in on. */
@Timeout(120)
class IntakeSettingsTest {

    private static final String HEAD =
            "POST /webhooks/shop HTTP/1.1\r\nhost: x\r\nx-token: t0ken\r\ncontent-type: application/json\r\n";
    private static final String ORDER = HEAD + "content-length: 9\r\n\r\n{\"id\": 1}";

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        new ReloadingShop(folder.resolve("mappings"));
    }

    @Test
    void times() throws Exception {
        try (GatewayApp app =
                start("limits.head_time=300ms", "limits.body_time=400ms", "limits.idle_time=1s", "stop.timeout=1s")) {
            assertEquals("", told(app, "POST /webhooks/shop HTTP/1.1\r\n"));
            assertTrue(told(app, HEAD + "content-length: 9\r\n\r\n{").startsWith("HTTP/1.1 408 "));
            assertTrue(told(app, ORDER).startsWith("HTTP/1.1 202 "), "answered, and closed when it said no more");
            String metrics = ReloadingShop.get(app.adminPort(), "/metrics").body();
            assertTrue(metrics.contains("contextcore_connections_closed_total{limit=\"head_time\"} 1.0"), metrics);
            assertTrue(
                    metrics.contains("contextcore_connections_closed_total{limit=\"idle_time\"} "),
                    metrics); // the one that was too slow may be among them
        }
    }

    @Test
    void sizes() throws Exception {
        try (GatewayApp app =
                start("limits.header_bytes=1KiB", "limits.body_bytes=1KiB", "limits.in_flight_bytes=8B")) {
            assertTrue(told(app, HEAD + "x-long: " + "x".repeat(1_100) + "\r\n\r\n")
                    .startsWith("HTTP/1.1 431 "));
            assertTrue(told(app, HEAD + "content-length: 1025\r\n\r\n").startsWith("HTTP/1.1 413 "));
            assertTrue(told(app, ORDER).startsWith("HTTP/1.1 503 "), "9 bytes are over the 8 in flight");
        }
    }

    @Test
    void counts() throws Exception {
        try (GatewayApp app = start("limits.address_connections=1", "limits.head_time=60s");
                Socket first = connected(app)) {
            assertEquals("", told(app, ""), "a second connection of this address");
            first.getOutputStream().write(ORDER.getBytes(ISO_8859_1));
            assertEquals("HTTP/1.1 202", new String(first.getInputStream().readNBytes(12), ISO_8859_1));
        }
        try (GatewayApp app = start(
                        "limits.address_connections=1", "limits.connections=2", "http.trusted_proxies=127.0.0.1");
                Socket first = connected(app);
                Socket second = connected(app)) {
            for (Socket socket : List.of(first, second)) {
                socket.getOutputStream().write(ORDER.getBytes(ISO_8859_1));
                assertEquals("HTTP/1.1 202", new String(socket.getInputStream().readNBytes(12), ISO_8859_1));
            }
            assertEquals("", told(app, ""), "a third of all");
        }
    }

    /** All that comes back until the other side closes; nothing if it closes at once. */
    private static String told(GatewayApp app, String text) throws IOException {
        try (Socket socket = connected(app)) {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException closedWhileWeWrote) {
            return "";
        }
    }

    private static Socket connected(GatewayApp app) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.intakePort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private GatewayApp start(String... more) {
        List<String> sets = new ArrayList<>(List.of(more));
        sets.addAll(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "data.folder=store",
                "export.file=out.jsonl",
                "mappings=mappings",
                "sources.shop.kind=shop",
                "sources.shop.secret=t0ken"));
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, folder.resolve("mappings"), "test"),
                Environment.of(Map.of()));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), Watch.none()));
    }
}
