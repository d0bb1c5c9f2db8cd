package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.store.Store.Acceptance;
import io.contextcore.gateway.testing.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a store whose process or disk failed. */
final class CrashTest {

    private static final int ACCEPTED = 5;

    private final ManualClock clock = new ManualClock(Examples.NOW);

    @TempDir
    Path temp;

    private RocksStore open(Path folder) {
        return RocksStore.open(folder, clock, StoreSettings.defaults(), Examples::parse, Metrics.none());
    }

    /** A store as its disk is at the moment of a crash, with deliveries 1 to 5. */
    private Path crashed() {
        Path live = temp.resolve("live");
        try (RocksStore store = open(live)) {
            for (int i = 1; i <= ACCEPTED; i++) {
                StoreContract.await(store.accept(Examples.arrival("d" + i)));
            }
            return Folders.copy(live, temp.resolve("crashed"));
        }
    }

    @Test
    @Promise("durable-before-answer")
    void whatWasPromisedIsOnDiskWhenThePromiseIsGiven() {
        Path live = temp.resolve("live");
        try (RocksStore store = open(live)) {
            StoreContract.await(store.accept(Examples.arrival("a")));
            List<Delivery> promised = store.deliveries(0, 10);
            try (RocksStore copy = open(Folders.copy(live, temp.resolve("copy")))) {
                assertEquals(promised, copy.deliveries(0, 10), "same sequence, receipt and body");
                assertEquals(new Store.Recovered(1, 0, 0), copy.recovered());
                assertEquals(new Acceptance.Duplicate(), StoreContract.await(copy.accept(Examples.arrival("a"))));
            }
        }
    }

    @Test
    @Promise("step-is-one-write")
    void aCommittedStepIsThereWholeAfterACrash() {
        Path live = temp.resolve("live");
        try (RocksStore store = open(live)) {
            StoreContract.await(store.accept(Examples.arrival("a")));
            store.commit(Examples.commit()
                    .delivery(1)
                    .row(Examples.instance("k", Timers.none().with(Timers.Purpose.ADOPT, Examples.NOW)))
                    .queue(Examples.inquiry())
                    .telemetry(Examples.logs(0, "log"))
                    .build());
            try (RocksStore copy = open(Folders.copy(live, temp.resolve("copy")))) {
                assertEquals(1, copy.cursor());
                assertEquals(0, copy.queuedDeliveries());
                assertEquals(store.row("k"), copy.row("k"));
                assertEquals(store.nextMessage(), copy.nextMessage());
                assertEquals(store.nextTimer(), copy.nextTimer());
                assertEquals(new Store.Recovered(0, 0, 1), copy.recovered());
                assertEquals(List.of("log"), StoreContract.payloads(copy, TelemetrySignal.LOGS, 0));
            }
        }
    }

    @Test
    @Promise("durable-before-answer")
    void aKilledProcessKeepsAllThatItPromised() throws Exception {
        Path folder = temp.resolve("killed");
        long last = 0;
        try (StoreProcess process = StoreProcess.start(folder)) {
            while (last < 500) {
                Long promised = process.promised();
                assertNotNull(promised, () -> "the process ended: " + errors(folder));
                last = Math.max(last, promised);
            }
            process.kill();
            for (Long promised = process.promised(); promised != null; promised = process.promised()) {
                last = Math.max(last, promised);
            }
        }
        try (RocksStore store = open(folder)) {
            List<Delivery> found = store.deliveries(0, Integer.MAX_VALUE);
            assertTrue(found.size() >= last, found.size() + " found, " + last + " promised");
            for (int i = 0; i < found.size(); i++) {
                assertEquals(i + 1, found.get(i).sequence());
            }
        }
    }

    @Test
    void aKilledProcessLeavesNoTemporaryFiles() throws Exception {
        Path folder = temp.resolve("killed");
        try (StoreProcess process = StoreProcess.start(folder)) {
            assertNotNull(process.promised(), () -> "the process ended: " + errors(folder));
            process.kill();
        }
        try (Stream<Path> left = Files.list(StoreProcess.temporary(folder))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static String errors(Path folder) {
        try {
            return Files.readString(Path.of(folder + ".err"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    @Promise("one-owner")
    void aSecondOwnerIsRefusedInThisProcessAndInAnother() throws Exception {
        Path folder = temp.resolve("store");
        RocksStore first = open(folder);
        StoreException refused = assertThrows(StoreException.class, () -> open(folder));
        assertTrue(refused.getMessage().startsWith("store folder " + folder + " is in use"), refused.getMessage());
        first.close();
        try (StoreProcess process = StoreProcess.start(folder)) {
            assertNotNull(process.promised(), () -> errors(folder));
            StoreException again = assertThrows(StoreException.class, () -> open(folder));
            assertTrue(again.getMessage().startsWith("store folder " + folder + " is in use"), again.getMessage());
        }
    }

    @Test
    @Promise("torn-tail-loses-nothing")
    void ofALogThatWasCutOffAllWholeGroupsAreThere() throws IOException {
        Path crashed = crashed();
        byte[] log = Files.readAllBytes(Folders.log(crashed));
        int lastGroup = recordStarts(log).get(recordStarts(log).size() - 1);
        for (int length : new int[] {lastGroup, lastGroup + 3, lastGroup + 7, lastGroup + 100, log.length - 1}) {
            Path copy = Folders.copy(crashed, temp.resolve("cut-at-" + length));
            Files.write(Folders.log(copy), Arrays.copyOf(log, length));
            try (RocksStore store = open(copy)) {
                assertEquals(ACCEPTED - 1, store.deliveries(0, 10).size(), "cut at " + length);
                assertInstanceOf(
                        Acceptance.Accepted.class, StoreContract.await(store.accept(Examples.arrival("d" + ACCEPTED))));
            }
        }
    }

    @Test
    @Promise("damaged-log-refuses")
    void aFlippedBitAnywhereRefusesToStart() throws IOException {
        Path crashed = crashed();
        byte[] log = Files.readAllBytes(Folders.log(crashed));
        List<Integer> starts = recordStarts(log);
        int middle = starts.get(starts.size() / 2);
        int last = starts.get(starts.size() - 1);
        for (int at : new int[] {0, 5, middle, middle + 4, middle + 5, middle + 6, middle + 50, last + 5, last + 50}) {
            Path copy = Folders.copy(crashed, temp.resolve("flipped-at-" + at));
            byte[] flipped = log.clone();
            flipped[at] ^= 0x40;
            Files.write(Folders.log(copy), flipped);
            StoreException refused = assertThrows(StoreException.class, () -> open(copy), "flipped at " + at);
            assertTrue(refused.getMessage().startsWith("store folder " + copy + " is damaged ("), refused.getMessage());
            assertFalse(refused.getMessage().contains("null"), refused.getMessage());
        }
    }

    @Test
    @Promise("damaged-table-refuses")
    void aFlippedBitInATableFileRefusesToStart() throws IOException {
        Path crashed = crashed();
        open(crashed).close(); // moves what the log held to table files
        List<Path> tables;
        try (Stream<Path> files = Files.list(crashed.resolve("db"))) {
            tables = files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
        assertFalse(tables.isEmpty());
        for (Path table : tables) {
            byte[] whole = Files.readAllBytes(table);
            byte[] flipped = whole.clone();
            flipped[20] ^= 0x40;
            Files.write(table, flipped);
            StoreException refused = assertThrows(StoreException.class, () -> open(crashed));
            assertTrue(
                    refused.getMessage()
                            .startsWith("store folder " + crashed + " is damaged (table file " + table.getFileName()),
                    refused.getMessage());
            assertTrue(refused.getMessage().contains("contextcore store check"), refused.getMessage());
            Files.write(table, whole);
        }
        open(crashed).close();
    }

    @Test
    void aClosedStoreIsNotTouchedAnyMore() {
        RocksStore store = open(temp.resolve("store"));
        store.close();
        assertThrows(StoreException.class, () -> store.row("k"));
        assertThrows(StoreException.class, () -> store.commit(Examples.commit().build()));
        assertThrows(StoreException.class, () -> store.outbox().peek(TelemetrySignal.LOGS, 0, 1, 1));
        open(temp.resolve("store")).close();
    }

    /** Where the records of a log of one block begin. */
    private static List<Integer> recordStarts(byte[] log) {
        List<Integer> starts = new ArrayList<>();
        int at = 0;
        while (at + 7 <= log.length) {
            starts.add(at);
            at += 7 + Byte.toUnsignedInt(log[at + 4]) + (Byte.toUnsignedInt(log[at + 5]) << 8);
        }
        return starts;
    }

    @Test
    @Promise("newer-format-refused")
    void aStoreOfANewerFormatIsRefused() {
        Path folder = temp.resolve("newer");
        open(folder).close();
        try (Engine engine = Engine.open(folder, StoreSettings.defaults())) {
            Format.save(engine, Format.VERSION + 1);
        }
        StoreException refused = assertThrows(StoreException.class, () -> open(folder));
        assertTrue(
                refused.getMessage().startsWith("store folder " + folder + " has format 2 (expected: 1 to 1)"),
                refused.getMessage());
        StoreException again = assertThrows(StoreException.class, () -> open(folder), "the lock was given back");
        assertEquals(refused.getMessage(), again.getMessage());
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        StoreException refused = assertThrows(StoreException.class, () -> open(file));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }
}
