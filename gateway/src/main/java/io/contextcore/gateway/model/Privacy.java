package io.contextcore.gateway.model;

import com.google.re2j.Pattern;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Holds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How much of people's names, and of what people write, becomes telemetry. What an attribute holds is declared with it
 * ({@link Holds}); e-mail addresses are looked for in every text.
 *
 * @param key of the hashes; null unless people are hashed
 * @param emails whether e-mail addresses are told
 * @param texts whether texts that people or agents wrote are told, without the secrets in them
 */
public record Privacy(People people, @Nullable Secret key, boolean emails, boolean texts) {

    /** What is done with the names of people. */
    public enum People {
        /** Told as the sender tells them. */
        KEEP,
        /** Told as a keyed hash: the same person is the same everywhere, and nobody without the key knows who. */
        HASH,
        /** Not told. */
        DROP;

        /** The word that settings use. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What stands where an address stood. */
    public static final String EMAIL = "[email]";

    private static final Pattern ADDRESS =
            Pattern.compile("[\\pL\\pN._%+'-]{1,64}@(?:[\\pL\\pN-]{1,63}\\.){1,8}\\pL{2,24}");

    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 8;

    public Privacy {
        if (people == People.HASH && key == null) {
            throw new IllegalArgumentException("hashes without a key (expected: a key, or not to hash)");
        }
    }

    /** Names are told; addresses and texts are not. */
    public static Privacy defaults() {
        return new Privacy(People.KEEP, null, false, false);
    }

    /** Names and texts are told; addresses are not. */
    public static Privacy withTexts() {
        return new Privacy(People.KEEP, null, false, true);
    }

    /** Whether anything is told of the attribute; if not, its expression need not run. */
    public boolean tells(Attribute attribute) {
        return switch (attribute.holds()) {
            case FACT -> true;
            case PERSON -> people != People.DROP;
            case TEXT -> texts;
        };
    }

    /**
     * What is told of a value.
     *
     * @param redaction takes secrets out of a text
     */
    public AttributeValue told(Attribute attribute, AttributeValue value, UnaryOperator<String> redaction) {
        if (value instanceof AttributeValue.Text text) {
            String told = text(attribute.holds(), text.value(), redaction);
            return told.equals(text.value()) ? value : new AttributeValue.Text(told);
        }
        if (value instanceof AttributeValue.Texts texts) {
            return new AttributeValue.Texts(texts.values().stream()
                    .map(text -> text(attribute.holds(), text, redaction))
                    .toList());
        }
        return value;
    }

    private String text(Holds holds, String text, UnaryOperator<String> redaction) {
        return switch (holds) {
            case FACT -> withoutAddresses(text);
            case PERSON -> people == People.HASH ? hash(text) : person(text);
            case TEXT -> withoutAddresses(redaction.apply(text));
        };
    }

    private String withoutAddresses(String text) {
        return emails || text.indexOf('@') < 0 ? text : ADDRESS.matcher(text).replaceAll(EMAIL);
    }

    /** A login that is an address is told by what stands before the sign: else all such people were one. */
    private String person(String name) {
        return emails || name.indexOf('@') < 0
                ? name
                : ADDRESS.matcher(name).matches() ? name.substring(0, name.indexOf('@')) : withoutAddresses(name);
    }

    private String hash(String name) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(Objects.requireNonNull(key).reveal(), HMAC));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return "user-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + HMAC, e);
        }
    }
}
