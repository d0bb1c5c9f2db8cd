package io.contextcore.gateway.mapping;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A short name for the content of files. */
final class Fingerprint {

    private static final int DIGITS = 12;

    private Fingerprint() {}

    /** The first digits of the SHA-256 of names and texts. */
    static String of(Map<String, String> texts) {
        MessageDigest digest = sha256();
        new TreeMap<>(texts).forEach((name, text) -> {
            add(digest, name);
            add(digest, text);
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    /** With its length, so that no two lists of texts are the same bytes. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
