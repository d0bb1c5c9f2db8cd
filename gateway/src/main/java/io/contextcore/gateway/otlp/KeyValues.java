package io.contextcore.gateway.otlp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code name=value,name=value} as OpenTelemetry's variables write it: W3C Baggage without properties. Values are
 * percent-encoded UTF-8; names are too in resource attributes; a {@code +} is a plus.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable">
 *     OpenTelemetry specification</a>
 */
public final class KeyValues {

    private KeyValues() {}

    /** A part of the text cannot be read. */
    public static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        private final int column;

        Malformed(String message, int column) {
            super(message);
            this.column = column;
        }

        /** Where the part begins, from 1. */
        public int column() {
            return column;
        }
    }

    /**
     * The pairs in the order written; the last of equal names counts. Empty parts are skipped.
     *
     * @throws Malformed at the first part that is not {@code name=value}; the message never repeats the value, which may be
     *     a secret
     */
    public static Map<String, String> parse(String text) throws Malformed {
        Map<String, String> pairs = new LinkedHashMap<>();
        int start = 0;
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                int equals = part.indexOf('=');
                if (equals <= 0 || part.substring(0, equals).isBlank()) {
                    throw new Malformed("pair without a name and '=' (expected: name=value,name=value)", start + 1);
                }
                String name = decode(part.substring(0, equals).strip(), start + 1);
                pairs.put(name, decode(part.substring(equals + 1).strip(), start + equals + 2));
            }
            start += part.length() + 1;
        }
        return pairs;
    }

    private static String decode(String encoded, int column) throws Malformed {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        byte[] bytes = encoded.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new Malformed(
                        "'%' without two hex digits (expected: percent-encoding, %25 for a percent)", column);
            }
            decoded.write(high * 16 + low);
            i += 2;
        }
        return utf8(decoded.toByteArray(), column);
    }

    private static String utf8(byte[] bytes, int column) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("percent-encoded bytes are not UTF-8", column);
        }
    }
}
