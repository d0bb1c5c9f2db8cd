package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.nio.charset.StandardCharsets;
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
                Signature.value(new Verification.Hmac("x-signature", Set.of("sha256")), SECRET, BODY));
    }

    @Test
    void aTokenStandsBehindItsSchemeOrAlone() {
        assertEquals(
                "Bearer It's a Secret to Everybody",
                Signature.value(new Verification.Token("authorization", "Bearer"), SECRET, BODY));
        assertEquals(
                "It's a Secret to Everybody", Signature.value(new Verification.Token("x-token", null), SECRET, BODY));
    }
}
