package io.contextcore.gateway.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.Arrays;
import java.util.Locale;

/** What is known of a value when a file is loaded. Whatever the type, a value may also be absent or null. */
public enum ValueType {
    ANY(SimpleType.DYN),
    BOOL(SimpleType.BOOL),
    INT(SimpleType.INT),
    UINT(SimpleType.UINT),
    DOUBLE(SimpleType.DOUBLE),
    STRING(SimpleType.STRING),
    BYTES(SimpleType.BYTES),
    TIMESTAMP(SimpleType.TIMESTAMP),
    DURATION(SimpleType.DURATION),
    LIST(ListType.create(SimpleType.DYN)),
    MAP(MapType.create(SimpleType.DYN, SimpleType.DYN));

    private final CelType cel;

    ValueType(CelType cel) {
        this.cel = cel;
    }

    CelType cel() {
        return cel;
    }

    static ValueType of(CelType type) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.cel.kind() == type.kind())
                .findFirst()
                .orElse(ANY);
    }

    /** Lower case, as error messages and the function reference write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
