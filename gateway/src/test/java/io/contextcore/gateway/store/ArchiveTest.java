package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.store.Archived.Wanted;
import io.contextcore.gateway.store.StoreSettings.Archiving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries that were stepped stay for a time, and go. */
final class ArchiveTest {

    private static final long DAY = 24 * Examples.HOUR;
    private static final Archiving WEEK = new Archiving(7 * DAY, Long.MAX_VALUE);

    private final ManualClock clock = new ManualClock(Examples.NOW);

    @TempDir
    Path folder;

    private RocksStore store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    private void open(Archiving archive) {
        close();
        store = RocksStore.open(
                folder, clock, StoreSettings.defaults().withArchive(archive), Examples::parse, Metrics.none());
    }

    private long accept(Arrival arrival) {
        return ((Store.Acceptance.Accepted) StoreContract.await(store.accept(arrival))).sequence();
    }

    private void step(long sequence) {
        store.commit(
                Examples.commit().now(clock.epochNanos()).delivery(sequence).build());
    }

    private void stepped(Arrival arrival) {
        step(accept(arrival));
    }

    private List<Long> kept() {
        return kept(new Wanted(null, null));
    }

    private List<Long> kept(Wanted wanted) {
        List<Delivery> found = new ArrayList<>();
        Archived.read(folder, Examples::parse, wanted, found::add);
        return found.stream().map(Delivery::sequence).toList();
    }

    @Test
    void whatWasSteppedStaysAsItWasAndIsNotSteppedAgain() {
        open(WEEK);
        stepped(Examples.arrival("a"));
        assertEquals(0, store.queuedDeliveries());
        Delivery before = one();
        open(WEEK);

        assertEquals(List.of(), store.deliveries(store.cursor(), 9));
        assertEquals(0, store.queuedDeliveries());
        assertEquals(before, one());
        assertEquals("a", before.id());
        assertEquals(Examples.arrival("a").body(), before.body());
        assertEquals(Examples.NOW, before.receivedNanos());
    }

    private Delivery one() {
        List<Delivery> found = new ArrayList<>();
        Archived.read(folder, Examples::parse, new Wanted(null, null), found::add);
        assertEquals(1, found.size());
        return found.get(0);
    }

    @Test
    void whatIsOldGoesAndWhatWaitsStays() {
        open(WEEK);
        for (int day = 0; day < 10; day++) {
            stepped(Examples.arrival("d" + day));
            clock.set(clock.epochNanos() + DAY);
        }
        store.tidy();
        assertEquals(LongStream.rangeClosed(4, 10).boxed().toList(), kept(), "seven days of ten");

        accept(Examples.arrival("waits"));
        clock.set(clock.epochNanos() + 30 * DAY);
        store.tidy();
        assertEquals(List.of(11L), kept());
        assertEquals(1, store.deliveries(store.cursor(), 9).size());
    }

    @Test
    void theOldestGoWhenThereIsNoMoreRoom() {
        int bytes = 100_000;
        open(new Archiving(7 * DAY, 20L * bytes));
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            byte[] body = new byte[bytes / 2];
            random.nextBytes(body);
            stepped(Examples.arrival("d" + i, "\"" + HexFormat.of().formatHex(body) + "\""));
            clock.set(clock.epochNanos() + 11_000_000_000L);
        }
        store.tidy();
        List<Long> kept = kept();
        assertTrue(kept.size() >= 10 && kept.size() <= 30, () -> "kept " + kept);
        assertEquals(60, kept.get(kept.size() - 1), "the last ones");
    }

    @Test
    void anArchiveThatIsSwitchedOffGoes() {
        open(WEEK);
        stepped(Examples.arrival("a"));
        accept(Examples.arrival("waits"));
        open(Archiving.OFF);
        assertEquals(List.of(2L), kept());
        step(2);
        assertEquals(List.of(), kept());
    }

    @Test
    void itIsReadBySourceAndTimeWhileTheStoreIsInUse() {
        open(WEEK);
        stepped(Examples.arrival("a"));
        clock.set(Examples.NOW + DAY);
        stepped(Examples.arrival("b"));
        assertEquals(List.of(2L), kept(new Wanted(null, Examples.NOW + 1)));
        assertEquals(List.of(1L, 2L), kept(new Wanted("forge-acme", Examples.NOW)));
        assertEquals(List.of(), kept(new Wanted("another", null)));
    }

    @Test
    void whatIsPurgedIsOnTheDiskNoMore() throws IOException {
        open(WEEK);
        for (String tenant : List.of("acme", "other")) {
            String id = "forge-acme/" + tenant + "/1";
            stepped(Examples.arrival(id, "\"marker-of-" + tenant + "\""));
            long dead = accept(Examples.arrival(id + "dead", "\"marker-of-" + tenant + "\""));
            store.commit(Examples.commit().delivery(dead).dead("mapping", "no").build());
        }
        long waits = accept(Examples.arrival("forge-acme/acme/waits", "\"it waits\""));

        assertEquals(new Purge.Gone(2, 1), store.purge(new Purge(null, "acme", null)));

        assertEquals(List.of(3L, 4L, waits), kept());
        close();
        assertFalse(onDisk("marker-of-acme"));
        open(WEEK);
        assertEquals(1, store.deadLetters(DeadQuery.first(9)).letters().size());
        assertEquals(1, store.deliveries(store.cursor(), 9).size());
        assertEquals(new Purge.Gone(0, 0), store.purge(new Purge("another", null, null)));
        assertEquals(new Purge.Gone(0, 0), store.purge(new Purge(null, null, Examples.NOW)));
        assertEquals(new Purge.Gone(2, 1), store.purge(new Purge("forge-acme", null, Examples.NOW + 1)));
    }

    private boolean onDisk(String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).anyMatch(file -> {
                try {
                    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
