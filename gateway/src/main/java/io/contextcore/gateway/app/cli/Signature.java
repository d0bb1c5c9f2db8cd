package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves a body as a kind wants it proved: the other side of the door. */
final class Signature {

    private Signature() {}

    /** The value of the proof's header. */
    static String value(Verification verification, Secret secret, byte[] body) {
        if (verification instanceof Verification.Hmac hmac) {
            String method = new TreeSet<>(hmac.methods()).first();
            return method + "=" + HexFormat.of().formatHex(mac(method, secret, body));
        }
        if (verification instanceof Verification.Basic) {
            return "Basic " + Base64.getEncoder().encodeToString(secret.reveal());
        }
        String token = new String(secret.reveal(), StandardCharsets.UTF_8);
        String scheme = ((Verification.Token) verification).scheme();
        return scheme == null ? token : scheme + " " + token;
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
