package io.contextcore.gateway.server;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.intake.SenderAddresses;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.Caps;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An intake server with a receiver that a test gives its answers, and a client for it. */
final class Intake {

    /** Bodies of 300,000 bytes, 700,000 bytes in flight. */
    private static final Limits LIMITS =
            Caps.with(Map.of("bodyBytes", 300_000L, "headerBytes", 2_000L, "inFlightBytes", 700_000L));

    private static final Listen LISTEN = new Listen(
            "127.0.0.1",
            0,
            1,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            100,
            Duration.ofSeconds(10));

    private final Vertx vertx = Vertx.vertx();
    final FakeReceiver receiver = new FakeReceiver();
    final CountedMetrics metrics = new CountedMetrics();
    private final HttpClient client = HttpClient.newHttpClient();
    IntakeServer server;

    void start() throws Exception {
        server = started(LISTEN);
    }

    /** Every request that came has one outcome. */
    void close() throws Exception {
        Await.until(
                "an outcome of each request",
                Duration.ofSeconds(60),
                () -> metrics.of(Metric.REQUESTS)
                        == metrics.received().values().stream()
                                .mapToLong(count -> count)
                                .sum());
        await(vertx.close());
    }

    IntakeServer started(Listen listen) throws Exception {
        return await(IntakeServer.start(vertx, listen, parts()));
    }

    IntakeServer started(Listen listen, TlsKeys tls) throws Exception {
        return await(IntakeServer.start(vertx, listen, parts(LIMITS, tls)));
    }

    IntakeServer started(Listen listen, Limits limits) throws Exception {
        return await(IntakeServer.start(vertx, listen, parts(limits, null)));
    }

    IntakeServer.Parts parts() {
        return parts(LIMITS, null);
    }

    private IntakeServer.Parts parts(Limits limits, @Nullable TlsKeys tls) {
        SenderAddresses senders = new SenderAddresses(List.of());
        return new IntakeServer.Parts(receiver, limits, senders, tls, Clock.system(), metrics);
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    CompletableFuture<HttpResponse<String>> postAsync(String body) {
        HttpRequest request = HttpRequest.newBuilder(uri("/webhooks/forge"))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
