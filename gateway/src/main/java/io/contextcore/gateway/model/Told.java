package io.contextcore.gateway.model;

import org.jspecify.annotations.Nullable;

/**
 * What a signal says of one thing: a value, or that there is none (JSON null). Where a signal says nothing, there is no
 * {@code Told}.
 *
 * @param value null: told to be nothing
 */
public record Told<T>(@Nullable T value) {

    public static <T> Told<T> of(T value) {
        return new Told<>(value);
    }

    public static <T> Told<T> nothing() {
        return new Told<>(null);
    }
}
