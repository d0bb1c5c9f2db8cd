package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store, and what its disk holds when the process dies at a write, for tests of what stands on the store. */
public final class CrashPoints {

    private final Path folder;
    private final Witness witness;
    private @Nullable Engine engine;
    /** How much of each log file is certain to be on disk. */
    private volatile Map<String, Long> forced = Map.of();

    private CrashPoints(Path folder, Witness witness) {
        this.folder = folder;
        this.witness = witness;
    }

    /** What fails at a write. */
    public enum Failure {
        /** The process is killed before it: the disk holds all that was written. */
        KILLED_BEFORE,
        KILLED_AFTER,
        /** The machine loses power after it: the disk holds what was forced to it. */
        POWER_CUT
    }

    /** Called by the thread that writes, which waits. */
    @FunctionalInterface
    public interface Witness {
        void at(Failure failure, CrashPoints disk);
    }

    /** What is done with a store that is watched. */
    @FunctionalInterface
    public interface Life<T> {
        T live(Store store, CrashPoints disk);
    }

    /**
     * Opens a store that lets a witness look at its disk before and after each write, and closes it at the end.
     *
     * @param groupSteps most steps in one write
     */
    public static <T> T watched(
            Path folder, int groupSteps, Clock clock, BodyParser bodies, Witness witness, Life<T> life) {
        CrashPoints disk = new CrashPoints(folder, witness);
        try (Store store = RocksStore.open(
                folder, clock, grouping(groupSteps), bodies, Metrics.none(), disk::forcing, disk::around)) {
            return life.live(store, disk);
        }
    }

    private static StoreSettings grouping(int steps) {
        StoreSettings usual = StoreSettings.defaults();
        return new StoreSettings(
                usual.diskBudgetBytes(),
                usual.seenIds(),
                usual.groupArrivals(),
                usual.groupBytes(),
                steps,
                usual.memoryDeliveries(),
                usual.memoryBytes(),
                usual.laneMemoryBytes(),
                usual.blockCacheBytes());
    }

    private Disk forcing(Engine opened) {
        engine = opened;
        return () -> {
            Map<String, Long> written = logs(folder);
            opened.sync();
            forced = written;
        };
    }

    private void around(Runnable write) {
        witness.at(Failure.KILLED_BEFORE, this);
        write.run();
        witness.at(Failure.KILLED_AFTER, this);
        if (!forced.equals(logs(folder))) {
            witness.at(Failure.POWER_CUT, this);
        }
    }

    /** A copy of what is on disk after the failure. */
    public Path copy(Failure failure, Path to) {
        Path copy = Folders.copy(folder, to);
        if (failure == Failure.POWER_CUT) {
            for (String log : logs(copy).keySet()) {
                cut(copy.resolve("db").resolve(log), forced.getOrDefault(log, 0L));
            }
        }
        return copy;
    }

    private static Map<String, Long> logs(Path store) {
        List<Path> logs = new ArrayList<>();
        Map<String, Long> lengths = new TreeMap<>();
        try (Stream<Path> files = Files.list(store.resolve("db"))) {
            files.filter(file -> file.toString().endsWith(".log")).forEach(logs::add);
            for (Path log : logs) {
                lengths.put(log.getFileName().toString(), Files.size(log));
            }
            return lengths;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void cut(Path log, long length) {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the store holds, to the byte. */
    public Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        HexFormat hex = HexFormat.of();
        Engine opened = Objects.requireNonNull(engine, "the store is open");
        for (Family family : Family.values()) {
            opened.scan(family, new byte[0], null, (key, value) -> {
                contents.put(family.label() + " " + hex.formatHex(key), hex.formatHex(value));
                return true;
            });
        }
        return contents;
    }
}
