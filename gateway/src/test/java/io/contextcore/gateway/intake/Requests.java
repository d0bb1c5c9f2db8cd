package io.contextcore.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Variable;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Kinds, sources and requests for tests. */
public final class Requests {

    public static final String SECRET = "It's a Secret to Everybody";
    public static final Verification HMAC = new Verification.Hmac("x-hub-signature-256", Set.of("sha256"));

    private Requests() {}

    public static Source source(String... secrets) {
        return new Source(
                "forge", "forge", Arrays.stream(secrets).map(Secret::of).toList(), secrets.length == 0, Projects.NONE);
    }

    /** JSON and forms, HMAC, event and id in headers. */
    public static SourceKind kind(Verification... verifications) {
        return kind(header("x-event"), header("x-delivery"), false, false, "payload", verifications);
    }

    public static SourceKind kind(
            Expression event, Expression id, boolean bodyOptional, boolean redact, String form, Verification... ways) {
        List<Verification> verifications = ways.length == 0 ? List.of(HMAC) : List.of(ways);
        return new SourceKind(
                "forge",
                verifications,
                event,
                id,
                null,
                null,
                Set.of("ping"),
                form.isEmpty() ? null : form,
                bodyOptional,
                Set.of("order"),
                false,
                redact,
                1_000,
                Set.of("x-event", "x-note", "x-hub-signature-256", "authorization"),
                null);
    }

    public static Expression header(String name) {
        return scope -> {
            Object value = ((Map<?, ?>) scope.get(Variable.HEADERS.ordinal())).get(name);
            return value == null ? Nothing.ABSENT : value;
        };
    }

    /** Signed with {@link #SECRET}; {@code headers} are names and values in turn. */
    public static IntakeRequest signed(String body, String... headers) {
        return request(
                body.getBytes(UTF_8), with(headers, "x-hub-signature-256", signature(body.getBytes(UTF_8), SECRET)));
    }

    public static IntakeRequest request(byte[] body, String... headers) {
        Map<String, String> map = new HashMap<>();
        map.put("content-type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new IntakeRequest("forge", map, Map.of(), body);
    }

    public static String signature(byte[] body, String secret) {
        return "sha256=" + HexFormat.of().formatHex(mac("HmacSHA256", body, secret));
    }

    static byte[] mac(String algorithm, byte[] body, String secret) {
        return mac(algorithm, body, secret.getBytes(UTF_8));
    }

    public static byte[] mac(String algorithm, byte[] body, byte[] secret) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }
}
