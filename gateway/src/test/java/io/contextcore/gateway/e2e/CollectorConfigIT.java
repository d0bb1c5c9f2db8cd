package io.contextcore.gateway.e2e;

import static io.contextcore.gateway.e2e.Telemetry.attributes;
import static io.contextcore.gateway.e2e.Telemetry.awaitLog;
import static io.contextcore.gateway.e2e.Telemetry.awaitSpan;
import static io.contextcore.gateway.e2e.Telemetry.id;
import static io.contextcore.gateway.e2e.Telemetry.log;
import static io.contextcore.gateway.e2e.Telemetry.logs;
import static io.contextcore.gateway.e2e.Telemetry.resourceOf;
import static io.contextcore.gateway.e2e.Telemetry.span;
import static io.contextcore.gateway.e2e.Telemetry.spans;
import static io.contextcore.gateway.e2e.Telemetry.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.MessageLite;
import io.contextcore.gateway.testing.Collector;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What otel-collector-config.yaml does with what it is sent, seen by receivers in the places of Tempo and Loki. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectorConfigIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String MASKED = "****";

    private OtlpReceiver tempo;
    private OtlpReceiver loki;
    private Collector collector;

    @BeforeAll
    void start(@TempDir Path folder) {
        tempo = OtlpReceiver.start();
        loki = OtlpReceiver.start();
        collector = start(folder, tempo, loki);
    }

    @AfterAll
    void stop() {
        collector.close();
        tempo.close();
        loki.close();
    }

    @Test
    void aSpanArrivesAtTempoAsItWasSent() throws Exception {
        Span sent = span(1, Map.of("order.id", "A-1", "max_tokens", "4096")).toBuilder()
                .setParentSpanId(id(2, 8))
                .addLinks(Span.Link.newBuilder().setTraceId(id(3, 16)).setSpanId(id(4, 8)))
                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK))
                .build();

        assertEquals(200, send(collector, spans(sent)));

        assertEquals(sent, awaitSpan(tempo, sent.getSpanId()));
    }

    @Test
    void theNameOfAnEventBecomesAnAttributeUnlessThereIsOne() throws Exception {
        send(
                collector,
                logs(Map.of(), log("order.created", Map.of()), log("order.paid", Map.of("event_name", "mine"))));

        assertEquals(
                "order.created", attributes(awaitLog(loki, "order.created")).get("event_name"));
        assertEquals("mine", attributes(awaitLog(loki, "order.paid")).get("event_name"));
    }

    @Test
    void theJobIsTheNameOfTheServiceUnlessThereIsOne() throws Exception {
        send(collector, logs(Map.of("service.name", "shop"), log("job.none", Map.of())));
        send(collector, logs(Map.of("service.name", "shop", "job", "night"), log("job.given", Map.of())));

        assertEquals("shop", resourceOf(loki, "job.none").get("job"));
        assertEquals("night", resourceOf(loki, "job.given").get("job"));
    }

    @Test
    void secretsAreMaskedAndCountsOfTokensAreNot() throws Exception {
        Map<String, String> sent = new TreeMap<>(Map.ofEntries(
                Map.entry("api_key", "abc"),
                Map.entry("service.api-key", "abc"),
                Map.entry("db.password", "abc"),
                Map.entry("client_secret", "abc"),
                Map.entry("access_token", "abc"),
                Map.entry("http.request.header.authorization", "abc"),
                Map.entry("note", "see ghp_" + "a1B2".repeat(9) + " there"),
                Map.entry("gen_ai.usage.input_tokens", "1234"),
                Map.entry("gen_ai.usage.cache_read.input_tokens", "12"),
                Map.entry("gen_ai.token.type", "input"),
                Map.entry("max_tokens", "4096"),
                Map.entry("token_count", "7"),
                Map.entry("secretary", "Ada"),
                Map.entry("order.key", "jsm/1")));
        Map<String, String> expected = new TreeMap<>(sent);
        List.of("api_key", "service.api-key", "db.password", "client_secret", "access_token")
                .forEach(key -> expected.put(key, MASKED));
        expected.put("http.request.header.authorization", MASKED);
        expected.put("note", "see " + MASKED + " there");

        send(collector, logs(Map.of(), log("redaction", sent)));
        Span span = span(10, sent);
        send(collector, spans(span));

        Map<String, String> arrived = attributes(awaitLog(loki, "redaction"));
        arrived.remove("event_name");
        assertEquals(expected, arrived);
        assertEquals(expected, attributes(awaitSpan(tempo, span.getSpanId()).getAttributesList()));
    }

    @Test
    void aSecretInTheBodyOfALogIsMasked() throws Exception {
        LogRecord sent = log("body", Map.of()).toBuilder()
                .setBody(text("{\"note\":\"ghp_" + "a1B2".repeat(9) + "\",\"input_tokens\":12}"))
                .build();

        send(collector, logs(Map.of(), sent));

        assertEquals(
                "{\"note\":\"" + MASKED + "\",\"input_tokens\":12}",
                awaitLog(loki, "body").getBody().getStringValue());
    }

    @Test
    void whatWasTakenSurvivesAKillWhileTheBackendsAreDown(@TempDir Path folder) throws Exception {
        OtlpReceiver down = OtlpReceiver.start();
        down.close();
        List<Integer> numbers = IntStream.range(100, 150).boxed().toList();
        try (Collector killed = start(folder, down, down)) {
            for (int number : numbers) {
                assertEquals(200, send(killed, spans(span(number, Map.of()))));
                assertEquals(200, send(killed, logs(Map.of(), log("kept." + number, Map.of()))));
            }
            killed.kill();

            try (OtlpReceiver up = OtlpReceiver.startAt(down.grpcPort(), down.httpPort())) {
                killed.restart();

                numbers.forEach(number -> awaitSpan(up, id(number, 8)));
                numbers.forEach(number -> awaitLog(up, "kept." + number));
            }
        }
    }

    @Test
    void withATokenOnlyThoseWhoKnowItMaySend(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "opensesame");
        Map<String, String> environment = Map.of(
                "TEMPO_ENDPOINT",
                "127.0.0.1:" + tempo.grpcPort(),
                "LOKI_ENDPOINT",
                "http://127.0.0.1:" + loki.httpPort(),
                "OTLP_AUTH",
                "true",
                "OTLP_TOKEN_FILE",
                token.toString(),
                "OTELCOL_EXTENSIONS",
                "[health_check, file_storage/queue, bearertokenauth/otlp]");
        try (Collector guarded = Collector.start(folder, environment)) {
            assertEquals(401, send(guarded, spans(span(20, Map.of()))));
            assertEquals(200, send(guarded, spans(span(21, Map.of())), "authorization", "Bearer opensesame"));
        }
        assertFalse(tempo.spans().stream().anyMatch(span -> span.getSpanId().equals(id(20, 8))));
    }

    private static Collector start(Path folder, OtlpReceiver tempo, OtlpReceiver loki) {
        return Collector.start(
                folder, "127.0.0.1:" + tempo.grpcPort(), "http://127.0.0.1:" + loki.httpPort() + "/otlp");
    }

    private static int send(Collector collector, MessageLite request, String... headers)
            throws IOException, InterruptedException {
        String path = request instanceof ExportLogsServiceRequest ? "/v1/logs" : "/v1/traces";
        HttpRequest.Builder post = HttpRequest.newBuilder(URI.create(collector.httpEndpoint() + path))
                .header("content-type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.toByteArray()));
        if (headers.length > 0) {
            post.headers(headers);
        }
        return HTTP.send(post.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
