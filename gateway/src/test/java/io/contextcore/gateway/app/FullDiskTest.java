package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.contextcore.gateway.testing.SmallDisk;
import io.opentelemetry.proto.trace.v1.Span;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway that has no room left, by its budget or by its disk. */
@Timeout(120)
class FullDiskTest {

    /** RocksDB writes again once about as much is free as it keeps in memory. */
    private static final int DISK_MIB = 400;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private int accepted;

    @Test
    @Promise("budget-503")
    void atTheBudgetRequestsAreToldToComeAgainUntilTheCollectorHasTakenWhatWaits() {
        try (OtlpReceiver receiver = OtlpReceiver.start().replyWith(request -> new Reply.Http(503, null));
                GatewayApp app = start(
                        folder.resolve("store"),
                        "data.disk_budget=64KiB",
                        "export.protocol=http/protobuf",
                        "export.endpoint=http://127.0.0.1:" + receiver.httpPort())) {
            tellUntilRefused(app, "");
            receiver.replyWith(request -> new Reply.Ok());
            assertTaken(app, "");
            Await.until("all that was accepted is told", PATIENCE, () -> adopted(receiver) == accepted);
        }
    }

    @Test
    @Promise("full-disk-recovers")
    void onAFullDiskRequestsAreToldToComeAgainUntilThereIsRoom() throws Exception {
        String large = "x".repeat(1_000_000);
        Path file = folder.resolve("out.jsonl");
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), DISK_MIB)) {
            Path store = disk.folder().resolve("store");
            try (GatewayApp app = start(store, "export.file=" + file)) {
                post(app, "");
                disk.fill();
                tellUntilRefused(app, large);
                disk.free();
                assertTaken(app, large);
            }
            try (GatewayApp again = start(store, "export.file=" + file)) {
                assertTrue(again.intakePort() > 0);
                Await.until("all that was accepted is told", PATIENCE, () -> adopted(file) >= accepted);
            }
        }
        assertEquals(accepted, adopted(file), "once");
    }

    private static long adopted(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .mapToLong(line -> line.split("\"name\":\"task.adopted\"", -1).length - 1)
                .sum();
    }

    private static long adopted(OtlpReceiver receiver) {
        return receiver.spans().stream()
                .filter(span -> span.getName().equals("task.adopted"))
                .map(Span::getTraceId)
                .distinct()
                .count();
    }

    private void tellUntilRefused(GatewayApp app, String more) {
        HttpResponse<String> answer = post(app, more);
        while (answer.statusCode() == 202) {
            answer = post(app, more);
        }
        assertEquals(503, answer.statusCode());
        assertEquals(Optional.of("30"), answer.headers().firstValue("retry-after"));
    }

    /** By itself, and what was refused before is no duplicate. */
    private void assertTaken(GatewayApp app, String more) {
        Await.until("requests are taken again", PATIENCE, () -> post(app, more).statusCode() == 202);
    }

    /** The next issue; the same again until it is accepted. */
    private HttpResponse<String> post(GatewayApp app, String more) {
        int number = accepted + 1;
        String body = SecondCopy.issue("2026-03-02T10:00:00Z")
                .replace("12001", String.valueOf(number))
                .replace("\"number\":12,", "\"number\":" + number + ",")
                .replace("issues/12", "issues/" + number)
                .replace("Two addresses", "Two addresses\",\"body\":\"" + more);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + app.intakePort() + "/webhooks/github"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "issues")
                .header("X-GitHub-Delivery", "delivery-" + number)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
        accepted += answer.statusCode() == 202 ? 1 : 0;
        return answer;
    }

    private GatewayApp start(Path store, String... more) {
        List<String> sets = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "data.folder=" + store,
                "sources.github.kind=github",
                "sources.github.verify=none"));
        sets.addAll(List.of(more));
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, Path.of("..", "mappings"), "test"),
                Environment.of(Map.of()));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, BuiltinProgram.of(settings), "test", Clock.system(), Randomness.system(), balanced));
    }
}
