package io.contextcore.gateway.intake;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.SourceKind.Verification.Hmac;
import io.contextcore.gateway.model.SourceKind.Verification.Signature;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures over headers and body, of both sides: what a sender writes, and whether what came fits. */
public final class Signatures {

    /** Standard Webhooks writes secrets so. */
    private static final String SECRET_PREFIX = "whsec_";

    private static final double SECOND_NANOS = 1e9;

    private final Clock clock;
    private final double skewSeconds;

    Signatures(Limits limits, Clock clock) {
        this.clock = clock;
        this.skewSeconds = limits.clockSkewNanos() / SECOND_NANOS;
    }

    /** What a sender puts into the header; empty where the secret is no key, or a header that is signed is missing. */
    public static Optional<String> value(Signature way, Map<String, String> headers, byte[] body, Secret secret) {
        return mac(way, headers, body, secret)
                .map(mac -> way.prefix()
                        + (way.base64()
                                ? Base64.getEncoder().encodeToString(mac)
                                : HexFormat.of().formatHex(mac)));
    }

    /** Whether one of the signatures fits. All of them are compared. */
    boolean fit(Signature way, String presented, IntakeRequest request, Secret secret) {
        Optional<byte[]> ours = mac(way, request.headers(), request.body(), secret);
        boolean fits = false;
        for (String each : presented.split(" ")) {
            Optional<byte[]> theirs = each.startsWith(way.prefix())
                    ? decoded(way, each.substring(way.prefix().length()))
                    : Optional.empty();
            fits |= ours.isPresent() && theirs.isPresent() && MessageDigest.isEqual(ours.get(), theirs.get());
        }
        return fits && isInTime(way, request);
    }

    private boolean isInTime(Signature way, IntakeRequest request) {
        if (way.time() == null) {
            return true;
        }
        try {
            double now = clock.epochNanos() / SECOND_NANOS;
            long told = Long.parseLong(
                    request.headers().getOrDefault(way.time(), "").strip());
            return told >= now - way.withinNanos() / SECOND_NANOS && told <= now + skewSeconds;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Optional<byte[]> mac(Signature way, Map<String, String> headers, byte[] body, Secret secret) {
        if (!headers.keySet().containsAll(way.signed())) {
            return Optional.empty();
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + 128);
        for (String header : way.signed()) {
            signed.writeBytes((headers.get(header) + way.separator()).getBytes(StandardCharsets.UTF_8));
        }
        signed.writeBytes(body);
        return key(way, secret).map(key -> mac(way.method(), key, signed.toByteArray()));
    }

    private static Optional<byte[]> key(Signature way, Secret secret) {
        if (way.key() == Signature.Key.TEXT) {
            return Optional.of(secret.reveal());
        }
        String text = new String(secret.reveal(), StandardCharsets.UTF_8);
        return base64(text.startsWith(SECRET_PREFIX) ? text.substring(SECRET_PREFIX.length()) : text);
    }

    private static Optional<byte[]> decoded(Signature way, String text) {
        try {
            return way.base64() ? base64(text) : Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Empty where it is none, or of nothing: no key has no bytes. */
    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text)).filter(bytes -> bytes.length > 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] mac(String method, byte[] key, byte[] signed) {
        String algorithm =
                Objects.requireNonNull(Hmac.ALGORITHMS.get(method), "a signature has a method that there is");
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }
}
