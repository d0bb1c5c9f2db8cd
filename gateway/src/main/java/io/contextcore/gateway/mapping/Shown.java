package io.contextcore.gateway.mapping;

import io.contextcore.gateway.model.Nothing;
import java.util.Locale;

/** Values as error messages show them: short, and told apart. */
final class Shown {

    private static final int MOST_CHARS = 60;

    private Shown() {}

    static String of(Object value) {
        if (value instanceof Nothing nothing) {
            return nothing.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof String text) {
            return "'" + (text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…") + "'";
        }
        String text = value.toString();
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
    }
}
