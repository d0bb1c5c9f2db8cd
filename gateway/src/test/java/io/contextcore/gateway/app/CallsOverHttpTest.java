package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The calls of the API that comes with the gateway, in a whole gateway, over HTTP. */
@Timeout(120)
class CallsOverHttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Names of log records, with the task that they are of. */
    private final List<String> logs = new CopyOnWriteArrayList<>();

    @RegisterExtension
    final Balanced balanced = new Balanced(new Watch() {
        @Override
        public void answered(IntakeRequest request, Outcome outcome) {}

        @Override
        public void stepped(Delivery delivery, Stepped step) {
            step.emissions().forEach(emission -> emission.logs().forEach(log -> logs.add(told(log))));
        }
    });

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private static String told(LogRecord log) {
        return log.eventName() + " " + log.attributes().get("task.id");
    }

    @Test
    void aStoryToldByRoutesComesOutAsLogs() throws Exception {
        try (GatewayApp app = start()) {
            assertEquals(
                    202,
                    post(app, "/v1/tasks", "{\"id\": \"a/b\", \"project\": \"shop\"}")
                            .statusCode());
            assertEquals(
                    202,
                    post(app, "/v1/tasks/a%2Fb/block", "{\"reason\": \"no time\"}")
                            .statusCode());
            assertEquals(202, post(app, "/v1/tasks/a%2Fb/complete", "").statusCode());
            waitFor("task.created", "task.blocked", "task.completed");
        }
    }

    @Test
    void aListIsKeptCallByCallAndBalances() throws Exception {
        try (GatewayApp app = start()) {
            HttpResponse<String> response = post(app, "/v1/calls", """
                    [{"call": "task.start", "id": "T-1", "project": "shop", "at": "2026-03-02T10:00:00Z"},
                     {"call": "task.complete", "id": "T-1", "at": "2026-03-02T12:00:00Z"}]""", "Idempotency-Key", "k1");

            assertEquals(202, response.statusCode());
            assertEquals("{\"ids\":[\"desk//k1%2F0\",\"desk//k1%2F1\"]}", response.body());
            waitFor("task.created", "task.completed");
        }
        assertEquals(1, balanced.stopped());
    }

    @Test
    void aCallThatIsRepeatedUnderItsKeyCountsOnceAndOneWithoutAKeyEachTime() throws Exception {
        try (GatewayApp app = start()) {
            String comment = "{\"text\": \"hello\"}";
            post(app, "/v1/tasks", "{\"id\": \"T-1\", \"project\": \"shop\"}");
            HttpResponse<String> first = post(app, "/v1/tasks/T-1/comment", comment, "Idempotency-Key", "k1");
            HttpResponse<String> again = post(app, "/v1/tasks/T-1/comment", comment, "Idempotency-Key", "k1");
            assertEquals(first.body(), again.body());
            post(app, "/v1/tasks/T-1/comment", comment);
            post(app, "/v1/tasks/T-1/comment", comment);
            post(app, "/v1/tasks/T-1/complete", "");
            waitFor("task.completed");
        }
        assertEquals(
                3, logs.stream().filter(log -> log.startsWith("task.commented")).count());
    }

    @Test
    void whatIsNoCallIsRefusedAndSaysWhatIsExpected() throws Exception {
        try (GatewayApp app = start()) {
            assertEquals(
                    401,
                    post(app, "/v1/tasks", "{}", "Authorization", "Bearer wrong")
                            .statusCode());
            assertEquals(404, post(app, "/v1/tasks/T-1/begin", "{}").statusCode());
            HttpResponse<String> refused = post(app, "/v1/tasks/T-1/status", "{\"status\": \"ready\"}");
            assertEquals(400, refused.statusCode());
            assertEquals(
                    "{\"error\":\"invalid\",\"message\":\"'status' does not fit (expected: one of pending, in_progress,"
                            + " in_review, blocked, done, cancelled)\"}",
                    refused.body());
            HttpResponse<String> read =
                    send(app, "/v1/tasks", HttpRequest.newBuilder().GET());
            assertEquals(405, read.statusCode());
        }
    }

    @Test
    void theDescriptionIsReadByAnybody() throws Exception {
        try (GatewayApp app = start()) {
            HttpResponse<String> response =
                    send(app, "/v1/openapi.json", HttpRequest.newBuilder().GET());

            assertEquals(200, response.statusCode());
            assertEquals(
                    "application/json",
                    response.headers().firstValue("content-type").orElse(""));
            JsonNode document = JSON.readTree(response.body());
            assertEquals("3.1.1", document.path("openapi").asText());
            assertEquals("/v1", document.at("/servers/0/url").asText());
            assertEquals(
                    "task.start", document.at("/paths/~1tasks/post/operationId").asText());
        }
    }

    @Test
    void aSourceWithAPathTakesItsCallsThere() throws Exception {
        try (GatewayApp app =
                start("sources.till.kind=native", "sources.till.secret=other", "sources.till.path=/till")) {
            String call = "{\"id\": \"T-9\", \"project\": \"till\"}";
            assertEquals(401, post(app, "/till/tasks", call).statusCode());
            assertEquals(
                    202,
                    post(app, "/till/tasks", call, "Authorization", "Bearer other")
                            .statusCode());
            HttpResponse<String> document =
                    send(app, "/till/openapi.json", HttpRequest.newBuilder().GET());
            assertEquals(
                    "/till", JSON.readTree(document.body()).at("/servers/0/url").asText());
        }
    }

    @Test
    void twoSourcesCannotTakeTheirCallsAtOnePlace() {
        InvalidFiles error =
                assertThrows(InvalidFiles.class, () -> start("sources.till.kind=native", "sources.till.secret=other"));

        assertTrue(error.getMessage().contains("would come in below /v1"), error.getMessage());
    }

    private void waitFor(String... events) {
        for (String event : events) {
            Await.until(event, Duration.ofSeconds(30), () -> logs.stream().anyMatch(log -> log.startsWith(event)));
        }
    }

    private GatewayApp start(String... more) {
        List<String> sets = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "data.folder=store",
                "export.file=out.jsonl",
                "sources.desk.kind=native",
                "sources.desk.secret=top secret"));
        sets.addAll(List.of(more));
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, Path.of("..", "mappings"), "test"),
                Environment.of(Map.of()));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
    }

    private HttpResponse<String> post(GatewayApp app, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .setHeader("Authorization", "Bearer top secret")
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(app, path, request);
    }

    private HttpResponse<String> send(GatewayApp app, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + app.intakePort() + path);
        return http.send(request.uri(url).build(), HttpResponse.BodyHandlers.ofString());
    }
}
