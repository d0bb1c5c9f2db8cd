package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.intake.Requests;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose sources take requests from some addresses only. We are at 127.0.0.1. */
@Timeout(120)
class WhoMaySendTest {

    private static final String NEAR_AND_FAR = """
            mappings: [mappings]
            sources:
              near: {kind: shop, secret: s3cret, allow: [127.0.0.0/8, "::1"]}
              far: {kind: shop, secret: s3cret, allow: [192.0.2.0/24]}
              any: {kind: shop, secret: s3cret}
            """;

    private static final Duration AN_HOUR = Duration.ofHours(1);

    @RegisterExtension
    final Balanced balanced = new Balanced();

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private ReloadingShop shop;

    @BeforeEach
    void write() {
        shop = new ReloadingShop(folder.resolve("mappings"));
    }

    @Test
    @Promise("allow-before-body")
    void aSourceTakesRequestsFromWhereItSaysAndFromNowhereElse() {
        try (GatewayApp app = start(NEAR_AND_FAR)) {
            assertEquals(202, post(app, "near", "s3cret").statusCode());
            assertEquals(202, post(app, "any", "s3cret").statusCode());
            HttpResponse<String> far = post(app, "far", "s3cret");
            assertEquals(403, far.statusCode());
            assertEquals("{\"error\":\"forbidden\",\"message\":\"not from this address\"}", far.body());
            assertEquals(403, post(app, "far", "wrong").statusCode(), "before anything is verified");
            assertEquals(
                    403,
                    post(app, "far", "s3cret", "X-Forwarded-For", "192.0.2.1").statusCode(),
                    "who says so?");
            assertEquals(
                    403,
                    post(app, "far", "s3cret", "Forwarded", "for=192.0.2.1").statusCode(),
                    "who says so?");
            String metrics = ReloadingShop.get(app.adminPort(), "/metrics").body();
            assertTrue(
                    metrics.contains("contextcore_deliveries_received_total{outcome=\"forbidden\",source=\"far\"} 4.0"),
                    metrics);
        }
    }

    @Test
    void aTrustedProxySaysWhereARequestComesFrom() {
        try (GatewayApp app = start(NEAR_AND_FAR, "http.trusted_proxies=127.0.0.1,10.0.0.0/8")) {
            assertEquals(
                    202,
                    post(app, "far", "s3cret", "X-Forwarded-For", "192.0.2.1").statusCode());
            assertEquals(
                    202,
                    post(app, "far", "s3cret", "Forwarded", "for=198.51.100.1, for=192.0.2.1, for=10.0.0.1")
                            .statusCode());
            assertEquals(
                    403,
                    post(app, "far", "s3cret", "X-Forwarded-For", "192.0.2.1, 198.51.100.1")
                            .statusCode(),
                    "what stands left of the right-most is what the sender says");
            assertEquals(
                    403,
                    post(app, "near", "s3cret", "X-Forwarded-For", "192.0.2.1").statusCode());
            assertEquals(
                    403,
                    post(app, "far", "s3cret", "X-Forwarded-For", "unknown").statusCode());
            assertEquals(
                    202,
                    post(app, "any", "s3cret", "X-Forwarded-For", "unknown").statusCode());
            assertEquals(202, post(app, "near", "s3cret").statusCode(), "the proxy itself");
        }
    }

    @Test
    void requestsOfAnAddressAreCountedByWhatTheTrustedProxySays() {
        try (GatewayApp app = start(NEAR_AND_FAR, "http.trusted_proxies=127.0.0.1", "limits.address_requests=1")) {
            assertEquals(
                    202,
                    post(app, "any", "s3cret", "X-Forwarded-For", "192.0.2.1").statusCode());
            assertEquals(
                    202,
                    post(app, "any", "s3cret", "X-Forwarded-For", "192.0.2.2").statusCode());
            assertEquals(
                    429,
                    post(app, "any", "s3cret", "X-Forwarded-For", "192.0.2.1").statusCode());
        }
    }

    @Test
    void aReloadChangesWhoMaySend() {
        source("198.51.100.0/24");
        try (GatewayApp app = start("mappings: [mappings]\n")) {
            assertEquals(403, post(app, "filed", "s3cret").statusCode());
            source("127.0.0.1");
            assertEquals(
                    "[\"filed\"]",
                    ReloadingShop.json(ReloadingShop.reload(app.adminPort()))
                            .path("changedSources")
                            .toString());
            assertEquals(202, post(app, "filed", "s3cret").statusCode());
        }
    }

    @Test
    void whatIsNoAddressIsToldAtItsPlace() {
        InvalidFiles error = assertThrows(InvalidFiles.class, () -> settings("""
                http: {trusted_proxies: [10.0.0.0/8, proxy.example]}
                sources:
                  a: {kind: shop, secret: s, allow: [192.0.2.1, 10.0.0.1/8]}
                  b: {kind: shop, secret: s, allow: []}
                """));
        String form =
                "an address or a range of them, such as 192.0.2.1, 10.0.0.0/8 or 2001:db8::/32, without bits behind"
                        + " the prefix";
        assertEquals(
                List.of(
                        "1:25: http.trusted_proxies: a list does not fit (expected a list (in a variable: separated by"
                                + " commas) of " + form + ")",
                        "3:49: allow: '10.0.0.1/8' does not fit (expected " + form + ")",
                        "4:37: allow: no address, so nobody could send (expected " + form
                                + "; or no `allow:`, and anybody may)"),
                told(error));
    }

    @Test
    @Promise("old-requests-refused")
    void aSourceTakesWhatIsRecentAndNothingOlder() {
        signing();
        String recent = "{\"id\": 1, \"at\": " + Clock.system().epochNanos() / 1_000_000 + "}";
        try (GatewayApp app = start("""
                mappings: [mappings]
                sources:
                  recent: {kind: signing, secret: s3cret, max_age: {body: /at, within: 1h}}
                  any: {kind: signing, secret: s3cret}
                """)) {
            assertEquals(202, signed(app, "recent", recent).statusCode());
            HttpResponse<String> old = signed(app, "recent", "{\"id\": 2, \"at\": 1700000000000}");
            assertEquals(403, old.statusCode());
            assertTrue(old.body().startsWith("{\"error\":\"too-old\""), old.body());
            assertEquals(403, signed(app, "recent", "{\"id\": 3}").statusCode());
            assertEquals(
                    202,
                    signed(app, "any", "{\"id\": 4, \"at\": 1700000000000}").statusCode());
        }
    }

    /** RFC 7515's compact form, signed with HS256, through all of the gateway: what proves is kept and sent, nothing else is. */
    @Test
    @Promise("token-algorithm-fixed")
    void aSignedTokenBringsADeliveryToTheReceiverAndNoOtherDoes() {
        shop.write("app.yaml", """
                apiVersion: contextcore.io/v1
                kind: app
                verify: [{jwt: {header: Authorization, scheme: Bearer}}]
                event: "'order'"
                delivery_id: text(payload.id)
                """);
        shop.write("app-order.yaml", """
                apiVersion: contextcore.io/v1
                mapping: app.order
                kind: app
                events: [order]
                logs: [{event: app.order, attributes: {shop.version: app, shop.id: "${payload.id}"}}]
                """);
        String good = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        Path export = folder.resolve("out.jsonl");
        try (GatewayApp app = start("mappings: [mappings]\nsources:\n  app: {kind: app, secret: s3cret}\n")) {
            Map<Long, String> refused = Map.of(
                    1L, token(good, AN_HOUR, "another"),
                    2L, token("{\"alg\":\"none\"}", AN_HOUR, "s3cret"),
                    3L, unsigned("{\"alg\":\"none\"}", AN_HOUR) + ".",
                    4L, token("{\"alg\":\"HS512\"}", AN_HOUR, "s3cret"),
                    5L, token(good, AN_HOUR.negated(), "s3cret"));
            refused.forEach(
                    (id, token) -> assertEquals(401, bearing(app, id, token).statusCode(), () -> "the token of " + id));
            assertEquals(202, bearing(app, 6, token(good, AN_HOUR, "s3cret")).statusCode());
            Await.until(
                    "what the token brought",
                    Duration.ofSeconds(60),
                    () -> ReloadingShop.told(export).containsKey(6L));
        }
        assertEquals(Map.of(6L, List.of("app")), ReloadingShop.told(export));
    }

    private HttpResponse<String> bearing(GatewayApp app, long id, String token) {
        return send(request(app, "app", "{\"id\": " + id + "}").header("Authorization", "Bearer " + token));
    }

    private static String token(String head, Duration validFor, String secret) {
        String signed = unsigned(head, validFor);
        return signed + "."
                + part(Requests.mac(
                        "HmacSHA256",
                        signed.getBytes(StandardCharsets.UTF_8),
                        secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static String unsigned(String head, Duration validFor) {
        long now = Clock.system().epochNanos() / 1_000_000_000;
        String claims =
                "{\"iat\":" + (now - 2 * AN_HOUR.toSeconds()) + ",\"exp\":" + (now + validFor.toSeconds()) + "}";
        return part(head.getBytes(StandardCharsets.UTF_8)) + "." + part(claims.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void aTimeThatNobodySignsIsToldAtItsPlace() {
        signing();
        Settings settings = settings("""
                mappings: [mappings]
                sources:
                  a: {kind: shop, secret: s, max_age: {body: /at, within: 1h}}
                  b: {kind: signing, secret: s, max_age: {claim: iat, within: 1h}}
                  c: {kind: signing, secret: s, max_age: {body: /at, within: 1h}}
                """);
        InvalidFiles error = assertThrows(
                InvalidFiles.class,
                () -> GatewayApp.check(new GatewayApp.Parts(
                        settings,
                        Sources.program(settings),
                        "test",
                        Clock.system(),
                        Randomness.system(),
                        Watch.none())));
        assertEquals(
                List.of(
                        "3:13: source 'a' has `max_age:` by a time in the body, which its kind 'shop' does not have signed"
                                + " (expected: `hmac` among its ways to verify)",
                        "4:13: source 'b' has `max_age:` by a time in the token, which its kind 'signing' does not take"
                                + " (expected: `jwt` among its ways to verify)"),
                told(error));
    }

    @Test
    void anAgeThatCannotBeIsToldAtItsPlace() {
        InvalidFiles error = assertThrows(InvalidFiles.class, () -> settings("""
                sources:
                  a: {kind: shop, secret: s, max_age: {body: at, within: 1h}}
                  b: {kind: shop, secret: s, max_age: {body: /at, within: 0s}}
                  c: {kind: shop, secret: s, max_age: {body: /at, claim: iat, within: 1h}}
                  d: {kind: shop, secret: s, max_age: {claim: iat}}
                  e: {kind: shop, verify: none, max_age: {body: /at, within: 1h}}
                """));
        assertEquals(
                List.of(
                        "2:46: body: 'at' does not fit (expected a JSON pointer, such as /timestamp or /event/time)",
                        "3:59: within: too short (expected more than 0s)",
                        "4:39: a greatest age has the keys claim, body (expected one of them)",
                        "5:39: a greatest age needs the key 'within'",
                        "6:6: source 'e' has `verify: none` and `max_age:` (expected: one of them; a time that nobody"
                                + " signed says nothing)"),
                told(error));
    }

    /** The former secret and the next one hold together, until the former is taken away. */
    @Test
    @Promise("rotation-without-gap")
    void aSecretIsRotatedWhileTheGatewayRuns() throws IOException {
        Files.writeString(folder.resolve("one.secret"), "first");
        Files.writeString(folder.resolve("two.secret"), "first");
        try (GatewayApp app = start("""
                mappings: [mappings]
                sources:
                  shop: {kind: shop, secrets: ["file:one.secret", "file:two.secret"]}
                """)) {
            assertEquals(List.of(202, 401, 401), statuses(app));
            Files.writeString(folder.resolve("two.secret"), "second\n");
            app.reloadBySignal();
            assertEquals(List.of(202, 202, 401), statuses(app), "the sender may change now");
            Files.writeString(folder.resolve("one.secret"), "third");
            app.reloadBySignal();
            assertEquals(List.of(401, 202, 202), statuses(app), "the former is gone, another one waits");
            Files.writeString(folder.resolve("one.secret"), " ");
            app.reloadBySignal();
            assertEquals(List.of(401, 202, 202), statuses(app), "an empty file changes nothing");
        }
    }

    private List<Integer> statuses(GatewayApp app) {
        return Stream.of("first", "second", "third")
                .map(secret -> post(app, "shop", secret).statusCode())
                .toList();
    }

    /** Place in the settings file and message of each problem. */
    private List<String> told(InvalidFiles error) {
        String file = folder.resolve("gateway.yaml") + ":";
        return error.problems().stream()
                .map(problem -> (problem.location() + ": " + problem.message()).replace(file, ""))
                .toList();
    }

    /** A kind whose sender signs the body. */
    private void signing() {
        shop.write("signing.yaml", """
                apiVersion: contextcore.io/v1
                kind: signing
                verify: [{hmac: {header: X-Signature, methods: [sha256]}}]
                event: "'order'"
                delivery_id: text(payload.id)
                """);
    }

    private HttpResponse<String> signed(GatewayApp app, String source, String body) {
        String signature = Requests.signature(body.getBytes(StandardCharsets.UTF_8), "s3cret");
        return send(request(app, source, body).header("X-Signature", signature));
    }

    private void source(String allow) {
        shop.write("filed.yaml", """
                apiVersion: contextcore.io/v1
                source: filed
                kind: shop
                secret: s3cret
                allow: [%s]
                """.replace("%s", allow));
    }

    private HttpResponse<String> post(GatewayApp app, String source, String secret, String... headers) {
        HttpRequest.Builder request = request(app, source, "{\"id\": 1}").header("X-Token", secret);
        return send(headers.length > 0 ? request.headers(headers) : request);
    }

    private static HttpRequest.Builder request(GatewayApp app, String source, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.intakePort() + "/webhooks/" + source))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Settings settings(String file, String... sets) {
        try {
            Files.writeString(folder.resolve("gateway.yaml"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SettingsReader.read(
                new SettingsReader.Given(
                        folder.resolve("gateway.yaml"), List.of(sets), folder, folder.resolve("mappings"), "test"),
                Environment.of(Map.of()));
    }

    private GatewayApp start(String file, String... more) {
        String[] sets = new String[more.length + 5];
        System.arraycopy(more, 0, sets, 0, more.length);
        List<String> usual = List.of(
                "http.host=127.0.0.1", "http.port=0", "admin.port=0", "data.folder=store", "export.file=out.jsonl");
        for (int i = 0; i < usual.size(); i++) {
            sets[more.length + i] = usual.get(i);
        }
        Settings settings = settings(file, sets);
        return GatewayApp.start(new GatewayApp.Parts(
                settings, Sources.program(settings), "test", Clock.system(), Randomness.system(), balanced));
    }
}
