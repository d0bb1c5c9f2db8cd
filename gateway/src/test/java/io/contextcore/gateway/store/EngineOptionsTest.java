package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.PerfContext;
import org.rocksdb.PerfLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** What the store's settings mean to RocksDB. */
final class EngineOptionsTest {

    private static final int ROWS = 40_000;
    private static final int ROW_BYTES = 1_200;

    @TempDir
    Path folder;

    @Test
    void theCacheHasTheSizeThatIsSet() throws RocksDBException {
        for (long bytes : new long[] {1 << 20, 5 << 20}) {
            try (Natives natives = new Natives()) {
                List<ColumnFamilyHandle> families = new ArrayList<>();
                RocksDB database = open(natives, bytes, families);
                assertEquals(bytes, database.getLongProperty(families.get(0), "rocksdb.block-cache-capacity"));
            }
        }
    }

    /** The index of such a file has about 200 KB, which no cache of this size keeps. */
    @Test
    void findingARowReadsItsBlockAndNoIndex() throws RocksDBException {
        try (Natives natives = new Natives()) {
            List<ColumnFamilyHandle> families = new ArrayList<>();
            RocksDB database = open(natives, 64 << 10, families);
            ColumnFamilyHandle rows = families.get(0);
            fill(database, rows);
            PerfContext counted = natives.own(database.getPerfContext());
            database.setPerfLevel(PerfLevel.ENABLE_COUNT);
            counted.reset();
            SplittableRandom random = new SplittableRandom(1);
            int gets = 1_000;
            for (int i = 0; i < gets; i++) {
                assertNotNull(database.get(rows, key(random.nextInt(ROWS))));
            }
            long bytes = counted.getBlockReadByte() / gets;
            database.setPerfLevel(PerfLevel.DISABLE);
            assertTrue(bytes > ROW_BYTES / 2, "nothing is read: " + bytes);
            assertTrue(bytes < 8 << 10, "read for one row: " + bytes);
        }
    }

    /** One large file, as compaction leaves it. */
    private static void fill(RocksDB database, ColumnFamilyHandle rows) throws RocksDBException {
        SplittableRandom random = new SplittableRandom(2);
        try (WriteOptions writes = new WriteOptions().setDisableWAL(true);
                FlushOptions flush = new FlushOptions()) {
            for (int i = 0; i < ROWS; i++) {
                byte[] value = new byte[ROW_BYTES];
                random.nextBytes(value);
                try (WriteBatch batch = new WriteBatch()) {
                    batch.put(rows, key(i), value);
                    database.write(writes, batch);
                }
            }
            database.flush(flush, rows);
        }
        database.compactRange(rows);
    }

    private static byte[] key(int number) {
        byte[] name = "source/instance/with-a-key-of-some-length/".getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + Integer.BYTES)
                .put(name)
                .putInt(Integer.reverse(number))
                .array();
    }

    private RocksDB open(Natives natives, long cacheBytes, List<ColumnFamilyHandle> families) throws RocksDBException {
        RocksDB.loadLibrary();
        EngineOptions options =
                new EngineOptions(natives, StoreSettings.defaults().withBlockCacheBytes(cacheBytes));
        List<ColumnFamilyDescriptor> descriptors = List.of(
                new ColumnFamilyDescriptor(Keys.text(Family.ROWS.label()), options.family(Family.ROWS)),
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.unknownFamily()));
        String path = folder.resolve("db" + cacheBytes).toString();
        RocksDB database = natives.own(RocksDB.open(options.database(), path, descriptors, families));
        families.forEach(natives::own);
        return database;
    }
}
