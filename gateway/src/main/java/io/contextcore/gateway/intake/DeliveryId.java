package io.contextcore.gateway.intake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The one text that a delivery is known by: {@code <source>/<tenant>/<delivery id>}, where the sender gives no id
 * {@code <source>/<tenant>/sha256~<hex of the raw body>}. Parts are escaped as {@code %2F}, so that two deliveries share
 * a text only if all three parts are equal, and no id that a sender gives looks like a hash of ours.
 */
final class DeliveryId {

    private static final String SPECIAL = "%/~";

    private DeliveryId() {}

    static String of(String source, String tenant, String id) {
        return escaped(source) + "/" + escaped(tenant) + "/" + escaped(id);
    }

    static String ofHash(String source, String tenant, String hash) {
        return escaped(source) + "/" + escaped(tenant) + "/sha256~" + hash;
    }

    /** Neither an id that a sender gives nor a hash looks like it. */
    static String ofEvent(String source, String tenant, String event) {
        return escaped(source) + "/" + escaped(tenant) + "/event~" + escaped(event);
    }

    private static String escaped(String part) {
        StringBuilder result = new StringBuilder(part.length());
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > ' ' && b < 0x7f && SPECIAL.indexOf(b) < 0;
            result.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
        }
        return result.toString();
    }
}
