package io.contextcore.gateway.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;

/** All that is known of a value when a file is loaded: its {@link ValueType}, of a list also its items, of an object its members. */
public final class StaticType {

    private final CelType cel;

    private StaticType(CelType cel) {
        this.cel = cel;
    }

    public static StaticType of(ValueType type) {
        return new StaticType(type.cel());
    }

    static StaticType of(CelType type) {
        return new StaticType(type);
    }

    CelType cel() {
        return cel;
    }

    public ValueType value() {
        return ValueType.of(cel);
    }

    /** What is known of the items, if this is a list. */
    public StaticType item() {
        return cel instanceof ListType list ? new StaticType(list.elemType()) : of(ValueType.ANY);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StaticType type && cel.equals(type.cel);
    }

    @Override
    public int hashCode() {
        return cel.hashCode();
    }

    @Override
    public String toString() {
        return cel.name();
    }
}
