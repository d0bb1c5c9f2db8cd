package io.contextcore.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.model.SourceKind.Verification;
import io.contextcore.gateway.testing.Caps;
import io.contextcore.gateway.testing.Promise;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that senders sign, by a clock that stands at 1,000,000 seconds and may be off by ten. */
class SignedTokenTest {

    private static final String SECRET = "a client secret that both sides know";
    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String GOOD = "{\"iss\":\"app\",\"iat\":999990,\"exp\":1000180}";
    private static final String TARGET = "/webhooks/forge?a=1";
    private static final Verification BEARER = new Verification.Jwt("authorization", "Bearer", false);
    private static final Verification BOUND = new Verification.Jwt("authorization", "JWT", true);

    private static final Clock STANDING = new Clock() {
        @Override
        public long epochNanos() {
            return 1_000_000L * 1_000_000_000L;
        }

        @Override
        public long elapsedNanos() {
            return 0;
        }
    };

    private final Proof proof = new Proof(Caps.with("clockSkewNanos", 10_000_000_000L), STANDING);

    /** RFC 7515, appendix A.1, with its key, its line breaks and its time: right but for the time, which is long over. */
    @Test
    void theOfficialVectorIsMet() {
        String token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
                + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
                + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        byte[] key = Base64.getUrlDecoder()
                .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
        assertEquals(
                token.substring(token.lastIndexOf('.') + 1),
                url(Requests.mac(
                        "HmacSHA256", token.substring(0, token.lastIndexOf('.')).getBytes(UTF_8), key)));
    }

    @Test
    void aTokenThatTheSenderSignedHolds() {
        assertTrue(holds(BEARER, "Bearer " + token(HS256, GOOD, SECRET)));
        assertTrue(holds(BEARER, "bearer " + token("{\"alg\":\"HS256\"}", GOOD, SECRET)));
        assertTrue(
                holds(new Verification.Jwt("authorization", null, false), token(HS256, "{\"exp\":1000000.5}", SECRET)));
    }

    @Test
    void itsClaimsAreKnownAfterwards() {
        Proof.Result result = result(BEARER, "Bearer " + token(HS256, GOOD, SECRET));
        assertEquals("app", result.claims().get(0).path("iss").asText());
        assertEquals(
                0, result(BEARER, "Bearer " + token(HS256, GOOD, "x")).claims().size());
    }

    /** Signed with the right secret each time: the algorithm is ours, not the token's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"None\"}",
                "{\"alg\":\"hs256\"}",
                "{\"alg\":\"HS384\"}",
                "{\"alg\":\"HS512\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":null}",
                "{}",
                "[]",
                "\"HS256\"",
                "",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}"
            })
    @Promise("token-algorithm-fixed")
    void anotherAlgorithmDoesNotHold(String head) {
        assertFalse(holds(BEARER, "Bearer " + token(head, GOOD, SECRET)));
    }

    @Test
    @Promise("token-algorithm-fixed")
    void aTokenWithoutASignatureDoesNotHold() {
        String none = part("{\"alg\":\"none\"}") + "." + part(GOOD) + ".";
        assertFalse(holds(BEARER, "Bearer " + none));
        assertFalse(holds(BEARER, "Bearer " + part(HS256) + "." + part(GOOD) + "."));
        assertFalse(holds(BEARER, "Bearer " + part(HS256) + "." + part(GOOD)));
    }

    @Test
    void whatIsNoTokenDoesNotHold() {
        String good = token(HS256, GOOD, SECRET);
        for (String wrong : new String[] {
            "",
            ".",
            "..",
            "...",
            "a.b",
            good + ".",
            "." + good,
            good + "=",
            good + ".x",
            good.replace('.', ','),
            "é.é.é"
        }) {
            assertFalse(holds(BEARER, "Bearer " + wrong), wrong);
        }
        assertFalse(holds(BEARER, good), "without its scheme");
        assertFalse(holds(BEARER, "Bearer " + good + ", Bearer " + good), "told twice");
    }

    /** At the edge and one past it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"exp\":999991} | true",
                "{\"exp\":999990} | false",
                "{\"exp\":1000180,\"iat\":1000010} | true",
                "{\"exp\":1000180,\"iat\":1000011} | false",
                "{\"exp\":1000180,\"nbf\":1000010} | true",
                "{\"exp\":1000180,\"nbf\":1000011} | false",
                "{\"iat\":1000000} | false",
                "{} | false",
                "{\"exp\":\"1000180\"} | false",
                "{\"exp\":null} | false",
                "{\"exp\":1000180,\"iat\":\"1\"} | false",
                "{\"exp\":1000180,\"iat\":null} | false",
                "[1000180] | false",
                "{\"exp\":1000180 | false"
            })
    void aTokenHoldsWithinItsTimeAndTheSkew(String claims, boolean expected) {
        assertEquals(expected, holds(BEARER, "Bearer " + token(HS256, claims, SECRET)));
    }

    @Test
    void aTokenMayBeOffByTheSkewAndNotMore() {
        String over = "Bearer " + token(HS256, "{\"exp\":999991}", SECRET);
        Proof.Result at = new Proof(Caps.with("clockSkewNanos", 10_000_000_000L), STANDING)
                .of(request(over, TARGET), Requests.source(SECRET), Requests.kind(BEARER));
        Proof.Result past = new Proof(Caps.with("clockSkewNanos", 9_000_000_000L), STANDING)
                .of(request(over, TARGET), Requests.source(SECRET), Requests.kind(BEARER));
        assertTrue(at.holds());
        assertFalse(past.holds());
    }

    @Test
    void aTokenThatIsBoundToARequestHoldsForThatOneOnly() {
        String bound = claims(RequestHash.of("POST", TARGET));
        String elsewhere = claims(RequestHash.of("POST", "/webhooks/forge?a=2"));
        assertTrue(holds(BOUND, "JWT " + token(HS256, bound, SECRET)));
        assertFalse(holds(BOUND, "JWT " + token(HS256, elsewhere, SECRET)));
        assertFalse(holds(BOUND, "JWT " + token(HS256, claims("context-qsh"), SECRET)));
        assertFalse(holds(BOUND, "JWT " + token(HS256, GOOD, SECRET)), "it must be bound");
        assertTrue(holds(BEARER, "Bearer " + token(HS256, bound, SECRET)));
        assertFalse(holds(BEARER, "Bearer " + token(HS256, elsewhere, SECRET)), "where it is bound it must fit");
        assertFalse(holds(BEARER, "Bearer " + token(HS256, "{\"exp\":1000180,\"qsh\":1}", SECRET)));
    }

    @Test
    void aTargetThatCannotBeDecodedIsNoBug() {
        String token = token(HS256, claims(RequestHash.of("POST", TARGET)), SECRET);
        IntakeRequest odd = request("JWT " + token, "/webhooks/forge?a=%zz");
        assertFalse(proof.of(odd, Requests.source(SECRET), Requests.kind(BOUND)).holds());
    }

    @Test
    void anySecretHoldsWhileSecretsRotateAndNoneDoesAfterOneBitChanged() {
        IntakeRequest request = request("Bearer " + token(HS256, GOOD, SECRET), TARGET);
        assertTrue(proof.of(request, Requests.source("new", SECRET), Requests.kind(BEARER))
                .holds());
        assertFalse(proof.of(request, Requests.source("new", "old"), Requests.kind(BEARER))
                .holds());
        Random random = new Random(20261123);
        byte[] token = token(HS256, GOOD, SECRET).getBytes(UTF_8);
        for (int round = 0; round < 200; round++) {
            byte[] other = token.clone();
            // The last letter's low bits are no part of the signature.
            other[random.nextInt(token.length - 1)] ^= (byte) (1 << random.nextInt(7));
            assertFalse(holds(BEARER, "Bearer " + new String(other, UTF_8)), "round " + round);
        }
    }

    @Test
    void theComplaintNamesTheFormAndNoSecret() {
        assertEquals(
                "signature or token does not fit (expected: authorization: Bearer <JWT, HS256> or authorization: JWT"
                        + " <JWT, HS256, with qsh>)",
                Proof.complaint(request("Bearer x", TARGET), Requests.kind(BEARER, BOUND)));
    }

    private boolean holds(Verification way, String header) {
        return result(way, header).holds();
    }

    private Proof.Result result(Verification way, String header) {
        return proof.of(request(header, TARGET), Requests.source(SECRET), Requests.kind(way));
    }

    private static IntakeRequest request(String header, String target) {
        return new IntakeRequest("forge", Map.of("authorization", header), Map.of(), "{}".getBytes(UTF_8), target);
    }

    private static String claims(String hash) {
        return "{\"exp\":1000180,\"qsh\":\"" + hash + "\"}";
    }

    private static String token(String head, String claims, String secret) {
        String signed = part(head) + "." + part(claims);
        return signed + "." + url(Requests.mac("HmacSHA256", signed.getBytes(UTF_8), secret.getBytes(UTF_8)));
    }

    private static String part(String json) {
        return url(json.getBytes(UTF_8));
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
