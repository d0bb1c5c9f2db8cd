package io.contextcore.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.contextcore.gateway.testing.Promise;
import io.vertx.core.Vertx;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdminServerTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private AdminServer server;

    @BeforeEach
    void start() throws Exception {
        server = started(() -> "contextcore_x 1\n");
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void itIsAliveWhateverElse() throws Exception {
        reasons.add("draining");
        assertAnswer(200, "{\"status\":\"live\"}", get("/health/live"));
    }

    @Test
    void itIsReadyUnlessThereAreReasons() throws Exception {
        assertAnswer(200, "{\"status\":\"ready\"}", get("/health/ready"));
        reasons.addAll(List.of("draining", "store: \"full\""));
        assertAnswer(
                503,
                "{\"status\":\"not-ready\",\"reasons\":[\"draining\",\"store: \\\"full\\\"\"]}",
                get("/health/ready"));
    }

    @Test
    void theMetricsPageIsText() throws Exception {
        HttpResponse<String> response = get("/metrics");
        assertAnswer(200, "contextcore_x 1\n", response);
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                response.headers().firstValue("content-type").orElseThrow());
    }

    @Test
    void theStatusPageIsJson() throws Exception {
        assertAnswer(200, "{\"queued\":3}", get("/status"));
        assertEquals(
                "application/json",
                get("/status").headers().firstValue("content-type").orElseThrow());
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertEquals(404, get("/webhooks/forge").statusCode());
        HttpRequest post = HttpRequest.newBuilder(uri("/metrics"))
                .POST(BodyPublishers.ofString("x"))
                .build();
        HttpResponse<String> response = client.send(post, BodyHandlers.ofString());
        assertEquals(405, response.statusCode());
        assertEquals("GET, HEAD", response.headers().firstValue("allow").orElseThrow());
        HttpRequest head = HttpRequest.newBuilder(uri("/health/live"))
                .method("HEAD", BodyPublishers.noBody())
                .build();
        assertAnswer(200, "", client.send(head, BodyHandlers.ofString()));
    }

    @Test
    void aReloadIsAskedForByPostAndToldWhetherItWasGood() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri("/admin/reload"))
                .POST(BodyPublishers.noBody())
                .build();
        assertAnswer(200, "{\"result\":\"x\"}", client.send(post, BodyHandlers.ofString()));
        reasons.add("wrong");
        assertAnswer(422, "{\"result\":\"x\"}", client.send(post, BodyHandlers.ofString()));
        HttpResponse<String> read = get("/admin/reload");
        assertEquals(405, read.statusCode());
        assertEquals("POST", read.headers().firstValue("allow").orElseThrow());
    }

    @Test
    @Promise("nothing-internal-is-told")
    void aPageThatFailsTellsNothingInternal() throws Exception {
        server = started(() -> {
            throw new IllegalStateException("hush");
        });
        HttpResponse<String> response = get("/metrics");
        assertEquals(500, response.statusCode());
        assertFalse(response.body().contains("hush"), response.body());
    }

    @Test
    void aTakenPortIsNamedAndAfterShutdownNobodyListens() throws Exception {
        Listen same = Listen.on("127.0.0.1", server.port(), 1);
        ExecutionException error = assertThrows(
                ExecutionException.class,
                () -> AdminServer.start(Vertx.vertx(), same, pages(() -> ""))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS));
        assertEquals(
                server.port(),
                assertInstanceOf(CannotListen.class, error.getCause()).port());
        server.shutdown().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThrows(ConnectException.class, () -> get("/metrics"));
    }

    @Test
    void deadLettersAreShownByNumber() throws Exception {
        server = started(() -> "");
        assertAnswer(200, "{\"list\":\"{}\"}", get("/admin/dead-letters"));
        assertAnswer(200, "{\"list\":\"{a=b c, code=x}\"}", get("/admin/dead-letters?a=b%20c&code=x&code=y"));
        assertAnswer(422, "{\"list\":\"{wrong=}\"}", get("/admin/dead-letters?wrong="));
        assertAnswer(200, "{\"delivery\":7}", get("/admin/dead-letters/7"));
        assertAnswer(200, "{\"logs\":7}", get("/admin/dead-letters/logs/7"));
        assertEquals(404, get("/admin/dead-letters/8").statusCode());
        assertEquals(404, get("/admin/dead-letters/seven").statusCode());
    }

    @Test
    void deadLettersAreReplayedAndDroppedByPostAlone() throws Exception {
        server = started(() -> "");
        assertAnswer(200, "{\"replay\":\"{all=true}\"}", post("/admin/dead-letters/replay?all=true"));
        assertAnswer(200, "{\"drop\":\"{source=shop}\"}", post("/admin/dead-letters/drop?source=shop"));
        assertEquals(405, get("/admin/dead-letters/replay?all=true").statusCode());
    }

    @Test
    void aPageInABrowserCausesNothing() throws Exception {
        server = started(() -> "");
        for (String path : List.of("/admin/dead-letters/drop?all=true", "/admin/reload")) {
            assertEquals(403, post(path, "Origin", "http://elsewhere.example").statusCode(), path);
        }
    }

    private static void assertAnswer(int status, String body, HttpResponse<String> response) {
        assertEquals(status, response.statusCode());
        assertEquals(body, response.body());
    }

    private AdminServer started(Supplier<String> metrics) throws Exception {
        return AdminServer.start(vertx, Listen.on("127.0.0.1", 0, 1), pages(metrics))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private AdminServer.Pages pages(Supplier<String> metrics) {
        return new AdminServer.Pages(
                () -> reasons,
                metrics,
                () -> JsonNodeFactory.instance.objectNode().put("queued", 3),
                new Desk(),
                () -> new AdminServer.Done(
                        reasons.isEmpty(), JsonNodeFactory.instance.objectNode().put("result", "x")));
    }

    /** Tells what it was asked. */
    private static final class Desk implements DeadLetterDesk {

        @Override
        public AdminServer.Done list(Map<String, String> query) {
            return new AdminServer.Done(!query.containsKey("wrong"), told("list", query));
        }

        @Override
        public Optional<JsonNode> show(String kind, long number) {
            return number == 7
                    ? Optional.of(JsonNodeFactory.instance.objectNode().put(kind, number))
                    : Optional.empty();
        }

        @Override
        public AdminServer.Done replay(Map<String, String> query) {
            return new AdminServer.Done(true, told("replay", query));
        }

        @Override
        public AdminServer.Done drop(Map<String, String> query) {
            return new AdminServer.Done(true, told("drop", query));
        }

        private static JsonNode told(String what, Map<String, String> query) {
            return JsonNodeFactory.instance.objectNode().put(what, String.valueOf(new TreeMap<>(query)));
        }
    }

    private HttpResponse<String> post(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
