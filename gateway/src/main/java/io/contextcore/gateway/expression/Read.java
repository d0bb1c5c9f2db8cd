package io.contextcore.gateway.expression;

import org.jspecify.annotations.Nullable;

/**
 * Attributes that an expression uses.
 *
 * @param map the variable that holds them: {@code before}, {@code after}, {@code attributes}, {@code child}
 * @param attribute the one that it names; null: whichever, by a name that is computed, or all of them
 */
public record Read(String map, @Nullable String attribute) {}
