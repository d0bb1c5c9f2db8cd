package io.contextcore.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest {

    private static final String GITHUB_HELLO = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static final Verification BEARER = new Verification.Token("authorization", "Bearer");
    private static final Verification BARE = new Verification.Token("x-gateway-token", null);

    /** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
    @Test
    void githubsVectorHolds() {
        assertTrue(holds("Hello, World!", "x-hub-signature-256", "sha256=" + GITHUB_HELLO));
    }

    /** https://developer.atlassian.com/cloud/jira/platform/webhooks/ */
    @Test
    void atlassiansVectorHolds() {
        SourceKind kind = Requests.kind(new Verification.Hmac("x-hub-signature", Set.of("sha256", "sha512")));
        String signature = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
        IntakeRequest request = Requests.request("Hello World!".getBytes(UTF_8), "X-Hub-Signature", signature);
        assertTrue(holds(request, Requests.source(Requests.SECRET), kind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "sha256",
                "sha256=",
                "sha256=zz",
                "sha256=" + "00",
                "sha1=" + GITHUB_HELLO,
                "sha512=" + GITHUB_HELLO,
                "=" + GITHUB_HELLO,
                GITHUB_HELLO,
                "sha256=" + GITHUB_HELLO + "00",
                "sha256 =" + GITHUB_HELLO,
                "sha256=" + GITHUB_HELLO + ", sha256=" + GITHUB_HELLO,
                "none=",
                "sha256=é"
            })
    void whatIsNoSignatureOfAnAcceptedMethodDoesNotHold(String header) {
        assertFalse(holds("Hello, World!", "x-hub-signature-256", header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-hub-signature", "x-signature"})
    void aSignatureInAnotherHeaderDoesNotHold(String name) {
        assertFalse(holds("Hello, World!", name, "sha256=" + GITHUB_HELLO));
    }

    @Test
    void theCaseOfHeaderMethodAndDigitsDoesNotMatter() {
        assertTrue(holds("Hello, World!", "X-HUB-SIGNATURE-256", "SHA256=" + GITHUB_HELLO.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @CsvSource({"sha256,HmacSHA256", "sha384,HmacSHA384", "sha512,HmacSHA512"})
    void everyDeclaredMethodHolds(String method, String algorithm) {
        SourceKind kind = Requests.kind(new Verification.Hmac("x-s", Verification.Hmac.ALGORITHMS.keySet()));
        String hex = HexFormat.of().formatHex(Requests.mac(algorithm, "b".getBytes(UTF_8), "key"));
        IntakeRequest request = Requests.request("b".getBytes(UTF_8), "x-s", method + "=" + hex);
        assertTrue(holds(request, Requests.source("key"), kind));
    }

    @Test
    void aMethodThatDoesNotExistCannotBeDeclared() {
        assertThrows(IllegalArgumentException.class, () -> new Verification.Hmac("x-s", Set.of("sha1")));
        IntakeRequest request = Requests.request(new byte[0], "x-s", "sha256=" + GITHUB_HELLO);
        SourceKind none = Requests.kind(new Verification.Hmac("x-s", Set.of()));
        assertFalse(holds(request, Requests.source(Requests.SECRET), none));
    }

    @Test
    void anySecretHoldsWhileSecretsRotate() {
        IntakeRequest request = Requests.signed("{}");
        assertTrue(holds(request, Requests.source("new", Requests.SECRET), Requests.kind()));
        assertTrue(holds(request, Requests.source(Requests.SECRET, "old"), Requests.kind()));
        assertFalse(holds(request, Requests.source("new", "old"), Requests.kind()));
    }

    @Test
    void ownSignaturesHoldAndNoneDoesAfterOneBitChanged() {
        Random random = new Random(20261122);
        for (int round = 0; round < 200; round++) {
            byte[] body = new byte[1 + random.nextInt(200)];
            random.nextBytes(body);
            String signature = Requests.signature(body, Requests.SECRET);
            assertTrue(holds(body, signature));
            byte[] other = body.clone();
            other[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            assertFalse(holds(other, signature), "round " + round);
            byte[] mac = HexFormat.of().parseHex(signature.substring(7));
            mac[random.nextInt(mac.length)] ^= (byte) (1 << random.nextInt(8));
            assertFalse(holds(body, "sha256=" + HexFormat.of().formatHex(mac)), "round " + round);
        }
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "Bearer tok-1,true", "bearer tok-1,true", "Bearer   tok-1,true", "Bearer tok-2,false",
                        "Bearer tok-,false",
                "Bearer,false", "tok-1,false", "Basic tok-1,false", "Bearertok-1,false", "Bearer tok-1x,false"
            })
    void aTokenWithSchemeHolds(String header, boolean expected) {
        IntakeRequest request = Requests.request(new byte[0], "authorization", header);
        assertEquals(expected, holds(request, Requests.source("tok-1"), Requests.kind(BEARER)));
    }

    @ParameterizedTest
    @CsvSource({"tok-1,true", "Bearer tok-1,false", "TOK-1,false"})
    void aBareTokenHolds(String header, boolean expected) {
        IntakeRequest request = Requests.request(new byte[0], "x-gateway-token", header);
        assertEquals(expected, holds(request, Requests.source("tok-1"), Requests.kind(BEARER, BARE)));
    }

    @ParameterizedTest
    @CsvSource({
        "Basic aG9vazpzMyB4,true",
        "basic aG9vazpzMyB4,true",
        "Basic aG9vazpzMyB5,false",
        "Basic aG9vazpzMyB4aG9vaw==,false",
        "Basic aG9vaw==,false",
        "Basic,false",
        "Basic !,false",
        "Basic hook:s3 x,false",
        "Bearer aG9vazpzMyB4,false",
        "aG9vazpzMyB4,false"
    })
    void userAndPasswordHold(String header, boolean expected) {
        SourceKind kind = Requests.kind(new Verification.Basic("authorization"));
        IntakeRequest request = Requests.request(new byte[0], "authorization", header);
        assertEquals(expected, holds(request, Requests.source("hook:s3 x"), kind));
        assertEquals(
                "signature or token does not fit (expected: authorization: Basic <base64 of user:password>)",
                Proof.complaint(request, kind));
    }

    @Test
    void withoutASecretNothingHoldsUnlessTheSourceSaysSo() {
        IntakeRequest bare = new IntakeRequest("forge", Map.of(), Map.of(), new byte[0]);
        assertTrue(holds(bare, Requests.source(), Requests.kind()));
        assertFalse(holds(bare, Requests.source("x"), Requests.kind()));
    }

    @Test
    void theComplaintNamesTheHeadersAndNoSecret() {
        SourceKind kind = Requests.kind(Requests.HMAC, BEARER);
        IntakeRequest missing = Requests.request(new byte[0]);
        IntakeRequest wrong = Requests.request(new byte[0], "authorization", "Bearer wrong-token");
        String expected = " (expected: x-hub-signature-256: sha256=<hex of the raw body's HMAC>"
                + " or authorization: Bearer <token>)";
        assertEquals("signature or token is missing" + expected, Proof.complaint(missing, kind));
        assertEquals("signature or token does not fit" + expected, Proof.complaint(wrong, kind));
    }

    private static boolean holds(IntakeRequest request, Source source, SourceKind kind) {
        return new Proof(Limits.defaults(), Clock.system())
                .of(request, source, kind)
                .holds();
    }

    private static boolean holds(String body, String header, String value) {
        IntakeRequest request = Requests.request(body.getBytes(UTF_8), header, value);
        return holds(request, Requests.source(Requests.SECRET), Requests.kind());
    }

    private static boolean holds(byte[] body, String signature) {
        IntakeRequest request = Requests.request(body, "x-hub-signature-256", signature);
        return holds(request, Requests.source(Requests.SECRET), Requests.kind());
    }
}
