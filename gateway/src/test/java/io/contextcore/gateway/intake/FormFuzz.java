package io.contextcore.gateway.intake;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Any bytes as a form: never an exception, and what was encoded comes out as it was. */
public final class FormFuzz {

    private FormFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        byte[] found = Form.field(input, "payload").orElse(new byte[0]);
        if (found.length > input.length) {
            throw new AssertionError("a field is longer than its form");
        }
        String encoded = URLEncoder.encode(new String(input, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        byte[] form = ("other=1&payload=" + encoded + "&more").getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(Form.field(form, "payload").orElseThrow(), input)) {
            throw new AssertionError("a field is not what was encoded");
        }
    }
}
