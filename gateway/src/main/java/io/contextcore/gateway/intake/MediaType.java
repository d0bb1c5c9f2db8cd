package io.contextcore.gateway.intake;

import java.util.Locale;

/** What a body says it is. Only UTF-8 is taken, which JSON exchanged between systems must be in (RFC 8259 section 8.1). */
enum MediaType {
    JSON,
    FORM,
    OTHER;

    /** Reads a Content-Type header: {@code application/json; charset=UTF-8}. */
    static MediaType of(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            if (!charsetIsUtf8(parts[i].strip())) {
                return OTHER;
            }
        }
        String type = parts[0].strip();
        if (type.equals("application/json") || type.startsWith("application/") && type.endsWith("+json")) {
            return JSON;
        }
        return type.equals("application/x-www-form-urlencoded") ? FORM : OTHER;
    }

    /** True for other parameters as well. US-ASCII is a part of UTF-8. */
    private static boolean charsetIsUtf8(String parameter) {
        if (!parameter.startsWith("charset=")) {
            return true;
        }
        String charset =
                parameter.substring("charset=".length()).replace("\"", "").strip();
        return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
    }
}
