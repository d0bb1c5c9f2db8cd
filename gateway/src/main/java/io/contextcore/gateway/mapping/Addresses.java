package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.mapping.Mapping.Address;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Told;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns addresses of rules into references: by key where there is one, else by alias. */
final class Addresses {

    private final Values values;
    private final Map<String, LifecycleDefinition> lifecycles;

    Addresses(Values values, LifecycleDefinition.Catalogue lifecycles) {
        this.values = values;
        this.lifecycles = lifecycles.byName();
    }

    Reference required(Address address) {
        Reference reference = given(address);
        if (reference == null) {
            Part part = address.key() != null ? address.key() : address.alias();
            throw part == null
                    ? new EvaluationException(
                            "neither key nor alias",
                            address.lifecycle().compiled().location())
                    : values.wrong(part, values.of(part), "text; say `when:` where there may be none");
        }
        return reference;
    }

    /** Null where neither key nor alias has a value. */
    @Nullable Reference given(Address address) {
        Told<Reference> told = told(address);
        return told == null ? null : told.value();
    }

    /** Told to be nothing where the key or the alias is null and neither has a value. */
    @Nullable Told<Reference> told(Address address) {
        Object key = address.key() == null ? Nothing.ABSENT : values.of(address.key());
        if (address.key() != null && !(key instanceof Nothing)) {
            return Told.of(Reference.key(lifecycle(address), values.key(address.key(), key)));
        }
        Object alias = address.alias() == null ? Nothing.ABSENT : values.of(address.alias());
        if (address.alias() != null && !(alias instanceof Nothing)) {
            return Told.of(Reference.alias(lifecycle(address), values.key(address.alias(), alias)));
        }
        return key == Nothing.NULL || alias == Nothing.NULL ? Told.nothing() : null;
    }

    String lifecycle(Address address) {
        String name = values.requiredName(address.lifecycle());
        if (!lifecycles.containsKey(name)) {
            throw values.wrong(address.lifecycle(), name, "a lifecycle" + Nearest.hint(name, lifecycles.keySet()));
        }
        return name;
    }
}
