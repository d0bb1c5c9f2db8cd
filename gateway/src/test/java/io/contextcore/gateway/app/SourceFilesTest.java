package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several sources of one kind, with one set of mappings: ours, and a folder with the user's sources on it. */
class SourceFilesTest {

    private static final String VERSION = "apiVersion: contextcore.io/v1\n";
    private static final int EACH = 5;

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private Path mine;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void aFolderOfMine() throws IOException {
        mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("beta.secret"), "secret of beta\n");
        write(
                "acme.yaml",
                "source: github-acme\nkind: github\nsecret: env:ACME\nprojects: {one/shop: acme-shop}\n"
                        + "otlp: {headers: {X-Scope-OrgID: acme, X-Key: env:ACME_KEY}}\n");
        write(
                "beta.yaml",
                "source: github-beta\nkind: github\nsecret: file:beta.secret\npath: /hooks/beta\n"
                        + "projects: {one/shop: beta-shop}\notlp: {headers: {X-Scope-OrgID: beta}}\n");
    }

    @Test
    void eachHasItsSecretItsPathItsProjectsAndItsHeaders() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            try (GatewayApp app = start(settings("export.endpoint=http://127.0.0.1:" + receiver.grpcPort()))) {
                for (int i = 1; i <= EACH; i++) {
                    assertEquals(202, post(app, "/webhooks/github-acme", "secret of acme", issue("github.com", i)));
                    assertEquals(202, post(app, "/hooks/beta", "secret of beta", issue("ghe.beta.test", i)));
                }
                assertEquals(401, post(app, "/webhooks/github-acme", "secret of beta", issue("github.com", 99)));
                assertEquals(404, post(app, "/webhooks/github-beta", "secret of beta", issue("github.com", 99)));
                receiver.awaitSpans(2 * EACH);
                receiver.awaitLogs(2 * EACH);
            }
            assertEquals(Set.of("acme-shop"), projects(receiver, "acme"));
            assertEquals(Set.of("beta-shop"), projects(receiver, "beta"));
            assertEquals(2 * EACH, receiver.spans().size());
            receiver.received()
                    .forEach(request -> assertEquals(
                            request.headers().get("x-scope-orgid").equals("acme") ? "key of acme" : null,
                            request.headers().get("x-key")));
        }
        for (Path file : files(folder.resolve("store"))) {
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains("key of acme"), () -> file + " holds a header");
            assertFalse(bytes.contains("secret of acme"), () -> file + " holds a secret");
        }
    }

    @Test
    void whatASourceKeepsToItselfIsNeverPrinted() {
        Settings settings = settings();
        String printed = Sources.load(settings).toString();

        assertTrue(printed.contains("github-acme") && printed.contains("x-key"), printed);
        assertFalse(printed.contains("key of") || printed.contains("secret of"), printed);
    }

    @Test
    void aNameOrPathThatIsTakenIsAProblem() {
        write("gamma.yaml", "source: gamma\nkind: github\nverify: none\npath: /hooks/beta\n");

        List<String> path = problems(settings()).toList();
        assertEquals(1, path.size(), path::toString);
        assertTrue(
                path.get(0)
                        .contains("gamma.yaml:3:7: the path /hooks/beta of the source 'gamma' is that of the source"
                                + " 'github-beta', at "),
                path::toString);
        Settings twice = settings(
                "sources.github-acme.kind=github",
                "sources.github-acme.verify=none",
                "sources.x.kind=github",
                "sources.x.secret=a");
        assertTrue(problems(twice)
                .anyMatch(text -> text.contains("acme.yaml:3:7: the source 'github-acme' exists already")));
    }

    @Test
    void whatIsWrongInASourceFileIsToldWithItsPlace() {
        write("acme.yaml", "source: Acme\nkind: githu\nsecrt: a\nverify: none\n");
        write(
                "beta.yaml",
                "source: beta\nkind: github\nverify: none\npath: hooks\notlp: {headers: {Content-Type: a}}\n");
        List<String> first = problems(settings()).toList();
        assertEquals(2, first.size(), first::toString);
        assertTrue(first.get(0).contains("acme.yaml:3:7: there is no kind 'githu'"), first::toString);
        assertTrue(first.get(1).contains("acme.yaml:4:1: unknown key 'secrt' in a source file"), first::toString);

        write("acme.yaml", "source: Acme\nkind: github\nverify: none\n");
        List<String> second = problems(settings()).toList();
        assertEquals(3, second.size(), second::toString);
        assertTrue(second.get(0).contains("acme.yaml:2:9: source 'Acme' cannot stand in a path"), second::toString);
        assertTrue(second.get(1).contains("beta.yaml:5:7: path: 'hooks' does not fit"), second::toString);
        assertTrue(second.get(2).contains("beta.yaml:6:18: 'Content-Type' cannot be a header"), second::toString);
    }

    private Stream<String> problems(Settings settings) {
        return assertThrows(InvalidFiles.class, () -> Sources.program(settings)).problems().stream()
                .map((Problem problem) -> problem.location() + ": " + problem.message());
    }

    private static Set<String> projects(OtlpReceiver receiver, String tenant) {
        List<Span> spans = new ArrayList<>();
        receiver.received().stream()
                .filter(request -> tenant.equals(request.headers().get("x-scope-orgid")))
                .forEach(request -> spans.addAll(request.spans()));
        assertEquals(EACH, spans.size());
        return spans.stream()
                .flatMap(span -> span.getAttributesList().stream())
                .filter(attribute -> attribute.getKey().equals("project.id"))
                .map((KeyValue attribute) -> attribute.getValue().getStringValue())
                .collect(Collectors.toSet());
    }

    private static String issue(String host, int number) {
        return "{\"action\":\"opened\",\"issue\":{\"id\":" + number + ",\"number\":" + number
                + ",\"title\":\"Lamp\",\"state\":\"open\",\"html_url\":\"https://" + host + "/one/shop/issues/" + number
                + "\",\"labels\":[],\"assignees\":[],\"created_at\":\"2026-03-02T09:00:00Z\",\"updated_at\":\"2026-03-02T09:00:00Z\"},"
                + "\"repository\":{\"id\":7,\"name\":\"shop\",\"full_name\":\"one/shop\",\"html_url\":\"https://" + host
                + "/one/shop\"}}";
    }

    private int post(GatewayApp app, String path, String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.intakePort() + path))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "issues")
                .header("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(mac.doFinal(bytes)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private GatewayApp start(Settings settings) {
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
    }

    private Settings settings(String... more) {
        List<String> sets = new ArrayList<>(List.of(
                "http.host=127.0.0.1", "http.port=0", "admin.port=0", "data.folder=store", "mappings=builtin,mine"));
        sets.addAll(List.of(more));
        return SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, Path.of("..", "mappings"), "test"),
                Environment.of(Map.of("ACME", "secret of acme", "ACME_KEY", "key of acme")));
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(mine.resolve(name), VERSION + text);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }
}
