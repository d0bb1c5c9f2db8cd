package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is saved of a store that does not open. */
final class SalvageTest {

    private static final int DELIVERIES = 200;

    private final ManualClock clock = new ManualClock(Examples.NOW);

    @TempDir
    Path temp;

    /** As a killed process leaves it: all in the log. */
    private Path inTheLog() {
        Path live = temp.resolve("live");
        try (RocksStore store = open(live)) {
            for (int i = 1; i <= DELIVERIES; i++) {
                StoreContract.await(store.accept(Examples.sized("d" + i, 1_000)));
            }
            store.commit(Examples.commit().delivery(1).dead("mapping", "no").build());
            return Folders.copy(live, temp.resolve("log"));
        }
    }

    /** All in table files. */
    private Path inTables() {
        Path folder = inTheLog();
        open(folder).close();
        return folder;
    }

    private RocksStore open(Path folder) {
        return RocksStore.open(folder, clock, StoreSettings.defaults(), Examples::parse, Metrics.none());
    }

    private static List<Long> read(Path folder) {
        List<Long> found = new ArrayList<>();
        try (Salvage salvage = Salvage.open(folder, Examples::parse)) {
            salvage.deadLetters(letter -> found.add(letter.head().key().number()));
            salvage.deliveries(delivery -> found.add(delivery.sequence()));
        }
        return found;
    }

    @Test
    void ofAWholeStoreAllIsReadAndNothingIsChanged() throws IOException {
        Path log = inTheLog();
        Path tables = Folders.copy(log, temp.resolve("tables"));
        open(tables).close();
        for (Path folder : List.of(log, tables)) {
            Map<String, Long> before = files(folder);
            assertEquals(List.of(), Salvage.damage(folder));
            List<Long> read = read(folder);
            assertEquals(DELIVERIES, read.size());
            assertEquals(1, read.get(0), "the dead letter");
            assertEquals(before, files(folder));
            open(folder).close();
        }
    }

    @Test
    @Promise("export-saves-the-readable")
    void ofADamagedLogAllButTheBlockIsRead() throws IOException {
        Path folder = inTheLog();
        flip(Folders.log(folder), 0.5);
        assertThrows(StoreException.class, () -> open(folder));
        assertFalse(Salvage.damage(folder).isEmpty());
        List<Long> read = read(folder);
        assertTrue(read.size() > DELIVERIES - 80, read.size() + " of " + DELIVERIES);
        assertTrue(read.contains((long) DELIVERIES), "what comes after the damage");
    }

    @Test
    @Promise("export-saves-the-readable")
    void ofADamagedTableFileAllButTheBlockIsRead() throws IOException {
        Path folder = inTables();
        Path inbox = largest(folder);
        flip(inbox, 0.5);
        assertThrows(StoreException.class, () -> open(folder));
        List<String> damage = Salvage.damage(folder);
        assertEquals(1, damage.size(), damage::toString);
        assertTrue(damage.get(0).startsWith("table file " + inbox.getFileName() + " of inbox: "), damage.get(0));
        List<Long> read = read(folder);
        assertTrue(read.size() > DELIVERIES - 20 && read.size() < DELIVERIES, read.size() + " of " + DELIVERIES);
        assertTrue(read.contains((long) DELIVERIES), "what comes after the damage");
        try (Salvage salvage = Salvage.open(folder, Examples::parse)) {
            assertFalse(salvage.deliveries(delivery -> {}).whole());
            assertTrue(salvage.deadLetters(letter -> {}).whole());
        }
    }

    @Test
    @Promise("damaged-manifest-refuses")
    void aDamagedManifestRefusesToStart() throws IOException {
        Path folder = inTables();
        flip(manifest(folder), 0.5);
        assertRefused(folder);
        assertFalse(Salvage.damage(folder).isEmpty());
    }

    @Test
    @Promise("damaged-manifest-refuses")
    void aCurrentFileThatNamesNothingRefusesToStart() throws IOException {
        Path folder = inTables();
        Files.writeString(folder.resolve("db").resolve("CURRENT"), "MANIFEST-999999\n");
        assertRefused(folder);
        assertFalse(Salvage.damage(folder).isEmpty());
        assertThrows(StoreException.class, () -> Salvage.open(folder, Examples::parse));
    }

    @Test
    @Promise("damaged-manifest-refuses")
    void withoutItsCurrentFileAStoreIsNotBegunAnew() throws IOException {
        Path log = inTheLog();
        Path tables = Folders.copy(log, temp.resolve("tables"));
        open(tables).close();
        for (Path folder : List.of(log, tables)) {
            Path current = folder.resolve("db").resolve("CURRENT");
            byte[] named = Files.readAllBytes(current);
            Files.delete(current);
            assertRefused(folder);
            assertThrows(StoreException.class, () -> Salvage.open(folder, Examples::parse));
            Files.write(current, named);
            assertEquals(DELIVERIES, read(folder).size(), "nothing was taken away");
        }
    }

    @Test
    @Promise("read-only-folder-refused")
    void aFolderThatTakesNoWritesIsRefusedByName() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(temp.resolve("disk"), 64)) {
            Path folder = disk.folder().resolve("store");
            open(folder).close();
            disk.remount("ro");
            StoreException refused = assertThrows(StoreException.class, () -> open(folder));
            assertEquals(
                    "store folder " + folder + " cannot be used (expected: a folder that this user may write to)",
                    refused.getMessage());
            assertEquals(List.of(), read(folder));
        }
    }

    private void assertRefused(Path folder) {
        StoreException refused =
                assertThrows(StoreException.class, () -> open(folder).close());
        assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
    }

    private static Path manifest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("db"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("MANIFEST-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aStoreInUseIsLeftAlone() {
        Path folder = temp.resolve("store");
        try (RocksStore store = open(folder)) {
            assertEquals(0, store.cursor());
            assertThrows(StoreException.class, () -> Salvage.damage(folder));
            assertThrows(StoreException.class, () -> Salvage.open(folder, Examples::parse));
        }
        assertEquals(List.of(), read(folder));
    }

    @Test
    void whereThereIsNoStoreNoneIsMade() {
        Path folder = temp.resolve("nothing");
        StoreException none = assertThrows(StoreException.class, () -> Salvage.open(folder, Examples::parse));
        assertTrue(none.getMessage().startsWith("no store in folder " + folder), none.getMessage());
        assertFalse(Files.exists(folder));
    }

    private static void flip(Path file, double where) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (bytes.length * where)] ^= 0x40;
        Files.write(file, bytes);
    }

    private static Path largest(Path folder) throws IOException {
        Path largest = null;
        for (Path table : TableCheck.files(folder.resolve("db"))) {
            if (largest == null || Files.size(table) > Files.size(largest)) {
                largest = table;
            }
        }
        return largest;
    }

    private static Map<String, Long> files(Path folder) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Files.getLastModifiedTime(file).toMillis() + Files.size(file));
            }
        }
        return files;
    }
}
