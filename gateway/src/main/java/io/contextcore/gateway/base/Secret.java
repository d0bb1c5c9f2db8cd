package io.contextcore.gateway.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A secret: it never prints itself and is compared in constant time. */
public final class Secret {

    private final byte[] value;

    private Secret(byte[] value) {
        this.value = value;
    }

    /** @throws IllegalArgumentException if the text is blank: an empty secret verifies nothing */
    public static Secret of(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("secret is blank (expected: at least one visible character)");
        }
        return new Secret(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes, for a MAC's key or for storing; the only way out. */
    public byte[] reveal() {
        return value.clone();
    }

    /** Constant-time comparison with what a caller presented. */
    public boolean matches(byte[] presented) {
        return MessageDigest.isEqual(value, presented);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(value, that.value);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret(****)";
    }
}
