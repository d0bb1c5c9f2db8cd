package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.intake.RequestHash;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);
    private static final Secret SECRET = Secret.of("It's a Secret to Everybody");

    /** docs.github.com, "Validating webhook deliveries", testing the webhook payload validation. */
    @Test
    void theOfficialVectorIsMet() {
        assertEquals(
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                Signature.value(
                        new Verification.Hmac("x-signature", Set.of("sha256")), SECRET, Map.of(), BODY, "/", 0));
    }

    @Test
    void aTokenStandsBehindItsSchemeOrAlone() {
        assertEquals(
                "Bearer It's a Secret to Everybody",
                Signature.value(new Verification.Token("authorization", "Bearer"), SECRET, Map.of(), BODY, "/", 0));
        assertEquals(
                "It's a Secret to Everybody",
                Signature.value(new Verification.Token("x-token", null), SECRET, Map.of(), BODY, "/", 0));
    }

    @Test
    void aJwtIsSignedForThisRequestAndThreeMinutes() {
        String value = Signature.value(
                new Verification.Jwt("authorization", "JWT", true),
                SECRET,
                Map.of(),
                BODY,
                "/webhooks/shop",
                1_700_000_000_999_999_999L);
        String[] parts = value.substring("JWT ".length()).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertEquals(
                "{\"iat\":1700000000,\"exp\":1700000180,\"qsh\":\"" + RequestHash.of("POST", "/webhooks/shop") + "\"}",
                claims);
        assertEquals(3, parts.length);
    }
}
