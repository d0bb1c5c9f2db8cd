package io.contextcore.gateway.store;

import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Changes that are applied together or not at all. Reusable after {@link #clear}. For one thread. */
final class Batch implements AutoCloseable {

    private final WriteBatch changes = new WriteBatch();
    private final Map<Family, ColumnFamilyHandle> families;

    Batch(Map<Family, ColumnFamilyHandle> families) {
        this.families = families;
    }

    void put(Family family, byte[] key, byte[] value) {
        try {
            changes.put(handle(family), key, value);
        } catch (RocksDBException e) {
            throw new StoreException("a change cannot be prepared", e);
        }
    }

    void delete(Family family, byte[] key) {
        try {
            changes.delete(handle(family), key);
        } catch (RocksDBException e) {
            throw new StoreException("a change cannot be prepared", e);
        }
    }

    /** All keys from {@code from} on, before {@code end}. */
    void deleteRange(Family family, byte[] from, byte[] end) {
        try {
            changes.deleteRange(handle(family), from, end);
        } catch (RocksDBException e) {
            throw new StoreException("a change cannot be prepared", e);
        }
    }

    void clear() {
        changes.clear();
    }

    WriteBatch changes() {
        return changes;
    }

    private ColumnFamilyHandle handle(Family family) {
        ColumnFamilyHandle handle = families.get(family);
        if (handle == null) {
            throw new AssertionError("no column family " + family.label());
        }
        return handle;
    }

    @Override
    public void close() {
        changes.close();
    }
}
