package io.contextcore.gateway.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from who knows the secret. Looks at headers and raw bytes only. Every secret is tried with
 * every way of the kind, also after one has fitted, so that the time taken tells nothing about which did.
 */
final class Proof {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final SignedToken tokens;
    private final Signatures signatures;

    Proof(Limits limits, Clock clock) {
        this.tokens = new SignedToken(limits, clock);
        this.signatures = new Signatures(limits, clock);
    }

    /**
     * What was found.
     *
     * @param holds whether the request is genuine
     * @param claims of the tokens that prove it
     */
    record Result(boolean holds, List<JsonNode> claims) {}

    Result of(IntakeRequest request, Source source, SourceKind kind) {
        if (source.secrets().isEmpty()) {
            return new Result(source.unverified(), List.of());
        }
        boolean proved = false;
        List<JsonNode> claims = new ArrayList<>(0);
        for (Verification way : kind.verifications()) {
            String presented = request.headers().get(way.header());
            if (presented != null) {
                for (Secret secret : source.secrets()) {
                    proved |= fits(way, presented.strip(), request, secret, claims);
                }
            }
        }
        return new Result(proved, claims);
    }

    /** What a request without proof is told: which headers were looked for, and whether one was there. */
    static String complaint(IntakeRequest request, SourceKind kind) {
        boolean presented =
                kind.verifications().stream().anyMatch(way -> request.headers().containsKey(way.header()));
        String expected = kind.verifications().stream().map(Proof::form).collect(Collectors.joining(" or "));
        return (presented ? "signature or token does not fit" : "signature or token is missing") + " (expected: "
                + expected + ")";
    }

    private static String form(Verification way) {
        if (way instanceof Verification.Hmac hmac) {
            return hmac.header() + ": " + hmac.methods().stream().sorted().collect(Collectors.joining("|"))
                    + "=<hex of the raw body's HMAC>";
        }
        if (way instanceof Verification.Signature signature) {
            String before = signature.signed().stream()
                    .map(header -> header + signature.separator())
                    .collect(Collectors.joining());
            return signature.header() + ": " + signature.prefix() + "<" + (signature.base64() ? "base64" : "hex")
                    + " of the HMAC of " + before + "body>"
                    + (signature.time() == null
                            ? ""
                            : ", " + signature.time() + " at most " + signature.withinNanos() / SECOND_NANOS
                                    + " s ago");
        }
        if (way instanceof Verification.Token token) {
            return token.header() + ": " + (token.scheme() == null ? "" : token.scheme() + " ") + "<token>";
        }
        if (way instanceof Verification.Jwt jwt) {
            return jwt.header() + ": " + (jwt.scheme() == null ? "" : jwt.scheme() + " ") + "<JWT, HS256"
                    + (jwt.bound() ? ", with qsh>" : ">");
        }
        if (way instanceof Verification.Basic basic) {
            return basic.header() + ": Basic <base64 of user:password>";
        }
        throw new AssertionError("unknown verification " + way);
    }

    private boolean fits(
            Verification way, String presented, IntakeRequest request, Secret secret, List<JsonNode> claims) {
        if (way instanceof Verification.Hmac hmac) {
            return fits(hmac, presented, request.body(), secret);
        }
        if (way instanceof Verification.Signature signature) {
            return signatures.fit(signature, presented, request, secret);
        }
        if (way instanceof Verification.Jwt jwt) {
            String token = withoutScheme(presented, jwt.scheme());
            Optional<JsonNode> claimed = token == null ? Optional.empty() : tokens.claims(jwt, token, request, secret);
            claimed.ifPresent(claims::add);
            return claimed.isPresent();
        }
        if (way instanceof Verification.Token token) {
            String value = withoutScheme(presented, token.scheme());
            return value != null && secret.matches(value.getBytes(StandardCharsets.UTF_8));
        }
        if (way instanceof Verification.Basic) {
            return fitsBasic(presented, secret);
        }
        throw new AssertionError("unknown verification " + way);
    }

    private static boolean fitsBasic(String presented, Secret secret) {
        String value = withoutScheme(presented, "Basic");
        try {
            return value != null && secret.matches(Base64.getDecoder().decode(value));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** {@code <method>=<hex>}, both in either case (WebSub section 8). */
    private static boolean fits(Verification.Hmac hmac, String presented, byte[] body, Secret secret) {
        int equals = presented.indexOf('=');
        String method = presented.substring(0, Math.max(0, equals)).toLowerCase(Locale.ROOT);
        String algorithm = Verification.Hmac.ALGORITHMS.get(method);
        if (algorithm == null || !hmac.methods().contains(method)) {
            return false;
        }
        byte[] claimed;
        try {
            claimed = HexFormat.of().parseHex(presented, equals + 1, presented.length());
        } catch (IllegalArgumentException e) {
            return false;
        }
        return MessageDigest.isEqual(mac(algorithm, body, secret), claimed);
    }

    private static byte[] mac(String algorithm, byte[] body, Secret secret) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.reveal(), algorithm));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }

    /** Schemes are compared without case (RFC 9110 section 11.1). */
    private static @Nullable String withoutScheme(String presented, @Nullable String scheme) {
        if (scheme == null) {
            return presented;
        }
        boolean has = presented.length() > scheme.length()
                && presented.regionMatches(true, 0, scheme, 0, scheme.length())
                && presented.charAt(scheme.length()) == ' ';
        return has ? presented.substring(scheme.length()).strip() : null;
    }
}
