package io.contextcore.gateway.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Fields of an {@code application/x-www-form-urlencoded} body, as the URL standard parses them
 * (https://url.spec.whatwg.org/#urlencoded-parsing): nothing is malformed, a {@code %} without two hex digits stands for
 * itself.
 */
final class Form {

    private Form() {}

    /** The decoded bytes of the first field of this name. */
    static Optional<byte[]> field(byte[] body, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int start = 0;
        while (start <= body.length) {
            int end = indexOf(body, '&', start, body.length);
            int equals = indexOf(body, '=', start, end);
            if (Arrays.equals(decode(body, start, equals), wanted)) {
                return Optional.of(decode(body, Math.min(equals + 1, end), end));
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static int indexOf(byte[] body, char wanted, int start, int end) {
        int i = start;
        while (i < end && body[i] != wanted) {
            i++;
        }
        return i;
    }

    private static byte[] decode(byte[] body, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            if (body[i] == '%' && i + 2 < end && hex(body[i + 1]) >= 0 && hex(body[i + 2]) >= 0) {
                out.write(hex(body[i + 1]) << 4 | hex(body[i + 2]));
                i += 2;
            } else {
                out.write(body[i] == '+' ? ' ' : body[i]);
            }
        }
        return out.toByteArray();
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }
}
