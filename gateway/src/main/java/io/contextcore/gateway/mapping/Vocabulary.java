package io.contextcore.gateway.mapping;

import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.OwnAttribute;
import java.util.Set;
import java.util.TreeSet;

/**
 * What tests beside mappings may name.
 *
 * @param kinds names of the kinds
 * @param attributes names that telemetry can have: those declared, their twins, and the gateway's own
 */
public record Vocabulary(Set<String> kinds, Set<String> attributes) {

    public Vocabulary {
        kinds = Set.copyOf(kinds);
        attributes = Set.copyOf(attributes);
    }

    public static Vocabulary of(Program program) {
        return of(program.kinds().keySet(), program.lifecycles().byName().keySet(), program.conventions());
    }

    static Vocabulary of(Set<String> kinds, Set<String> lifecycles, Conventions conventions) {
        Set<String> attributes = new TreeSet<>(OwnAttribute.names(lifecycles));
        conventions.byName().values().forEach(attribute -> {
            attributes.add(attribute.name());
            String twin = attribute.twin();
            if (twin != null) {
                attributes.add(twin);
            }
        });
        return new Vocabulary(kinds, attributes);
    }
}
