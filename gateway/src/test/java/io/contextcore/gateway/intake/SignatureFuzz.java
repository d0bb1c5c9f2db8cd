package io.contextcore.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** A header's text, a NUL, a body: it proves what it says or nothing, and never is an exception. */
public final class SignatureFuzz {

    private static final String HEADER = Requests.HMAC.header();
    private static final Source SOURCE = Requests.source(Requests.SECRET);
    private static final SourceKind SIGNED = Requests.kind();
    private static final SourceKind TOLD = Requests.kind(
            new Verification.Token("authorization", "Bearer"),
            new Verification.Basic("authorization"),
            new Verification.Jwt("authorization", "JWT", true));

    private SignatureFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        int nul = 0;
        while (nul < input.length && input[nul] != 0) {
            nul++;
        }
        String header = new String(input, 0, nul, StandardCharsets.ISO_8859_1);
        byte[] body = Arrays.copyOfRange(input, Math.min(nul + 1, input.length), input.length);
        String signature = Requests.signature(body, Requests.SECRET);

        boolean fits = header.strip().toLowerCase(Locale.ROOT).equals(signature);
        require(holds(SIGNED, body, HEADER, header) == fits, "a header proves what it does not say");
        require(holds(SIGNED, body, HEADER, signature), "a true signature proves nothing");
        require(!holds(TOLD, body, "authorization", header) || names(header), "a header is taken for the secret");
        if (body.length > 0) {
            body[body.length / 2] ^= 1;
            require(!holds(SIGNED, body, HEADER, signature), "a signature proves another body");
        }
    }

    /** The fuzzer looks over the shoulder of comparisons, and does come upon the secret. */
    private static boolean names(String header) {
        return header.contains(Requests.SECRET)
                || header.contains(Base64.getEncoder().withoutPadding().encodeToString(Requests.SECRET.getBytes(UTF_8)))
                || header.regionMatches(true, 0, "JWT ", 0, 4);
    }

    private static boolean holds(SourceKind kind, byte[] body, String name, String value) {
        return new Proof(Limits.defaults(), Clock.system())
                .of(Requests.request(body, name, value), SOURCE, kind)
                .holds();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
