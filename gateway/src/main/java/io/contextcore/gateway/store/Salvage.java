package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;

/**
 * Reads what is readable of a store folder that nobody has open, damaged or not, and changes nothing in it. What the log
 * lost is passed over; what a table file lost is left out, with what lies between it and the next damage.
 */
public final class Salvage implements AutoCloseable {

    private final Natives natives = new Natives();
    private final RocksDB database;
    private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    private final BodyParser bodies;

    private Salvage(Path folder, BodyParser bodies) {
        this.bodies = bodies;
        own(natives, FolderLock.takeIfPossible(folder));
        NativeLibrary.load();
        try {
            this.database = open(folder.resolve("db"), WALRecoveryMode.SkipAnyCorruptedRecords, natives, families);
        } catch (RocksDBException e) {
            natives.close();
            throw new StoreException(
                    "nothing of store folder " + folder + " can be read (" + e.getMessage()
                            + "): restore it from a copy",
                    e);
        }
    }

    /**
     * @param bodies reads bodies from disk as the door read them
     * @throws StoreException if there is no store, somebody has it open, or nothing of it can be read
     */
    public static Salvage open(Path folder, BodyParser bodies) {
        requireStore(folder);
        return new Salvage(folder, bodies);
    }

    private static void own(Natives natives, @Nullable FolderLock lock) {
        if (lock != null) {
            natives.own(lock);
        }
    }

    private static void requireStore(Path folder) {
        if (!Files.exists(folder.resolve("db").resolve("CURRENT"))) {
            throw new StoreException("no store in folder " + folder + " (expected: a gateway's data.folder)");
        }
    }

    private static RocksDB open(
            Path files, WALRecoveryMode mode, Natives natives, Map<Family, ColumnFamilyHandle> families)
            throws RocksDBException {
        List<ColumnFamilyDescriptor> present = new ArrayList<>();
        try (Options plain = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(plain, files.toString())) {
                present.add(new ColumnFamilyDescriptor(name));
            }
        }
        if (present.isEmpty()) {
            throw new RocksDBException("the manifest cannot be read");
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        DBOptions options = natives.own(new DBOptions()
                .setParanoidChecks(mode != WALRecoveryMode.SkipAnyCorruptedRecords)
                .setWalRecoveryMode(mode)
                .setDbLogDir(System.getProperty("java.io.tmpdir")));
        RocksDB opened = natives.own(RocksDB.openReadOnly(options, files.toString(), present, handles));
        handles.forEach(natives::own);
        for (Family family : Family.values()) {
            for (int i = 0; i < present.size(); i++) {
                if (family.label().equals(new String(present.get(i).getName(), StandardCharsets.UTF_8))) {
                    families.put(family, handles.get(i));
                }
            }
        }
        return opened;
    }

    /**
     * What is damaged, a sentence each; empty: the store is whole.
     *
     * @throws StoreException if there is no store, or somebody has it open
     */
    public static List<String> damage(Path folder) {
        requireStore(folder);
        List<String> found = new ArrayList<>();
        Path files = folder.resolve("db");
        try (Natives natives = new Natives()) {
            own(natives, FolderLock.takeIfPossible(folder));
            NativeLibrary.load();
            LogTail.damage(files).ifPresent(found::add);
            TableCheck.all(files).forEach(damage -> found.add(damage.told()));
            open(files, WALRecoveryMode.TolerateCorruptedTailRecords, natives, new EnumMap<>(Family.class));
        } catch (RocksDBException e) {
            found.add("log or manifest: " + e.getMessage());
        } catch (IOException e) {
            throw new StoreException("store folder " + folder + " cannot be read", e);
        }
        return found;
    }

    /**
     * What was found of one kind.
     *
     * @param read entries that could be read
     * @param unreadable entries that are there and make no sense
     * @param whole whether nothing lies between them that could not be read
     */
    public record Found(long read, long unreadable, boolean whole) {}

    /** Each delivery that waits for its step, in order. */
    public Found deliveries(Consumer<Delivery> visitor) {
        return scan(
                Family.INBOX,
                (key, value) -> visitor.accept(
                        DeliveryCodec.decode(Keys.number(key), value, bodies).delivery()));
    }

    /** Each dead letter, in order. */
    public Found deadLetters(Consumer<DeadEntry> visitor) {
        return scan(
                Family.DEAD_LETTERS,
                (key, value) -> visitor.accept(DeadRecord.decode(key, value).entry(bodies)));
    }

    /** Entries that wait for the receiver. */
    public Found telemetry() {
        return scan(Family.OUTBOX, (key, value) -> Records.read(value));
    }

    /** Instances, aliases, tombstones, tallies and facts. */
    public Found rows() {
        return scan(Family.ROWS, (key, value) -> RowCodec.decode(value));
    }

    /** Sequence of the last delivery that was stepped, as far as it is readable: what waits comes after it. */
    public long cursor() {
        long[] cursor = {0};
        scan(Family.META, (key, value) -> {
            if (Arrays.equals(key, Keys.text("stepping"))) {
                cursor[0] = Records.read(value).path("cursor").asLong();
            }
        });
        return cursor[0];
    }

    /** Takes an entry; throws if it makes no sense. */
    private interface Reading {
        void read(byte[] key, byte[] value);
    }

    private Found scan(Family family, Reading reading) {
        ColumnFamilyHandle handle = families.get(family);
        long[] counts = {0, 0};
        if (handle == null) {
            return new Found(0, 0, true);
        }
        try (RocksIterator forward = database.newIterator(handle)) {
            forward.seekToFirst();
            byte @Nullable [] last = readOn(forward, reading, counts);
            if (isSound(forward)) {
                return new Found(counts[0], counts[1], true);
            }
            byte @Nullable [] behind = firstBehindDamage(handle, last);
            if (behind != null) {
                forward.seek(behind);
                readOn(forward, reading, counts);
            }
            return new Found(counts[0], counts[1], false);
        }
    }

    /** Reads to the end or to the first damage; returns the last key. */
    private static byte @Nullable [] readOn(RocksIterator entries, Reading reading, long[] counts) {
        byte @Nullable [] last = null;
        while (entries.isValid()) {
            last = entries.key();
            try {
                reading.read(last, entries.value());
                counts[0]++;
            } catch (StoreException | UncheckedIOException | IllegalArgumentException e) {
                counts[1]++;
            }
            entries.next();
        }
        return last;
    }

    /** The last damage is found from behind. */
    private byte @Nullable [] firstBehindDamage(ColumnFamilyHandle handle, byte @Nullable [] before) {
        byte @Nullable [] first = null;
        try (RocksIterator backward = database.newIterator(handle)) {
            backward.seekToLast();
            while (backward.isValid() && (before == null || Arrays.compareUnsigned(backward.key(), before) > 0)) {
                first = backward.key();
                backward.prev();
            }
        }
        return first;
    }

    private static boolean isSound(RocksIterator entries) {
        try {
            entries.status();
            return true;
        } catch (RocksDBException e) {
            return false;
        }
    }

    @Override
    public void close() {
        natives.close();
    }
}
