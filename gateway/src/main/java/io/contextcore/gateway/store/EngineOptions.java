package io.contextcore.gateway.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Filter;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/** How RocksDB is set up. */
final class EngineOptions {

    private static final long MIB = 1024L * 1024;
    private static final double BLOOM_BITS_PER_KEY = 10;

    private final Natives natives;
    private final Cache cache;
    private final Filter bloom;

    EngineOptions(Natives natives, StoreSettings settings) {
        this.natives = natives;
        this.cache = natives.own(new LRUCache(settings.blockCacheBytes()));
        this.bloom = natives.own(new BloomFilter(BLOOM_BITS_PER_KEY));
    }

    /**
     * What was cut off at the end of the log was never acknowledged and may go; what is damaged before its end was, so the
     * store must not open as if nothing were missing. A recycled log file would blur that difference.
     */
    DBOptions database() {
        return natives.own(new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setRecycleLogFileNum(0)
                .setMaxTotalWalSize(256 * MIB)
                .setMaxBackgroundJobs(2)
                .setBytesPerSync(MIB)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(4)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0));
    }

    /**
     * The inbox and the outbox get room, so that most entries come and go without ever leaving memory and log.
     *
     * <p>Indexes and filters stay in memory beside the cache, about 17 bytes for each row: the index of a large table file is
     * larger than one of the parts of which the cache is made, would never stay there, and would be read and unpacked again
     * for each row. Cut into blocks they would fit, and finding a row would take nearly twice as long.
     */
    ColumnFamilyOptions family(Family family) {
        boolean queue = family == Family.INBOX || family == Family.OUTBOX;
        BlockBasedTableConfig table =
                new BlockBasedTableConfig().setBlockCache(cache).setCacheIndexAndFilterBlocks(false);
        if (family.askedForMissing()) {
            table.setFilterPolicy(bloom);
        }
        return natives.own(new ColumnFamilyOptions()
                .setTableFormatConfig(table)
                .setWriteBufferSize((queue ? 64 : 16) * MIB)
                .setCompressionType(CompressionType.LZ4_COMPRESSION));
    }

    /** For families that only a newer version knows: they are opened, so that the format can be read. */
    ColumnFamilyOptions unknownFamily() {
        return natives.own(new ColumnFamilyOptions());
    }
}
