package io.contextcore.gateway.model;

import org.jspecify.annotations.Nullable;

/** What was learnt from earlier deliveries, as the state holds it before the present step. */
@FunctionalInterface
public interface Facts {

    /** The value; null where nothing was learnt, or it was learnt that there is none. */
    @Nullable AttributeValue learnt(String table, String key);

    /** Where there is no state. */
    static Facts none() {
        return (table, key) -> null;
    }
}
