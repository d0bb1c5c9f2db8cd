package io.contextcore.gateway.store;

/**
 * How much the store may hold, on disk and in memory.
 *
 * @param diskBudgetBytes inbox, outbox and dead letters together; what would go beyond is refused. An inbox entry counts
 *     its body and {@link Sizes#INBOX_ENTRY}, an outbox entry its payload and {@link Sizes#OUTBOX_ENTRY}, a dead letter its
 *     content, its error text and {@link Sizes#DEAD_LETTER}
 * @param seenIds most delivery ids remembered; at the cap those that would be forgotten first go, and are counted
 * @param groupArrivals most arrivals in one fsynced write
 * @param groupBytes bytes after which a group is written: bodies that arrive, bodies that leave the inbox and what was made
 *     of them; one that is larger still fits
 * @param groupSteps most steps in one write
 * @param memoryDeliveries most accepted deliveries whose parsed body waits in memory; the rest is read from disk again
 * @param memoryBytes stored bytes of those deliveries, all together
 * @param laneMemoryBytes payload bytes of one outbox lane that are kept in memory
 * @param blockCacheBytes cache of blocks of data read from disk
 * @param archive how long deliveries stay that were stepped
 */
public record StoreSettings(
        long diskBudgetBytes,
        long seenIds,
        int groupArrivals,
        int groupBytes,
        int groupSteps,
        int memoryDeliveries,
        long memoryBytes,
        int laneMemoryBytes,
        long blockCacheBytes,
        Archiving archive) {

    /**
     * How long deliveries stay that were stepped.
     *
     * @param keepNanos since their receipt; 0: they go with their step
     * @param bytes most of them on disk, compressed; the oldest go first
     */
    public record Archiving(long keepNanos, long bytes) {

        public static final Archiving OFF = new Archiving(0, 0);

        boolean isOn() {
            return keepNanos > 0 && bytes > 0;
        }
    }

    private static final int MIB = 1024 * 1024;

    /** Without an archive. */
    public StoreSettings(
            long diskBudgetBytes,
            long seenIds,
            int groupArrivals,
            int groupBytes,
            int groupSteps,
            int memoryDeliveries,
            long memoryBytes,
            int laneMemoryBytes,
            long blockCacheBytes) {
        this(
                diskBudgetBytes,
                seenIds,
                groupArrivals,
                groupBytes,
                groupSteps,
                memoryDeliveries,
                memoryBytes,
                laneMemoryBytes,
                blockCacheBytes,
                Archiving.OFF);
    }

    public StoreSettings {
        requirePositive("diskBudgetBytes", diskBudgetBytes);
        requirePositive("seenIds", seenIds);
        requirePositive("groupArrivals", groupArrivals);
        requirePositive("groupBytes", groupBytes);
        requirePositive("groupSteps", groupSteps);
        requirePositive("memoryDeliveries", memoryDeliveries);
        requirePositive("memoryBytes", memoryBytes);
        requirePositive("laneMemoryBytes", laneMemoryBytes);
        requirePositive("blockCacheBytes", blockCacheBytes);
    }

    public static StoreSettings defaults() {
        return new StoreSettings(10L * 1024 * MIB, 5_000_000, 256, MIB / 2, 256, 4_096, 16L * MIB, MIB, 64L * MIB);
    }

    public StoreSettings withDiskBudgetBytes(long bytes) {
        return new StoreSettings(
                bytes,
                seenIds,
                groupArrivals,
                groupBytes,
                groupSteps,
                memoryDeliveries,
                memoryBytes,
                laneMemoryBytes,
                blockCacheBytes,
                archive);
    }

    public StoreSettings withSeenIds(long ids) {
        return new StoreSettings(
                diskBudgetBytes,
                ids,
                groupArrivals,
                groupBytes,
                groupSteps,
                memoryDeliveries,
                memoryBytes,
                laneMemoryBytes,
                blockCacheBytes,
                archive);
    }

    public StoreSettings withBlockCacheBytes(long bytes) {
        return new StoreSettings(
                diskBudgetBytes,
                seenIds,
                groupArrivals,
                groupBytes,
                groupSteps,
                memoryDeliveries,
                memoryBytes,
                laneMemoryBytes,
                bytes,
                archive);
    }

    public StoreSettings withArchive(Archiving archiving) {
        return new StoreSettings(
                diskBudgetBytes,
                seenIds,
                groupArrivals,
                groupBytes,
                groupSteps,
                memoryDeliveries,
                memoryBytes,
                laneMemoryBytes,
                blockCacheBytes,
                archiving);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
        }
    }
}
