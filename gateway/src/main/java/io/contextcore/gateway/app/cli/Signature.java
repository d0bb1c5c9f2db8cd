package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.intake.RequestHash;
import io.contextcore.gateway.intake.Signatures;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves a body as a kind wants it proved: the other side of the door. */
final class Signature {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long JWT_SECONDS = 180;

    private Signature() {}

    /**
     * The value of the proof's header.
     *
     * @param headers the others
     * @param target path and query of the request
     * @param nowNanos when it is sent, since the epoch
     */
    static String value(
            Verification verification,
            Secret secret,
            Map<String, String> headers,
            byte[] body,
            String target,
            long nowNanos) {
        if (verification instanceof Verification.Hmac hmac) {
            String method = new TreeSet<>(hmac.methods()).first();
            return method + "=" + HexFormat.of().formatHex(mac(method, secret, body));
        }
        if (verification instanceof Verification.Signature signature) {
            Map<String, String> byName = new HashMap<>();
            headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
            return Signatures.value(signature, byName, body, secret)
                    .orElseThrow(
                            () -> new UserError("the request cannot be signed (expected: a secret that is base64, and"
                                    + " the headers " + signature.signed() + " under `send:` of the kind's file)"));
        }
        if (verification instanceof Verification.Basic) {
            return "Basic " + Base64.getEncoder().encodeToString(secret.reveal());
        }
        if (verification instanceof Verification.Jwt jwt) {
            return (jwt.scheme() == null ? "" : jwt.scheme() + " ") + jwt(secret, target, nowNanos / SECOND_NANOS);
        }
        String token = new String(secret.reveal(), StandardCharsets.UTF_8);
        String scheme = ((Verification.Token) verification).scheme();
        return scheme == null ? token : scheme + " " + token;
    }

    /** Holds for three minutes, and for this request only. */
    private static String jwt(Secret secret, String target, long nowSeconds) {
        String signed = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                + part("{\"iat\":" + nowSeconds + ",\"exp\":" + (nowSeconds + JWT_SECONDS) + ",\"qsh\":\""
                        + RequestHash.of("POST", target) + "\"}");
        return signed + "." + URL.encodeToString(mac("sha256", secret, signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String part(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** @param method {@code sha256} and the like; RFC 2104 */
    private static byte[] mac(String method, Secret secret, byte[] body) {
        String algorithm = "Hmac" + method.toUpperCase(Locale.ROOT);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.reveal(), algorithm));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
