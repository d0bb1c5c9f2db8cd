package io.contextcore.gateway.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Filter;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/** How RocksDB is set up. */
final class EngineOptions {

    private static final long MIB = 1024L * 1024;
    private static final double BLOOM_BITS_PER_KEY = 10;
    /** Number of parts of the cache: RocksDB chooses it by the size. */
    private static final int PARTS_BY_SIZE = -1;
    /** The part of the cache that data leaves to indexes and filters. */
    private static final double SHARE_OF_INDEXES = 0.5;

    private final Natives natives;
    private final Cache cache;
    private final Filter bloom;

    EngineOptions(Natives natives, StoreSettings settings) {
        this.natives = natives;
        this.cache = natives.own(new LRUCache(settings.blockCacheBytes(), PARTS_BY_SIZE, false, SHARE_OF_INDEXES));
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
     * <p>Indexes and filters are in the cache too, so that memory does not grow with the rows, and they are cut into blocks of
     * the size of data's: in one piece, that of a large table file is larger than one of the parts of which the cache is made,
     * would never stay, and would be read and unpacked again for each row.
     */
    ColumnFamilyOptions family(Family family) {
        boolean queue = family == Family.INBOX || family == Family.OUTBOX;
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
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
