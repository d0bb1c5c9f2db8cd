package io.contextcore.gateway.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteOptions;

/**
 * RocksDB behind a few plain operations. Thread-safe; once closed, every operation throws instead of touching freed memory.
 */
final class Engine implements AutoCloseable {

    /** Table files of so many bytes are read in well under a second. */
    private static final long CHECKED_AT_START = 256L * 1024 * 1024;

    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private final Path folder;
    private final Natives natives;
    private final RocksDB database;
    private final Map<Family, ColumnFamilyHandle> families;
    private final ReadOptions reads;
    private final WriteOptions writes;
    private final Writes around;
    private volatile @Nullable StoreException refusal;
    private boolean closed;

    private Engine(
            Path folder, Natives natives, RocksDB database, Map<Family, ColumnFamilyHandle> families, Writes around) {
        this.folder = folder;
        this.natives = natives;
        this.database = database;
        this.families = families;
        this.reads = natives.own(new ReadOptions());
        this.writes = natives.own(new WriteOptions());
        this.around = around;
    }

    /** @throws StoreException if the folder's contents are damaged or cannot be read */
    static Engine open(Path folder, StoreSettings settings) {
        return open(folder, settings, Writes.PLAIN);
    }

    /** @throws StoreException if the folder's contents are damaged or cannot be read */
    static Engine open(Path folder, StoreSettings settings, Writes around) {
        checkCurrent(folder);
        LogTail.check(folder.resolve("db"));
        NativeLibrary.load();
        checkTables(folder);
        Natives natives = new Natives();
        try {
            return open(folder, natives, new EngineOptions(natives, settings), around);
        } catch (RocksDBException e) {
            natives.close();
            throw problem(folder, e);
        }
    }

    /**
     * Without the file that names the manifest, RocksDB would begin a new database and delete the files of the old one.
     * That file is made before the first log, so that a first start that was killed does not look like this.
     */
    private static void checkCurrent(Path folder) {
        Path files = folder.resolve("db");
        if (!Files.isDirectory(files) || Files.exists(files.resolve("CURRENT"))) {
            return;
        }
        try (DirectoryStream<Path> data = Files.newDirectoryStream(files, "*.{sst,log}")) {
            if (data.iterator().hasNext()) {
                throw StoreException.damaged(folder, "the file db/CURRENT is missing though there is data", null);
            }
        } catch (IOException e) {
            throw new StoreException("store folder " + folder + " cannot be read", e);
        }
    }

    private static void checkTables(Path folder) {
        try {
            TableCheck.first(folder.resolve("db"), CHECKED_AT_START).ifPresent(damage -> {
                throw StoreException.damaged(folder, damage.told(), null);
            });
        } catch (IOException e) {
            throw new StoreException("store folder " + folder + " cannot be read", e);
        }
    }

    private static Engine open(Path folder, Natives natives, EngineOptions options, Writes around)
            throws RocksDBException {
        Path files = folder.resolve("db");
        List<ColumnFamilyDescriptor> descriptors = descriptors(files, options);
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        DBOptions database = options.database();
        RocksDB opened = RocksDB.open(database, files.toString(), descriptors, handles);
        return of(folder, natives, opened, handles, around);
    }

    private static Engine of(
            Path folder, Natives natives, RocksDB opened, List<ColumnFamilyHandle> handles, Writes around) {
        natives.own(opened);
        handles.forEach(natives::own);
        Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            families.put(family, handles.get(1 + family.ordinal()));
        }
        return new Engine(folder, natives, opened, families, around);
    }

    /**
     * Opens a folder that may be in use, as it is now. Nothing can be written; what comes later is not seen.
     *
     * @throws StoreException if there is no store, or it cannot be read
     */
    static Engine look(Path folder, StoreSettings settings) {
        NativeLibrary.load();
        Natives natives = new Natives();
        try {
            Path files = folder.resolve("db");
            EngineOptions options = new EngineOptions(natives, settings);
            List<ColumnFamilyDescriptor> descriptors = descriptors(files, options);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            DBOptions database = options.database().setCreateIfMissing(false).setCreateMissingColumnFamilies(false);
            RocksDB opened = RocksDB.openReadOnly(database, files.toString(), descriptors, handles);
            return of(folder, natives, opened, handles, Writes.PLAIN);
        } catch (RocksDBException e) {
            natives.close();
            throw problem(folder, e);
        }
    }

    /** RocksDB's own default family, ours, then whatever else is there. */
    private static List<ColumnFamilyDescriptor> descriptors(Path files, EngineOptions options) throws RocksDBException {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        List<String> known = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.unknownFamily()));
        known.add(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.UTF_8));
        for (Family family : Family.values()) {
            descriptors.add(new ColumnFamilyDescriptor(Keys.text(family.label()), options.family(family)));
            known.add(family.label());
        }
        try (Options plain = new Options()) {
            for (byte[] present : RocksDB.listColumnFamilies(plain, files.toString())) {
                if (!known.contains(new String(present, StandardCharsets.UTF_8))) {
                    descriptors.add(new ColumnFamilyDescriptor(present, options.unknownFamily()));
                }
            }
        }
        return descriptors;
    }

    private static StoreException problem(Path folder, RocksDBException e) {
        if (isCorruption(e)) {
            return StoreException.damaged(folder, String.valueOf(e.getMessage()), e);
        }
        return new StoreException("store folder " + folder + " cannot be opened (" + e.getMessage() + ")", e);
    }

    static boolean isCorruption(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption;
    }

    Batch batch() {
        return new Batch(families);
    }

    byte @Nullable [] get(Family family, byte[] key) {
        return within(() -> database.get(handle(family), reads, key));
    }

    /**
     * Applies a batch. It is in the log, but on disk only after the next {@link #sync}.
     *
     * @throws StoreException that may pass, if the disk does not take it
     */
    void write(Batch batch) {
        try {
            around.around(() -> within(() -> put(batch)));
            refusal = null;
        } catch (StoreException e) {
            refusal = e.mayPass() ? e : null;
            throw e;
        }
    }

    private boolean put(Batch batch) {
        try {
            database.write(writes, batch.changes());
            return true;
        } catch (RocksDBException e) {
            throw StoreException.refused(folder, String.valueOf(e.getMessage()), e);
        }
    }

    /** Why the disk did not take the last write; empty if it did. */
    Optional<StoreException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Gives back the files that hold nothing but deleted keys from {@code from} on, before {@code end}. */
    void dropFiles(Family family, byte[] from, byte[] end) {
        within(() -> {
            database.deleteFilesInRanges(handle(family), List.of(from, end), false);
            return true;
        });
    }

    /** About what the keys from {@code from} on, before {@code end}, take on disk and in what is not in table files yet. */
    long bytes(Family family, byte[] from, byte[] end) {
        return within(() -> {
            try (Slice first = new Slice(from);
                    Slice last = new Slice(end)) {
                return database.getApproximateSizes(
                                handle(family),
                                List.of(new Range(first, last)),
                                SizeApproximationFlag.INCLUDE_FILES,
                                SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
            }
        });
    }

    /** Takes from the disk what was deleted: from table files and from the log. */
    void forget(Family... cleared) {
        within(() -> {
            try (FlushOptions all = new FlushOptions()) {
                database.flush(all, new ArrayList<>(families.values()));
            }
            for (Family family : cleared) {
                database.compactRange(handle(family));
            }
            return true;
        });
    }

    /** Forces to disk all that was written before, by any thread. Writers need not wait meanwhile. */
    void sync() {
        within(() -> {
            database.syncWal();
            return true;
        });
    }

    /** Takes one entry after the other; returns whether it wants the next. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(byte[] key, byte[] value);
    }

    /**
     * Walks over the entries from {@code from} on, before {@code end}. Deleted entries are walked over as well, unseen but
     * not for nothing: begin where something may live.
     *
     * @param end exclusive; null: to the end of the family
     */
    void scan(Family family, byte[] from, byte @Nullable [] end, Visitor visitor) {
        within(() -> {
            try (Slice bound = end == null ? null : new Slice(end);
                    ReadOptions bounded = new ReadOptions();
                    RocksIterator entries = iterator(family, bounded, bound)) {
                entries.seek(from);
                while (entries.isValid() && visitor.visit(entries.key(), entries.value())) {
                    entries.next();
                }
                entries.status();
                return true;
            }
        });
    }

    private RocksIterator iterator(Family family, ReadOptions bounded, @Nullable Slice bound) {
        if (bound != null) {
            bounded.setIterateUpperBound(bound);
        }
        return database.newIterator(handle(family), bounded);
    }

    private ColumnFamilyHandle handle(Family family) {
        ColumnFamilyHandle handle = families.get(family);
        if (handle == null) {
            throw new AssertionError("no column family " + family.label());
        }
        return handle;
    }

    /** Something done with the database. */
    @FunctionalInterface
    private interface Operation<T extends @Nullable Object> {
        T run() throws RocksDBException;
    }

    private <T extends @Nullable Object> T within(Operation<T> operation) {
        Lock lock = gate.readLock();
        lock.lock();
        try {
            if (closed) {
                throw new StoreException("the store is closed");
            }
            return operation.run();
        } catch (RocksDBException e) {
            throw isCorruption(e)
                    ? StoreException.damaged(folder, String.valueOf(e.getMessage()), e)
                    : new StoreException(
                            "store folder " + folder + " cannot be read or written (" + e.getMessage() + ")", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Lock lock = gate.writeLock();
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                database.cancelAllBackgroundWork(true);
                natives.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
