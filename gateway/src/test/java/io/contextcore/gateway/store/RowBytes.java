package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Row;

/** Lets tests of other packages see that rows survive the disk. */
public final class RowBytes {

    private RowBytes() {}

    /** The row, written and read. */
    public static Row roundTrip(Row row) {
        return RowCodec.decode(RowCodec.encode(row));
    }
}
