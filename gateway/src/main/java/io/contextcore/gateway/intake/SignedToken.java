package io.contextcore.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.SourceKind.Verification;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.model.UnreadableJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JSON Web Token (RFC 7519) in the compact form of RFC 7515. The algorithm is fixed, HS256: what the token says of it is
 * compared, never followed. Nothing of the token is parsed before its signature fits.
 */
final class SignedToken {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String NAME = "HS256";
    private static final double SECOND_NANOS = 1e9;

    private final StrictJson reader;
    private final Clock clock;
    private final double skewSeconds;

    SignedToken(Limits limits, Clock clock) {
        this.reader = new StrictJson(limits);
        this.clock = clock;
        this.skewSeconds = limits.clockSkewNanos() / SECOND_NANOS;
    }

    /** What the token claims; empty if it proves nothing of this request. */
    Optional<JsonNode> claims(Verification.Jwt way, String token, IntakeRequest request, Secret secret) {
        int signature = token.lastIndexOf('.');
        int payload = token.indexOf('.');
        if (payload == signature || token.indexOf('=') >= 0) {
            return Optional.empty();
        }
        try {
            byte[] signed = token.substring(0, signature).getBytes(StandardCharsets.ISO_8859_1);
            if (!MessageDigest.isEqual(mac(signed, secret), decoded(token.substring(signature + 1)))) {
                return Optional.empty();
            }
            JsonNode head = reader.read(decoded(token.substring(0, payload)));
            JsonNode claims = reader.read(decoded(token.substring(payload + 1, signature)));
            return isOurs(head) && isInTime(claims) && isFor(way, claims, request)
                    ? Optional.of(claims)
                    : Optional.empty();
        } catch (IllegalArgumentException | UnreadableJson e) {
            return Optional.empty();
        }
    }

    /** Extensions that must be understood ({@code crit}, RFC 7515 section 4.1.11) are not. */
    private static boolean isOurs(JsonNode head) {
        return head.path("alg").isTextual() && NAME.equals(head.path("alg").textValue()) && !head.has("crit");
    }

    /** A token without an end would hold forever: {@code exp} has to be there. Seconds since 1970. */
    private boolean isInTime(JsonNode claims) {
        double now = clock.epochNanos() / SECOND_NANOS;
        return claims.path("exp").isNumber()
                && now < claims.path("exp").doubleValue() + skewSeconds
                && hasBegun(claims.path("iat"), now)
                && hasBegun(claims.path("nbf"), now);
    }

    private boolean hasBegun(JsonNode time, double now) {
        return time.isMissingNode() || (time.isNumber() && time.doubleValue() <= now + skewSeconds);
    }

    /** A token that says for which request it is counts for no other one, also where the kind does not ask for that. */
    private static boolean isFor(Verification.Jwt way, JsonNode claims, IntakeRequest request) {
        JsonNode hash = claims.path("qsh");
        if (hash.isMissingNode()) {
            return !way.bound();
        }
        byte[] ours = RequestHash.of("POST", request.target()).getBytes(StandardCharsets.UTF_8);
        return hash.isTextual() && MessageDigest.isEqual(ours, hash.textValue().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private static byte[] mac(byte[] signed, Secret secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal(), ALGORITHM));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }
}
