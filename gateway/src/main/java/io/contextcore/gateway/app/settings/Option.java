package io.contextcore.gateway.app.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a user can set.
 *
 * @param key path in the file, {@code http.port}
 * @param fallback what holds where nobody says anything, as text; null: nothing
 * @param doc one line for the settings page
 * @param standard OpenTelemetry's variables that say the same, the strongest first
 */
record Option<T>(String key, OptionType<T> type, @Nullable String fallback, String doc, List<Standard> standard) {

    /**
     * A variable of the OpenTelemetry specification.
     *
     * @param adapt from what the specification writes to what the option reads; empty: the variable says nothing of it
     */
    record Standard(String variable, Function<String, Optional<String>> adapt) {

        static Standard same(String variable) {
            return new Standard(variable, Optional::of);
        }
    }

    static <T> Option<T> of(String key, OptionType<T> type, @Nullable String fallback, String doc) {
        return new Option<>(key, type, fallback, doc, List.of());
    }

    Option<T> or(Standard... variables) {
        return new Option<>(key, type, fallback, doc, List.of(variables));
    }

    /** {@code CONTEXTCORE_} and the key in capitals, with underscores for dots. */
    String variable() {
        return "CONTEXTCORE_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
