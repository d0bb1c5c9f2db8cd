package io.contextcore.gateway.model;

/**
 * Names an instance.
 *
 * @param lifecycle name of its lifecycle, {@code order}
 * @param name its key, or one of its aliases
 * @param alias whether {@code name} is an alias
 */
public record Reference(String lifecycle, String name, boolean alias) {

    public static Reference key(String lifecycle, String key) {
        return new Reference(lifecycle, key, false);
    }

    public static Reference alias(String lifecycle, String alias) {
        return new Reference(lifecycle, alias, true);
    }
}
