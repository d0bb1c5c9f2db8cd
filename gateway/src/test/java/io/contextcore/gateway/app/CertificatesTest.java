package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.Certificate;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway whose webhooks come over TLS, and one whose telemetry goes over it. */
@Timeout(240)
class CertificatesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path made;

    private static Certificate first;
    private static Certificate second;

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeAll
    static void make() throws Exception {
        first = Certificate.make(made.resolve("first"));
        second = Certificate.make(made.resolve("second"));
    }

    @BeforeEach
    void write() {
        new ReloadingShop(folder.resolve("mappings"));
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        copy(first.pem(), certificate);
        copy(first.key(), key);
    }

    @Test
    @Promise("certificates-renew")
    void filesThatChangeAreInUseSoonAtTheSamePort() {
        try (GatewayApp app = overTls()) {
            int port = app.intakePort();
            assertEquals(202, post(first, app, 1));
            assertTrue(metrics(app).contains("contextcore_certificate_expires_seconds 1."), metrics(app));
            copy(second.key(), key);
            copy(second.pem(), certificate);
            Await.until("the other certificate", PATIENCE, () -> post(second, app, 2) == 202);
            assertEquals(port, app.intakePort());
            assertEquals(-1, post(first, app, 3), "who trusts the former only sees that it is gone");
            Await.until(
                    "it is counted",
                    PATIENCE,
                    () -> metrics(app).contains("contextcore_certificate_reloads_total{result=\"loaded\"} 1.0"));
        }
    }

    @Test
    @Promise("certificates-renew")
    void filesThatCannotBeUsedChangeNothingAndAReloadSaysSoAgain() throws IOException {
        try (GatewayApp app = overTls()) {
            Files.writeString(key, "no key at all");
            Await.until("it is told", PATIENCE, () -> refusals(app) == 1);
            assertEquals(202, post(first, app, 1));
            app.reloadBySignal();
            assertEquals(2, refusals(app), "a signal has them read at once");
            ReloadingShop.reload(app.adminPort());
            assertEquals(3, refusals(app), "and so does a reload by HTTP");
            assertEquals(202, post(first, app, 2));
            copy(second.key(), key);
            copy(second.pem(), certificate);
            app.reloadBySignal();
            Await.until("what is mended is in use", PATIENCE, () -> post(second, app, 3) == 202);
        }
    }

    @Test
    @Promise("mutual-tls")
    void onlySendersOfTheNamedAuthoritiesGetIn() {
        try (GatewayApp app = overTls("http.tls.client_ca=" + second.pem())) {
            assertEquals(-1, post(first.trusted(), app, 1));
            assertEquals(-1, post(first.trusted(first), app, 1));
            assertEquals(202, post(first.trusted(second), app, 1));
        }
    }

    @Test
    void withoutUsableFilesThereIsNoStart() throws IOException {
        Files.delete(key);
        CannotStart error = assertThrows(CannotStart.class, this::overTls);
        assertEquals("http.tls: " + key + " cannot be read (expected: a readable PEM file)", error.getMessage());
    }

    @Test
    void aCheckTellsOfEveryFileThatAStartCouldNotUse() throws IOException {
        Path trusted = folder.resolve("trusted.pem");
        Path own = folder.resolve("own.pem");
        copy(first.pem(), trusted);
        copy(first.pem(), own);
        Map<String, String> variables = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "https://localhost:4317",
                "OTEL_EXPORTER_OTLP_CERTIFICATE", trusted.toString(),
                "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", own.toString(),
                "OTEL_EXPORTER_OTLP_CLIENT_KEY", first.key().toString());
        List<String> tls = List.of("http.tls.certificate=tls.crt", "http.tls.key=tls.key");
        assertEquals(List.of(), checked(variables, tls));

        copy(second.key(), key);
        Files.delete(trusted);
        Files.writeString(own, "no certificate at all");
        assertEquals(
                List.of(
                        "OTEL_EXPORTER_OTLP_CERTIFICATE: CC0803 " + trusted
                                + " cannot be read (expected: a readable PEM file)",
                        "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: CC0803 " + own
                                + " holds no certificate (expected: X.509 in PEM)",
                        "http.tls: CC0802 " + key + " is not the key of the certificate in " + certificate),
                checked(variables, tls),
                "what both signals use is told once");
        assertEquals(
                List.of(),
                checked(variables, List.of("export.file=out.jsonl")),
                "nothing is sent over the network, and nothing is served over TLS");
    }

    @Test
    void withoutUsableFilesOfTheExportThereIsNoStart() {
        CannotStart error = assertThrows(
                CannotStart.class,
                () -> start(
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                "https://localhost:4317",
                                "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE",
                                first.pem().toString(),
                                "OTEL_EXPORTER_OTLP_CLIENT_KEY",
                                second.key().toString()),
                        List.of()));
        assertEquals(
                "export: a certificate or key cannot be used: " + second.key()
                        + " is not the key of the certificate in " + first.pem(),
                error.getMessage());
    }

    /** What a check of the settings tells. */
    private List<String> checked(Map<String, String> variables, List<String> sets) {
        try {
            GatewayApp.check(parts(settings(variables, sets)));
            return List.of();
        } catch (InvalidFiles e) {
            return e.problems().stream().map(Problem::render).toList();
        }
    }

    @Test
    @Promise("tls-or-nothing")
    void halfOfItIsNotTakenForPlainText() {
        assertEquals(
                "http.tls.certificate: not enough for TLS (expected also: http.tls.key)",
                refused("http.tls.certificate=a.pem"));
        assertEquals(
                "http.tls.key: not enough for TLS (expected also: http.tls.certificate)",
                refused("http.tls.key=a.pem"));
        assertEquals(
                "http.tls.client_ca: not enough for TLS (expected also: http.tls.certificate, http.tls.key)",
                refused("http.tls.client_ca=a.pem"));
    }

    /** The variables as the OpenTelemetry specification has them, towards a receiver that wants a certificate of its senders. */
    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    @Promise("collector-mutual-tls")
    void telemetryGoesOverMutualTls(String protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.startTls(first, second)) {
            int port = protocol.equals("grpc") ? receiver.grpcPort() : receiver.httpPort();
            Map<String, String> variables = new HashMap<>(Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "https://localhost:" + port,
                    "OTEL_EXPORTER_OTLP_PROTOCOL",
                    protocol,
                    "OTEL_EXPORTER_OTLP_CERTIFICATE",
                    first.pem().toString()));
            try (GatewayApp app = start(variables, List.of())) {
                assertEquals(202, ReloadingShop.order(app.intakePort(), 1).statusCode());
                Await.until(
                        "a try",
                        PATIENCE,
                        () -> metrics(app).contains("contextcore_exports_total{result=\"retry\",signal=\"logs\"}"));
            }
            assertEquals(List.of(), receiver.logs(), "without a certificate of ours it takes nothing");
            variables.put("OTEL_EXPORTER_OTLP_CLIENT_KEY", second.key().toString());
            variables.put("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", second.pem().toString());
            try (GatewayApp app = start(variables, List.of())) {
                Await.until("what waited", PATIENCE, () -> receiver.logs().size() == 2);
                assertEquals(202, ReloadingShop.order(app.intakePort(), 2).statusCode());
                Await.until("what came", PATIENCE, () -> receiver.logs().size() == 4);
            }
        }
    }

    private String refused(String set) {
        InvalidFiles error = assertThrows(InvalidFiles.class, () -> settings(Map.of(), List.of(set)));
        assertEquals(1, error.problems().size(), error.getMessage());
        return error.problems().get(0).message();
    }

    private GatewayApp overTls(String... more) {
        List<String> sets = new ArrayList<>(List.of(more));
        sets.addAll(List.of("http.tls.certificate=tls.crt", "http.tls.key=tls.key", "export.file=out.jsonl"));
        return start(Map.of(), sets);
    }

    private GatewayApp start(Map<String, String> variables, List<String> sets) {
        return GatewayApp.start(parts(settings(variables, sets)));
    }

    private static GatewayApp.Parts parts(Settings settings) {
        return new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), Watch.none());
    }

    private Settings settings(Map<String, String> variables, List<String> more) {
        List<String> sets = new ArrayList<>(more);
        sets.addAll(List.of(
                "http.host=127.0.0.1",
                "http.port=0",
                "admin.port=0",
                "data.folder=store",
                "stop.timeout=2s",
                "mappings=mappings",
                "sources.shop.kind=shop",
                "sources.shop.secret=top secret"));
        return SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, folder.resolve("mappings"), "test"),
                Environment.of(variables));
    }

    private static long refusals(GatewayApp app) {
        return metrics(app)
                .lines()
                .filter(line -> line.startsWith("contextcore_certificate_reloads_total{result=\"refused\"}"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    private static String metrics(GatewayApp app) {
        return ReloadingShop.get(app.adminPort(), "/metrics").body();
    }

    /** The status; -1 where there is no connection. */
    private static int post(Certificate trusted, GatewayApp app, long id) {
        return post(trusted.trusted(), app, id);
    }

    private static int post(SSLContext context, GatewayApp app, long id) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + app.intakePort() + "/webhooks/shop"))
                .header("Content-Type", "application/json")
                .header("X-Token", "top secret")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\": " + id + "}"))
                .build();
        try {
            // A client of its own each time: none keeps a connection, or resumes a session.
            return HttpClient.newBuilder()
                    .sslContext(context)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** In one step, as who renews certificates with care does. */
    private static void copy(Path from, Path to) {
        try {
            Path beside = to.resolveSibling(to.getFileName() + ".new");
            Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
