package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.Promise;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway's own spans, as they arrive at a receiver when the gateway has stopped. */
class OwnSpansTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void shop() {
        new ReloadingShop(folder.resolve("mine")).write("source.yaml", """
                apiVersion: contextcore.io/v1
                source: shop
                kind: shop
                secret: env:SHOP
                """);
    }

    @Test
    void acceptanceStepAndExportAreSpansOfTheRequestsTrace() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            run(receiver, Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_SERVICE_NAME", "of the project"), "01", true);
            Span accept = one(receiver, "accept");
            Span step = one(receiver, "step");
            assertEquals(TRACE, hex(accept.getTraceId()));
            assertEquals(CALLER, hex(accept.getParentSpanId()));
            assertEquals(Span.SpanKind.SPAN_KIND_SERVER, accept.getKind());
            assertEquals("accepted", text(accept, "contextcore.outcome"));
            assertEquals("shop", text(accept, "contextcore.source"));
            assertEquals(TRACE, hex(step.getTraceId()));
            assertEquals(accept.getSpanId(), step.getParentSpanId());
            assertEquals(accept.getSpanId(), step.getLinks(0).getSpanId());
            assertEquals("mapped", text(step, "contextcore.outcome"));
            assertEquals(text(accept, "contextcore.delivery.id"), text(step, "contextcore.delivery.id"));
            assertTrue(accept.getStartTimeUnixNano() <= accept.getEndTimeUnixNano());
            List<Span> exports = own(receiver, "export");
            assertFalse(exports.isEmpty());
            for (Span export : exports) {
                assertNotEquals(TRACE, hex(export.getTraceId()));
                assertEquals(step.getSpanId(), export.getLinks(0).getSpanId());
                assertEquals("delivered", text(export, "contextcore.outcome"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        ", , 01",
        "none, , 01",
        "otlp, always_off, 01",
        "otlp, , 00",
    })
    @Promise("no-own-spans-unasked")
    void nothingIsSentUnlessItIsAskedForAndSampled(String exporter, String sampler, String flags) throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Map<String, String> variables = new HashMap<>();
            variables.put("OTEL_TRACES_EXPORTER", exporter == null ? "" : exporter);
            variables.put("OTEL_TRACES_SAMPLER", sampler == null ? "" : sampler);
            run(receiver, variables, flags, true);
            assertEquals(List.of(), own(receiver, "accept"));
            assertEquals(List.of(), own(receiver, "step"));
            if (!"otlp".equals(exporter) || sampler != null) {
                assertEquals(List.of(), own(receiver, "export"));
            }
            assertFalse(receiver.received().isEmpty(), "what passes through is sent");
        }
    }

    @Promise("no-own-spans-unasked")
    @Test
    void aStrangerMakesNoSpan() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            run(receiver, Map.of("OTEL_TRACES_EXPORTER", "otlp"), "01", false);
            assertEquals(List.of(), receiver.spans());
        }
    }

    private void run(OtlpReceiver receiver, Map<String, String> variables, String flags, boolean known)
            throws Exception {
        try (GatewayApp app = start(receiver, variables)) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + app.intakePort() + "/webhooks/shop"))
                    .header("Content-Type", "application/json")
                    .header("X-Token", known ? "top secret" : "a guess")
                    .header("traceparent", "00-" + TRACE + "-" + CALLER + "-" + flags)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"id\": 7}"))
                    .build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
            assertEquals(known ? 2 : 4, status / 100, "status " + status);
            if (known) {
                receiver.requests().until("telemetry", all -> !all.isEmpty());
            }
        }
    }

    private GatewayApp start(OtlpReceiver receiver, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("SHOP", "top secret");
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(
                        null,
                        List.of(
                                "http.host=127.0.0.1",
                                "http.port=0",
                                "admin.port=0",
                                "data.folder=store",
                                "mappings=mine",
                                "export.endpoint=http://127.0.0.1:" + receiver.grpcPort()),
                        folder,
                        Path.of("..", "mappings"),
                        "test"),
                Environment.of(environment));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
    }

    private static Span one(OtlpReceiver receiver, String name) {
        List<Span> spans = own(receiver, name);
        assertEquals(1, spans.size(), name + ": " + spans);
        return spans.get(0);
    }

    private static List<Span> own(OtlpReceiver receiver, String name) {
        return receiver.received().stream()
                .flatMap(request -> request.resourceSpans().stream())
                .filter(OwnSpansTest::isOwn)
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static boolean isOwn(ResourceSpans spans) {
        return spans.getResource().getAttributesList().stream()
                .anyMatch(attribute -> attribute.getKey().equals("service.name")
                        && attribute.getValue().getStringValue().equals("contextcore-gateway"));
    }

    private static String text(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(KeyValue::getValue)
                .findFirst()
                .orElseThrow()
                .getStringValue();
    }

    private static String hex(com.google.protobuf.ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
