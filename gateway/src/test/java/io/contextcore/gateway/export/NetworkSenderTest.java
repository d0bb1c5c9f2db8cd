package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.testing.Certificate;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.Reply;
import io.contextcore.gateway.testing.Wait;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both network senders against a receiver that speaks real OTLP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkSenderTest {

    private static final String SHORT = "300";

    private Vertx vertx;
    private OtlpReceiver receiver;
    private Sender sender;

    @BeforeAll
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    void stop() {
        Wait.until(vertx.close());
    }

    @AfterEach
    void closeBoth() {
        Wait.until(sender.close());
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void bothSignalsArriveAsTheyAreWithTheHeaders(String transport) {
        open(transport, Map.of("HEADERS", "authorization=Bearer%20s3cret,x-scope=7"));

        for (TelemetrySignal signal : TelemetrySignal.values()) {
            byte[] payload = Payloads.of(signal, "a");
            assertEquals(new SendResult.Delivered(), Wait.until(sender.send(signal, payload)));

            Received received = last();
            assertEquals(transport, received.transport());
            assertEquals(signal, received.signal());
            assertArrayEquals(payload, received.payload());
            assertEquals("Bearer s3cret", received.headers().get("authorization"));
            assertEquals("7", received.headers().get("x-scope"));
            assertEquals(
                    "contextcore-gateway/9.9 OTel-OTLP-Exporter-Java/9.9",
                    received.headers().get("user-agent"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void gzipArrivesUncompressed(String transport) {
        open(transport, Map.of("COMPRESSION", "gzip"));
        byte[] payload = Payloads.span("a".repeat(100_000));

        assertEquals(new SendResult.Delivered(), Wait.until(sender.send(TelemetrySignal.TRACES, payload)));

        assertArrayEquals(payload, last().payload());
        assertEquals("gzip", last().headers().get(transport.equals("grpc") ? "grpc-encoding" : "content-encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void aRequestOfFiveMegabytesPasses(String transport) {
        open(transport, Map.of());
        byte[] payload = Payloads.span("a".repeat(5_000_000));

        assertEquals(new SendResult.Delivered(), Wait.until(sender.send(TelemetrySignal.TRACES, payload)));
        assertArrayEquals(payload, last().payload());
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void partialSuccessTellsHowManyWereNotTaken(String transport) {
        open(transport, Map.of());
        receiver.script(new Reply.Partial(2, "too old"), new Reply.Partial(3, "too long"));

        assertEquals(
                new SendResult.Partial(2, "too old"),
                Wait.until(sender.send(TelemetrySignal.TRACES, Payloads.span("a"))));
        assertEquals(
                new SendResult.Partial(3, "too long"),
                Wait.until(sender.send(TelemetrySignal.LOGS, Payloads.log("a"))));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void everyGrpcStatusIsDecidedByTheTable(GrpcStatus status) {
        open("grpc", Map.of());
        receiver.script(new Reply.Status(status, null), new Reply.Status(status, Duration.ofMillis(1500)));

        assertEquals(
                RetryTable.grpc(status, "scripted", null),
                Wait.until(sender.send(TelemetrySignal.LOGS, Payloads.log("a"))));
        assertEquals(
                RetryTable.grpc(status, "scripted", 1_500_000_000L),
                Wait.until(sender.send(TelemetrySignal.LOGS, Payloads.log("a"))));
    }

    @ParameterizedTest
    @CsvSource({
        "429, , retry, http-429", "429, 7, retry, http-429", "502, , retry, http-502", "503, 7, retry, http-503",
        "504, , retry, http-504", "400, , rejected, http-400", "401, 7, rejected, http-401",
                "404, , rejected, http-404",
        "413, , rejected, http-413", "500, , rejected, http-500", "302, , rejected, http-302"
    })
    void everyHttpStatusIsDecidedByTheTable(int status, String retryAfter, String label, String reason) {
        open("http", Map.of());
        receiver.script(new Reply.Http(status, retryAfter));

        SendResult result = Wait.until(sender.send(TelemetrySignal.TRACES, Payloads.span("a")));

        assertEquals(label, result.label());
        if (result instanceof SendResult.Retry retry) {
            assertEquals(reason, retry.reason());
            assertEquals(retryAfter == null ? null : 7_000_000_000L, retry.afterNanos());
        } else {
            assertEquals(reason, ((SendResult.Rejected) result).reason());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void aConnectionThatBreaksWithoutAnAnswerIsARetryAndTheNextRequestPasses(String transport) {
        open(transport, Map.of());
        receiver.script(new Reply.Reset());

        assertNoAnswer();
        assertEquals(new SendResult.Delivered(), Wait.until(sender.send(TelemetrySignal.TRACES, Payloads.span("a"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void aReceiverThatNeverAnswersIsARetryAfterTheTimeout(String transport) {
        open(transport, Map.of("TIMEOUT", SHORT));
        receiver.script(new Reply.Stall());

        SendResult result = Wait.until(sender.send(TelemetrySignal.TRACES, Payloads.span("a")));

        assertInstanceOf(SendResult.Retry.class, result);
        assertEquals(new SendResult.Delivered(), Wait.until(sender.send(TelemetrySignal.TRACES, Payloads.span("a"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    @Promise("nothing-dropped-that-may-be-sent-again")
    void aReceiverThatIsNotThereIsARetryUntilItComesBack(String transport) {
        open(transport, Map.of());
        int grpcPort = receiver.grpcPort();
        int httpPort = receiver.httpPort();
        receiver.close();

        assertNoAnswer();

        receiver = OtlpReceiver.startAt(grpcPort, httpPort);
        assertEquals(new SendResult.Delivered(), Wait.until(sender.send(TelemetrySignal.TRACES, Payloads.span("a"))));
    }

    @Test
    void aGrpcSenderAtAnHttpPortNeverLosesAnything() {
        receiver = OtlpReceiver.start();
        receiver.replyWith(request -> new Reply.Http(404, null));
        openAt("grpc", local(receiver.httpPort()), Map.of());

        assertNoAnswer();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http"})
    void tlsTrustsTheCertificateThatWasGivenAndNoOther(String transport, @TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.make(folder);
        receiver = OtlpReceiver.startTls(certificate);
        String endpoint = String.format(Locale.ROOT, "https://localhost:%d", port(transport));

        openAt(transport, endpoint, Map.of());
        assertNoAnswer();
        Wait.until(sender.close());

        openAt(transport, endpoint, Map.of("CERTIFICATE", certificate.pem().toString()));
        assertEquals(new SendResult.Delivered(), Wait.until(sender.send(TelemetrySignal.TRACES, Payloads.span("a"))));
        assertEquals(1, receiver.received().size());
    }

    @Test
    void httpGoesToThePathOfTheSignal() {
        open("http", Map.of());

        Wait.until(sender.send(TelemetrySignal.TRACES, Payloads.span("a")));
        Wait.until(sender.send(TelemetrySignal.LOGS, Payloads.log("a")));

        assertEquals(
                List.of("/v1/traces", "/v1/logs"),
                receiver.received().stream()
                        .map(request -> request.headers().get(":path"))
                        .toList());
    }

    private void assertNoAnswer() {
        SendResult result = Wait.until(sender.send(TelemetrySignal.TRACES, Payloads.span("a")));
        assertEquals(
                "no-answer", assertInstanceOf(SendResult.Retry.class, result).reason(), result.toString());
    }

    private Received last() {
        List<Received> all = receiver.received();
        return all.get(all.size() - 1);
    }

    private void open(String transport, Map<String, String> more) {
        receiver = OtlpReceiver.start();
        openAt(transport, local(port(transport)), more);
    }

    private int port(String transport) {
        return transport.equals("grpc") ? receiver.grpcPort() : receiver.httpPort();
    }

    private static String local(int port) {
        return String.format(Locale.ROOT, "http://127.0.0.1:%d", port);
    }

    private void openAt(String transport, String endpoint, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                endpoint,
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                transport.equals("grpc") ? "grpc" : "http/protobuf"));
        more.forEach((suffix, value) -> variables.put("OTEL_EXPORTER_OTLP_" + suffix, value));
        Problems problems = new Problems();
        OtlpSettings settings = OtlpSettings.from(Environment.of(variables), problems);
        assertEquals(List.of(), problems.all());
        sender = OtlpSenders.network(vertx, settings, "9.9", Clock.system());
    }
}
