package io.contextcore.gateway.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** SHA-256, the one digest that ids of ours are made of, and UUIDs that are names. */
public final class Hashing {

    private Hashing() {}

    public static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    public static byte[] sha256(String input) {
        return sha256(input.getBytes(StandardCharsets.UTF_8));
    }

    /** The UUID of version 5 (RFC 9562, section 5.5) that names something within a namespace of 16 bytes. */
    public static UUID uuid(byte[] namespace, byte[] name) {
        ByteBuffer digest;
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(namespace);
            digest = ByteBuffer.wrap(sha1.digest(name));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
        long most = digest.getLong() & ~0xF000L | 0x5000L;
        long least = digest.getLong() & ~(3L << 62) | 2L << 62;
        return new UUID(most, least);
    }
}
