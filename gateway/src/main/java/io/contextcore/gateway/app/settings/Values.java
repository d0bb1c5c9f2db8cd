package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.Location;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of every option, and where it was said.
 *
 * @param byKey of every option that has a value
 */
record Values(Map<String, Value> byKey) {

    /** @param at where the user said it; null: it is the default */
    record Value(Object value, @Nullable Location at) {}

    /** The value of an option that has a default. */
    <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new IllegalStateException("option without a value: " + option.key()));
    }

    /** The value of an option that may have none. */
    @SuppressWarnings("unchecked") // the reader puts in what the option's own type made
    <T> Optional<T> find(Option<T> option) {
        return Optional.ofNullable(byKey.get(option.key())).map(value -> (T) value.value());
    }

    /** Where the user said it; empty: it is the default, or nothing. */
    Optional<Location> placeOf(Option<?> option) {
        return Optional.ofNullable(byKey.get(option.key())).flatMap(value -> Optional.ofNullable(value.at()));
    }
}
