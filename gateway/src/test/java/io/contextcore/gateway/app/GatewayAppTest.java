package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.OtlpJsonReader;
import io.contextcore.gateway.testing.Promise;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.net.ServerSocket;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class GatewayAppTest {

    private static final String BODY =
            "{\"session_id\":\"8bbcceab-0b3e-4e24-98c9-ec146b1ca8c6\",\"cwd\":\"/home/dev/shop\",\"hook_event_name\":\"PostToolUse\","
                    + "\"prompt_id\":\"23d7f57d-6e63-45f1-9217-c7395a4c98a9\",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"ls\"},"
                    + "\"tool_use_id\":\"toolu_015R8tPjv7FUHuW6MDJj8HpT\",\"duration_ms\":1200}";

    @RegisterExtension
    final Balanced balanced = new Balanced(watch());

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch stepped = new CountDownLatch(1);

    @Test
    void aDeliveryThatIsAcceptedComesOutAsASpanOnce() throws Exception {
        try (GatewayApp app = start()) {
            assertEquals(204, post(app, "agents", "Bearer top secret", BODY).statusCode());
            assertEquals(204, post(app, "agents", "Bearer top secret", BODY).statusCode());
            assertEquals(401, post(app, "agents", "Bearer something else", BODY).statusCode());
            assertEquals(404, post(app, "nobody", "", BODY).statusCode());
            assertTrue(stepped.await(30, TimeUnit.SECONDS));
        }
        List<ExportTraceServiceRequest> requests = traces();
        assertEquals(1, requests.size(), "the duplicate made a span of its own");
        var span = requests.get(0).getResourceSpans(0).getScopeSpans(0).getSpans(0);
        assertEquals("execute_tool Bash", span.getName());
        assertEquals(1_200_000_000L, span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
    }

    @Promise("balances-hold")
    @Test
    void aGatewayThatStopsIsInBalance() throws Exception {
        GatewayApp app = start();
        post(app, "agents", "Bearer top secret", BODY);
        app.close();
        assertEquals(1, balanced.stopped(), "the balances are read when it stops, and compared after each test");
    }

    @Test
    void theMemoryOfTheRuntimeIsShownAsWell() {
        try (GatewayApp app = start()) {
            Await.until(
                    "memory",
                    Duration.ofSeconds(60),
                    () -> get(app, "/metrics").body().contains("jvm_memory_used_bytes{area=\"heap\""));
        }
    }

    @Test
    void theAdminPortTellsOfReadinessAndOfWhatWasCounted() throws Exception {
        try (GatewayApp app = start()) {
            post(app, "agents", "Bearer top secret", BODY);
            assertEquals(200, get(app, "/health/ready").statusCode());
            assertEquals(200, get(app, "/health/live").statusCode());
            String metrics = get(app, "/metrics").body();
            assertTrue(
                    metrics.contains(
                            "contextcore_deliveries_received_total{outcome=\"accepted\",source=\"agents\"} 1.0"),
                    metrics);
            assertTrue(metrics.contains("contextcore_items_waiting{signal=\"traces\"}"), metrics);
            assertTrue(metrics.contains("contextcore_endpoint_state{signal=\"logs\"} 0.0"), metrics);
        }
    }

    @Test
    void whatWasAcceptedSurvivesARestart() throws Exception {
        try (GatewayApp app = start()) {
            assertEquals(204, post(app, "agents", "Bearer top secret", BODY).statusCode());
        }
        try (GatewayApp app = start()) {
            assertEquals(
                    204, post(app, "agents", "Bearer top secret", BODY).statusCode(), "a duplicate is answered alike");
            String metrics = get(app, "/metrics").body();
            assertTrue(metrics.contains("outcome=\"duplicate\""), metrics);
            assertTrue(stepped.await(30, TimeUnit.SECONDS));
        }
        assertEquals(1, traces().size());
    }

    @Test
    void aTakenPortNamesItsSettingAndEverythingIsClosedAgain() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Settings settings = settings("http.port=" + taken.getLocalPort());
            CannotStart error = assertThrows(CannotStart.class, () -> GatewayApp.start(parts(settings)));
            assertTrue(
                    error.getMessage().startsWith("http.port (--set http.port): cannot listen on 127.0.0.1:"),
                    error.getMessage());
            assertEquals("http.port", error.setting());
        }
        start().close();
    }

    @Test
    void aFolderInUseNamesItsSetting() {
        try (GatewayApp app = start()) {
            assertTrue(app.intakePort() > 0);
            CannotStart error = assertThrows(CannotStart.class, this::start);
            assertTrue(error.getMessage().startsWith("data.folder: "), error.getMessage());
        }
    }

    @Test
    void anUnknownKindIsToldWhereItIsNamed() {
        Settings settings = settings("sources.agents.kind=claude-cod");
        InvalidFiles error = assertThrows(InvalidFiles.class, () -> GatewayApp.start(parts(settings)));
        assertTrue(error.getMessage().contains("unknown kind 'claude-cod'"), error.getMessage());
        assertTrue(error.getMessage().contains("nearest: claude-code"), error.getMessage());
    }

    @Test
    void closingTwiceDoesNoHarm() {
        GatewayApp app = start();
        app.close();
        app.close();
        assertTrue(app.intakePort() > 0);
    }

    private GatewayApp start() {
        return GatewayApp.start(parts(settings()));
    }

    private GatewayApp.Parts parts(Settings settings) {
        return new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced);
    }

    private Watch watch() {
        return new Watch() {
            @Override
            public void answered(IntakeRequest request, Outcome outcome) {}

            @Override
            public void stepped(Delivery delivery, Stepped step) {
                stepped.countDown();
            }
        };
    }

    private Settings settings(String... more) {
        List<String> sets = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "data.folder=store",
                "export.file=out.jsonl",
                "sources.agents.kind=claude-code",
                "sources.agents.secret=top secret"));
        sets.addAll(List.of(more));
        Path mappings = Path.of("..", "mappings");
        return SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, mappings, "test"), Environment.of(Map.of()));
    }

    private HttpResponse<String> post(GatewayApp app, String source, String authorization, String body)
            throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + app.intakePort() + "/webhooks/" + source);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(GatewayApp app, String path) throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + app.adminPort() + path);
        return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
    }

    private List<ExportTraceServiceRequest> traces() throws IOException {
        return Files.readAllLines(folder.resolve("out.jsonl")).stream()
                .map(OtlpJsonReader::read)
                .filter(ExportTraceServiceRequest.class::isInstance)
                .map(ExportTraceServiceRequest.class::cast)
                .toList();
    }
}
