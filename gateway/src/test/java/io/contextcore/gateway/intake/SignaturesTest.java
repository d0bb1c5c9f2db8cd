package io.contextcore.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.SourceKind.Verification.Signature;
import io.contextcore.gateway.testing.Caps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures over headers and body. */
class SignaturesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long FIVE_MINUTES = 300 * SECOND;
    private static final Limits LIMITS = Caps.with("clockSkewNanos", 10 * SECOND);

    /** The example of Svix, whose scheme Standard Webhooks is: docs.svix.com, "Verifying webhooks manually". */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final long TIME = 1_614_265_330L;

    private static final Signature STANDARD = new Signature(
            "webhook-signature",
            "sha256",
            "v1,",
            true,
            List.of("webhook-id", "webhook-timestamp"),
            ".",
            Signature.Key.BASE64,
            "webhook-timestamp",
            FIVE_MINUTES);

    private static final Signature PLAIN =
            new Signature("x-signature", "sha256", "", false, List.of(), ".", Signature.Key.TEXT, null, 0);

    private static boolean fits(Signature way, String presented, String secret, long nowSeconds, String... headers) {
        return new Signatures(LIMITS, standingAt(nowSeconds))
                .fit(way, presented, Requests.request(BODY.getBytes(UTF_8), headers), Secret.of(secret));
    }

    private static Clock standingAt(long seconds) {
        return new Clock() {
            @Override
            public long epochNanos() {
                return seconds * SECOND;
            }

            @Override
            public long elapsedNanos() {
                return 0;
            }
        };
    }

    private static boolean fits(String presented) {
        return fits(STANDARD, presented, SECRET, TIME, "Webhook-Id", ID, "Webhook-Timestamp", Long.toString(TIME));
    }

    @Test
    void theVectorOfStandardWebhooksHolds() {
        assertTrue(fits(SIGNED));
        assertEquals(
                Optional.of(SIGNED),
                Signatures.value(
                        STANDARD,
                        Map.of("webhook-id", ID, "webhook-timestamp", Long.toString(TIME)),
                        BODY.getBytes(UTF_8),
                        Secret.of(SECRET)));
    }

    @Test
    void oneOfSeveralSignaturesIsEnoughSoThatSecretsCanChange() {
        assertTrue(fits("v1,AAAA " + SIGNED + " v1a,BBBB"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "v1,",
                "v1,%%%",
                "v1,AAAA",
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=,",
            })
    void whatIsNoSignatureDoesNotHold(String presented) {
        assertFalse(fits(presented));
    }

    @Test
    void whatIsSignedIsAllOfIt() {
        String time = Long.toString(TIME);
        assertFalse(fits(STANDARD, SIGNED, SECRET, TIME, "Webhook-Id", "msg_2", "Webhook-Timestamp", time));
        assertFalse(
                fits(STANDARD, SIGNED, SECRET, TIME, "Webhook-Id", ID, "Webhook-Timestamp", Long.toString(TIME + 1)));
        assertFalse(fits(STANDARD, SIGNED, SECRET, TIME, "Webhook-Timestamp", time), "a header is missing");
        assertFalse(fits(STANDARD, SIGNED, "whsec_AAAA", TIME, "Webhook-Id", ID, "Webhook-Timestamp", time));
    }

    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "0, true", "10, true", "11, false"})
    void aSignedTimeMayBeFiveMinutesOldAndAsFarAheadAsClocksDiffer(long ahead, boolean holds) {
        assertEquals(
                holds,
                fits(
                        STANDARD,
                        SIGNED,
                        SECRET,
                        TIME - ahead,
                        "Webhook-Id",
                        ID,
                        "Webhook-Timestamp",
                        Long.toString(TIME)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1614265330.5", "99999999999999999999"})
    void aTimeThatIsNoneDoesNotHold(String time) {
        Map<String, String> headers = Map.of("webhook-id", ID, "webhook-timestamp", time);
        String value = Signatures.value(STANDARD, headers, BODY.getBytes(UTF_8), Secret.of(SECRET))
                .orElseThrow();

        assertFalse(fits(STANDARD, value, SECRET, TIME, "Webhook-Id", ID, "Webhook-Timestamp", time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_%", "no base64!"})
    void aSecretThatIsNoKeyLetsNobodyIn(String secret) {
        assertEquals(
                Optional.empty(),
                Signatures.value(
                        STANDARD,
                        Map.of("webhook-id", ID, "webhook-timestamp", "1"),
                        BODY.getBytes(UTF_8),
                        Secret.of(secret)));
        assertFalse(fits(STANDARD, SIGNED, secret, TIME, "Webhook-Id", ID, "Webhook-Timestamp", Long.toString(TIME)));
    }

    /** printf '{"test": 2432232314}' | openssl dgst -sha256 -hmac rose */
    @Test
    void aSignatureOfTheBodyAloneIsHexAndOfAnyAge() {
        String hex = "73505c15e6b64f2f90bdaa326499719af20e42a94b40cd8042fbc4f52c7929a0";
        assertTrue(fits(PLAIN, hex, "rose", 1));
        assertTrue(fits(PLAIN, hex.toUpperCase(java.util.Locale.ROOT), "rose", TIME));
        assertFalse(fits(PLAIN, hex.substring(2), "rose", TIME));
        assertFalse(fits(PLAIN, "zz" + hex.substring(2), "rose", TIME));
        assertFalse(fits(PLAIN, hex, "tulip", TIME));
    }
}
