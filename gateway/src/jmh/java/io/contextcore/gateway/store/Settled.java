package io.contextcore.gateway.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A store as it is after a quiet hour. */
public final class Settled {

    private static final List<String> WORK = List.of(
            "rocksdb.mem-table-flush-pending",
            "rocksdb.num-running-flushes",
            "rocksdb.compaction-pending",
            "rocksdb.num-running-compactions");
    private static final long POLL_NANOS = 20_000_000;

    private Settled() {}

    /**
     * Writes all that is in memory and in the log to table files, and waits until compaction has nothing left to do.
     *
     * @param folder of a store that nobody has open
     */
    public static void settle(Path folder, StoreSettings settings) throws RocksDBException {
        RocksDB.loadLibrary();
        try (Natives natives = new Natives()) {
            EngineOptions options = new EngineOptions(natives, settings);
            List<ColumnFamilyDescriptor> families = new ArrayList<>();
            families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.unknownFamily()));
            for (Family family : Family.values()) {
                families.add(new ColumnFamilyDescriptor(Keys.text(family.label()), options.family(family)));
            }
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            String files = folder.resolve("db").toString();
            RocksDB database = natives.own(RocksDB.open(options.database(), files, families, handles));
            handles.forEach(natives::own);
            database.flush(natives.own(new FlushOptions()), handles);
            while (isBusy(database, handles)) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private static boolean isBusy(RocksDB database, List<ColumnFamilyHandle> families) throws RocksDBException {
        for (ColumnFamilyHandle family : families) {
            for (String work : WORK) {
                if (database.getLongProperty(family, work) > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
