package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Tally;
import java.util.Arrays;

/** The sorts of rows. Their codes are part of the format. */
enum Sort {
    INSTANCE("instance"),
    ALIAS("alias"),
    TOMBSTONE("tombstone"),
    TALLY("tally"),
    FACT("fact");

    private final String code;

    Sort(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static Sort of(Row row) {
        if (row instanceof Instance) {
            return INSTANCE;
        } else if (row instanceof Row.Alias) {
            return ALIAS;
        } else if (row instanceof Row.Tombstone) {
            return TOMBSTONE;
        }
        return row instanceof Tally ? TALLY : FACT;
    }

    static Sort of(String code) {
        return Arrays.stream(values())
                .filter(sort -> sort.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new StoreException("the store holds a row of the unknown type '" + code
                        + "' (expected one that this version knows): it was written by a newer version"));
    }
}
