package io.contextcore.gateway.base;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The process environment. */
@FunctionalInterface
public interface Environment {

    /** The variable's value, or null where it is unset. */
    @Nullable String get(String name);

    static Environment system() {
        return System::getenv;
    }

    static Environment of(Map<String, String> variables) {
        return Map.copyOf(variables)::get;
    }
}
