package io.contextcore.gateway.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.testing.Promise;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretTest {

    private final Secret secret = Secret.of("open sesame");

    @Test
    @Promise("secrets-never-print")
    void itNeverPrintsItself() {
        assertFalse((secret + String.valueOf(secret.hashCode())).contains("sesame"));
    }

    @Test
    void itMatchesItsOwnBytesOnly() {
        assertTrue(secret.matches("open sesame".getBytes(StandardCharsets.UTF_8)));
        assertFalse(secret.matches("open sesam".getBytes(StandardCharsets.UTF_8)));
        assertEquals(secret, Secret.of("open sesame"));
        assertNotEquals(secret, Secret.of("open barley"));
    }

    @Test
    void whatIsRevealedIsACopy() {
        secret.reveal()[0] = 0;

        assertArrayEquals("open sesame".getBytes(StandardCharsets.UTF_8), secret.reveal());
    }

    @Test
    void aBlankSecretVerifiesNothingAndIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Secret.of(" "));
    }
}
