package io.contextcore.gateway.app.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.otlp.EmitMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    @TempDir
    private Path folder;

    private final Path mappings = Path.of("shipped", "mappings");

    @Test
    void withoutAnythingSaidTheDefaultsHold() {
        Settings settings = read(null, Map.of());
        assertEquals(new Settings.Listen("0.0.0.0", 8080, "http.port", Optional.empty()), settings.intake());
        assertEquals(new Settings.Listen("127.0.0.1", 8081, "admin.port", Optional.empty()), settings.admin());
        assertEquals(folder.resolve("contextcore-data"), settings.data());
        assertEquals(List.of(mappings), settings.mappings());
        assertEquals(List.of(), settings.sources());
        assertEquals(EmitMode.DUAL, settings.emitMode());
        assertEquals(
                URI.create("http://localhost:4317"),
                settings.export().otlp().traces().endpoint());
        assertEquals(
                Duration.ofSeconds(10).toNanos(),
                settings.export().otlp().logs().timeoutNanos());
    }

    @Test
    void theCommandLineBeatsOurVariableBeatsOpenTelemetrysBeatsTheFile() {
        String file = "export: {endpoint: 'http://file:4317'}";
        Map<String, String> theirs = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://theirs:4317");
        Map<String, String> both = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://theirs:4317",
                "CONTEXTCORE_EXPORT_ENDPOINT", "http://ours:4317");
        assertEquals(
                "file", read(file, Map.of()).export().otlp().traces().endpoint().getHost());
        assertEquals(
                "theirs", read(file, theirs).export().otlp().traces().endpoint().getHost());
        assertEquals(
                "ours", read(file, both).export().otlp().traces().endpoint().getHost());
        assertEquals(
                "set",
                read(file, both, "export.endpoint=http://set:4317")
                        .export()
                        .otlp()
                        .logs()
                        .endpoint()
                        .getHost());
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        assertEquals(
                8080, read(null, Map.of("CONTEXTCORE_HTTP_PORT", "")).intake().port());
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirPlacesAndTheNearestName() {
        String text = """
                http: {port: many}
                datta: {folder: x}
                export:
                  endpiont: http://a:1
                sources:
                  a: {kind: shop}
                  b: {kind: shop, secret: env:NOT_THERE}
                """;
        InvalidFiles error = assertThrows(
                InvalidFiles.class, () -> read(text, Map.of("CONTEXTCORE_ADMIN_PORT", "70000"), "stop.timeot=1s"));
        String message = error.getMessage();
        String file = folder.resolve("gateway.yaml").toString();
        assertEquals(7, error.problems().size(), message);
        assertTrue(message.contains(file + ":1:14: CC0802 http.port: 'many' does not fit (expected a port"), message);
        assertTrue(message.contains(file + ":2:1: CC0801 unknown setting 'datta', nearest: data"), message);
        assertTrue(message.contains(file + ":4:3: CC0801 unknown setting 'endpiont', nearest: endpoint"), message);
        assertTrue(
                message.contains(
                        file + ":6:6: CC0805 source 'a' has no secret (expected: `secret:`, or `verify: none`"),
                message);
        assertTrue(
                message.contains(file + ":7:27: CC0806 the secret's environment variable is not set: NOT_THERE"),
                message);
        assertTrue(message.contains("CONTEXTCORE_ADMIN_PORT: CC0802 admin.port: '70000' does not fit"), message);
        assertTrue(
                message.contains("--set stop.timeot: CC0801 unknown setting 'stop.timeot', nearest: stop.timeout"),
                message);
    }

    @Test
    void aSecretIsTheTextOrAFilesOrAVariables() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "from a file\n");
        String text = """
                sources:
                  one: {kind: shop, secret: plain}
                  two: {kind: shop, secrets: ["file:secret.txt", "env:SHOP"]}
                  open: {kind: shop, verify: none, projects: {acme/web.site: web}}
                """;
        Settings settings = read(text, Map.of("SHOP", "from a variable"));
        assertEquals(
                List.of(Secret.of("plain")), settings.sources().get(0).source().secrets());
        assertEquals(
                List.of(Secret.of("from a file"), Secret.of("from a variable")),
                settings.sources().get(1).source().secrets());
        assertTrue(settings.sources().get(2).source().unverified());
        assertEquals(
                Projects.of(Map.of("acme/web.site", "web")),
                settings.sources().get(2).source().projects());
    }

    @Test
    void aSourceWithASecretAndVerifyNoneIsAProblem() {
        InvalidFiles error = assertThrows(
                InvalidFiles.class, () -> read("sources: {a: {kind: shop, secret: x, verify: none}}", Map.of()));
        assertTrue(error.getMessage().contains("expected: one of them"), error.getMessage());
    }

    @Test
    void anIdWithAStarWantsANameWithOne() {
        InvalidFiles error = assertThrows(
                InvalidFiles.class,
                () -> read("sources: {a: {kind: shop, verify: none, projects: {acme/shop: shop-*}}}", Map.of()));
        assertTrue(
                error.getMessage().contains("the project id 'shop-*' has a '*', but the name 'acme/shop' has none"),
                error.getMessage());
    }

    @Test
    void oneFieldOfASourceCanBeSetOnTheCommandLine() {
        String text = "sources: {a.b: {kind: shop, secret: x, projects: {p: q}}}";
        Settings settings =
                read(text, Map.of(), "sources.a.b.secret=y", "sources.c.kind=shop", "sources.c.verify=none");
        assertEquals(List.of(Secret.of("y")), settings.sources().get(0).source().secrets());
        assertEquals(
                Projects.of(Map.of("p", "q")),
                settings.sources().get(0).source().projects());
        assertEquals("c", settings.sources().get(1).source().name());
    }

    @Test
    void aHeaderThatDoesNotFitIsNotRepeated() {
        InvalidFiles error = assertThrows(
                InvalidFiles.class,
                () -> read(null, Map.of("OTEL_EXPORTER_OTLP_HEADERS", "authorization%Bearer topsecret")));
        assertFalse(error.getMessage().contains("topsecret"), error.getMessage());
        assertFalse(read(null, Map.of("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20topsecret"))
                .toString()
                .contains("topsecret"));
    }

    @Test
    void overHttpTheGeneralEndpointIsABaseAndASignalsOwnIsUsedAsItIs() {
        Settings settings = read(
                null,
                Map.of(
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/otlp/",
                        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://logs:9/x"));
        assertEquals(
                URI.create("http://collector:4318/otlp/v1/traces"),
                settings.export().otlp().traces().endpoint());
        assertEquals(
                URI.create("http://logs:9/x"), settings.export().otlp().logs().endpoint());
    }

    @Test
    void headersInTheFileStandAsTheyAre() {
        Settings settings = read("export: {headers: {Authorization: 'Basic a+b=='}}", Map.of());
        assertEquals(
                Map.of("authorization", Secret.of("Basic a+b==")),
                settings.export().otlp().traces().headers());
    }

    @Test
    void anEndpointThatIsNoneIsToldWhereItWasSaid() {
        InvalidFiles error = assertThrows(InvalidFiles.class, () -> read("export: {endpoint: 'ftp://x'}", Map.of()));
        assertTrue(
                error.getMessage().contains("gateway.yaml:1:21: CC0803 export.endpoint: not an address"),
                error.getMessage());
    }

    @Test
    void openTelemetrysTimeoutIsInMilliseconds() {
        Settings settings = read(null, Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", "2500"));
        assertEquals(
                Duration.ofMillis(2500).toNanos(),
                settings.export().otlp().traces().timeoutNanos());
    }

    @Test
    void theOptInForPresentNamesMeansTheirNamesOnly() {
        String variable = EmitMode.OPT_IN_VARIABLE;
        assertEquals(
                EmitMode.OTEL,
                read(null, Map.of(variable, "http, gen_ai_latest_experimental")).emitMode());
        assertEquals(EmitMode.DUAL, read(null, Map.of(variable, "http")).emitMode());
        assertEquals(
                EmitMode.LEGACY,
                read(null, Map.of(variable, "gen_ai_latest_experimental", EmitMode.VARIABLE, "legacy"))
                        .emitMode());
    }

    @Test
    void theResourceTakesTheFilesNameAndOpenTelemetrysVariablesWin() {
        Settings settings = read(
                "resource: {service_name: a, service_namespace: n, environment: prod}",
                Map.of("OTEL_RESOURCE_ATTRIBUTES", "service.namespace=m"));
        assertEquals(AttributeValue.of("a"), settings.resource().attributes().get("service.name"));
        assertEquals(AttributeValue.of("m"), settings.resource().attributes().get("service.namespace"));
        assertEquals(AttributeValue.of("prod"), settings.resource().attributes().get("deployment.environment.name"));
        assertEquals(AttributeValue.of("9.9"), settings.resource().attributes().get("service.version"));
    }

    @Test
    void relativePathsStartFromWhereTheyAreWritten() {
        Settings settings = read("data: {folder: d}\nmappings: [m, /abs]", Map.of());
        assertEquals(folder.resolve("d"), settings.data());
        assertEquals(List.of(folder.resolve("m"), Path.of("/abs")), settings.mappings());
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        SettingsReader.Given given =
                new SettingsReader.Given(folder.resolve("none.yaml"), List.of(), folder, mappings, "9.9");
        InvalidFiles error =
                assertThrows(InvalidFiles.class, () -> SettingsReader.read(given, Environment.of(Map.of())));
        assertTrue(error.getMessage().contains("none.yaml:1:1: CC0201 cannot be read"), error.getMessage());
    }

    @Test
    void theStandardVariablesOfTheResourceWinEvenOverTheCommandLine() {
        Settings settings = read(
                null,
                Map.of("OTEL_SERVICE_NAME", "standard", "CONTEXTCORE_RESOURCE_SERVICE_NAME", "variable"),
                "resource.service_name=said");
        assertEquals(
                AttributeValue.of("standard"), settings.resource().attributes().get("service.name"));
    }

    @Test
    void aTakenPortCanNameWhereItWasSaid() {
        assertEquals(
                new Settings.Listen(
                        "0.0.0.0",
                        99,
                        "http.port",
                        Optional.of(new Location(folder.resolve("gateway.yaml").toString(), 1, 14))),
                read("http: {port: 99}", Map.of()).intake());
        assertEquals(
                "--set http.port",
                read(null, Map.of(), "http.port=99")
                        .intake()
                        .saidAt()
                        .orElseThrow()
                        .toString());
    }

    private Settings read(String text, Map<String, String> variables, String... sets) {
        Path file = null;
        if (text != null) {
            file = folder.resolve("gateway.yaml");
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return SettingsReader.read(
                new SettingsReader.Given(file, List.of(sets), folder, mappings, "9.9"), Environment.of(variables));
    }
}
