package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.export.OtlpSettings.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpSettingsTest {

    private final Problems problems = new Problems();

    @Test
    void nothingSetIsGrpcAtTheLocalPort() {
        OtlpSettings settings = settings(Map.of());

        assertFalse(settings.configured());
        assertEquals(Protocol.GRPC, settings.traces().protocol());
        assertEquals("http://localhost:4317", settings.logs().endpoint().toString());
        assertEquals(Duration.ofSeconds(10).toNanos(), settings.traces().timeoutNanos());
        assertFalse(settings.traces().gzip() || settings.traces().tls());
        assertNull(settings.traces().certificate());
        assertTrue(problems.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "http://c:4318, http://c:4318/v1/traces, http://c:4318/v1/logs",
        "http://c:4318/, http://c:4318/v1/traces, http://c:4318/v1/logs",
        "https://c/otlp/, https://c/otlp/v1/traces, https://c/otlp/v1/logs",
        "http://c/a%20b, http://c/a%20b/v1/traces, http://c/a%20b/v1/logs"
    })
    void aGeneralHttpEndpointGetsThePathOfTheSignal(String endpoint, String traces, String logs) {
        OtlpSettings settings = settings(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

        assertTrue(settings.configured());
        assertEquals(traces, settings.traces().endpoint().toString());
        assertEquals(logs, settings.logs().endpoint().toString());
    }

    @ParameterizedTest
    @CsvSource({"http://c:4318, http://c:4318/", "http://c:4318/x, http://c:4318/x", "http://c/x/, http://c/x/"})
    void aSignalsOwnHttpEndpointIsUsedAsItIs(String endpoint, String expected) {
        OtlpSettings settings = settings(Map.of(
                "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", endpoint,
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://other:1",
                "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "http/protobuf"));

        assertEquals(expected, settings.logs().endpoint().toString());
        assertEquals("http://other:1", settings.traces().endpoint().toString());
        assertEquals(Protocol.GRPC, settings.traces().protocol());
    }

    @Test
    void thePortOfOtlpOverHttpMeansHttpUnlessToldOtherwise() {
        Map<String, String> endpoint = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318");

        assertEquals(Protocol.HTTP_PROTOBUF, settings(endpoint).traces().protocol());
        assertEquals(
                Protocol.GRPC,
                settings(with(endpoint, "PROTOCOL", "grpc")).traces().protocol());
        assertEquals(
                Protocol.GRPC,
                settings(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317"))
                        .traces()
                        .protocol());
    }

    @ParameterizedTest
    @CsvSource({
        "https://c:1, false, true, 1",
        "http://c:1, false, false, 1",
        "c:1, false, true, 1",
        "c:1, true, false, 1",
        "https://c, true, true, 443",
        "http://c, false, false, 80"
    })
    void tlsIsByTheSchemeAndWithoutOneByInsecure(String endpoint, String insecure, boolean tls, int port) {
        OtlpSettings.Target target = settings(
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_EXPORTER_OTLP_INSECURE", insecure))
                .traces();

        assertEquals(tls, target.tls());
        assertEquals(port, target.port());
    }

    @Test
    void headersAreSecretsAndASignalsOwnReplaceTheGeneralOnes() {
        OtlpSettings settings = settings(Map.of(
                "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20abc,x-scope=1",
                "OTEL_EXPORTER_OTLP_LOGS_HEADERS", "x-scope=2"));

        assertEquals(
                Map.of("authorization", Secret.of("Bearer abc"), "x-scope", Secret.of("1")),
                settings.traces().headers());
        assertEquals(Map.of("x-scope", Secret.of("2")), settings.logs().headers());
        assertFalse(settings.toString().contains("abc"));
    }

    @Test
    void theOtherVariablesAreRead() {
        OtlpSettings.Target target = settings(Map.of(
                        "OTEL_EXPORTER_OTLP_TIMEOUT", "2500",
                        "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
                        "OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem",
                        "OTEL_EXPORTER_OTLP_CLIENT_KEY", "/key.pem",
                        "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "/cert.pem"))
                .traces();

        assertEquals(Duration.ofMillis(2500).toNanos(), target.timeoutNanos());
        assertTrue(target.gzip());
        assertEquals(
                List.of(Path.of("/ca.pem"), Path.of("/key.pem"), Path.of("/cert.pem")),
                List.of(target.certificate(), target.clientKey(), target.clientCertificate()));
    }

    @ParameterizedTest
    @CsvSource({
        "PROTOCOL, http/json",
        "PROTOCOL, gprc",
        "ENDPOINT, ftp://c:1",
        "ENDPOINT, http://",
        "ENDPOINT, http://user:password@c",
        "TIMEOUT, 10s",
        "TIMEOUT, 0",
        "COMPRESSION, zstd",
        "HEADERS, authorization",
        "HEADERS, a b=c",
        "HEADERS, a=b%0Ac",
        "HEADERS, a=",
        "CLIENT_KEY, /key.pem",
        "CLIENT_CERTIFICATE, /certificate.pem",
    })
    void whatCannotBeUsedIsOneProblemThatNamesItsVariable(String suffix, String value) {
        OtlpSettings settings = settings(Map.of("OTEL_EXPORTER_OTLP_" + suffix, value));

        List<Problem> found = problems.all();
        assertEquals(1, found.size(), found.toString());
        assertEquals("OTEL_EXPORTER_OTLP_" + suffix, found.get(0).location().file());
        assertEquals(Protocol.GRPC, settings.traces().protocol());
        assertEquals("http://localhost:4317", settings.traces().endpoint().toString());
    }

    @Test
    void anUnknownProtocolNamesTheNearest() {
        settings(Map.of("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "http/protobuff"));

        assertEquals(
                "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: CC0803 unknown protocol 'http/protobuff' "
                        + "(expected: grpc, http/protobuf), nearest: http/protobuf",
                problems.all().get(0).render());
    }

    private static Map<String, String> with(Map<String, String> variables, String suffix, String value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put("OTEL_EXPORTER_OTLP_" + suffix, value);
        return more;
    }

    private OtlpSettings settings(Map<String, String> variables) {
        return OtlpSettings.from(Environment.of(variables), problems);
    }
}
