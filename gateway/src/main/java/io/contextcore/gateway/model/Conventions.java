package io.contextcore.gateway.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The declared attributes: mappings/conventions.yaml.
 *
 * @param byName by attribute name
 */
public record Conventions(Map<String, Attribute> byName) {

    public Conventions {
        byName = Map.copyOf(byName);
    }

    /** What a value must be. */
    public enum Type {
        STRING,
        INT,
        DOUBLE,
        BOOLEAN,
        STRINGS
    }

    /**
     * A declared attribute.
     *
     * @param values the allowed values; empty: any
     * @param indexed whether log records carry it as an attribute, so that one can filter by it
     * @param twin the OpenTelemetry name that stands beside it or instead of it, by emit mode; null: none
     */
    public record Attribute(
            String name, Type type, List<String> values, String meaning, String stability, boolean indexed, @Nullable String twin) {}
}
