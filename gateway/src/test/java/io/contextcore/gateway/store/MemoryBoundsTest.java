package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.testing.Promise;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit in memory comes from disk, in the same order and with the same contents. */
final class MemoryBoundsTest {

    private final ManualClock clock = new ManualClock(Examples.NOW);
    private final AtomicInteger parsed = new AtomicInteger();

    @TempDir
    Path folder;

    private RocksStore store;

    @BeforeEach
    void open() {
        StoreSettings defaults = StoreSettings.defaults();
        StoreSettings small = new StoreSettings(
                defaults.diskBudgetBytes(), defaults.seenIds(), 256, defaults.groupBytes(), 256, 3, 10_000, 10, 1024);
        store = RocksStore.open(folder, clock, small, this::parse, Metrics.none());
    }

    private JsonNode parse(byte[] stored) {
        parsed.incrementAndGet();
        return Examples.parse(stored);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void accept(int from, int to) {
        for (int i = from; i <= to; i++) {
            StoreContract.await(store.accept(Examples.arrival("d" + i)));
        }
    }

    private void assertDeliveries(int from, int to, List<Delivery> deliveries) {
        List<Long> expected = new ArrayList<>();
        for (long i = from; i <= to; i++) {
            expected.add(i);
        }
        assertEquals(expected, StoreContract.sequences(deliveries));
        for (Delivery delivery : deliveries) {
            assertEquals(Examples.arrival("d" + delivery.sequence()).body(), delivery.body());
        }
    }

    @Test
    void atTheCountNothingIsReadAgainAndOnePastItOneIs() {
        accept(1, 3);
        assertDeliveries(1, 3, store.deliveries(0, 10));
        assertEquals(0, parsed.get());
        accept(4, 4);
        assertDeliveries(1, 4, store.deliveries(0, 10));
        assertTrue(parsed.get() >= 1);
    }

    @Test
    void memoryAndDiskTakeTurns() {
        accept(1, 5);
        store.commit(Examples.commit().delivery(1).build());
        store.commit(Examples.commit().delivery(2).build());
        accept(6, 9);
        assertDeliveries(3, 9, store.deliveries(2, 100));
        assertDeliveries(3, 4, store.deliveries(2, 2));
        assertDeliveries(6, 8, store.deliveries(5, 3));
        assertEquals(7, store.queuedDeliveries());
    }

    @Test
    void bodiesBeyondTheBytesAreReadFromDisk() {
        StoreContract.await(store.accept(Examples.sized("a", 10_000)));
        store.deliveries(0, 10);
        assertEquals(0, parsed.get(), "at the limit");
        store.commit(Examples.commit().delivery(1).build());
        StoreContract.await(store.accept(Examples.sized("b", 10_001)));
        assertEquals(1, store.deliveries(1, 10).size());
        assertEquals(1, parsed.get(), "one byte past it");
    }

    @Test
    void bodiesFromDiskComeInPartsAndNoneIsLeftOut() {
        for (String id : List.of("a", "b", "c")) {
            StoreContract.await(store.accept(Examples.sized(id, 10_001)));
        }
        StoreContract.await(store.accept(Examples.arrival("d")));
        assertEquals(List.of(1L), StoreContract.sequences(store.deliveries(0, 10)), "one that is larger still fits");
        assertEquals(List.of(2L), StoreContract.sequences(store.deliveries(1, 10)));
        assertEquals(List.of(4L), StoreContract.sequences(store.deliveries(3, 10)));
    }

    @Test
    @Promise("order-per-key")
    void aLaneThatDoesNotFitInMemoryKeepsItsOrder() {
        List<String> expected = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            store.commit(Examples.commit()
                    .telemetry(Examples.spans(2, "entry-" + i))
                    .telemetry(Examples.spans(3, "other-" + i))
                    .build());
            expected.add("entry-" + i);
            if (i % 3 == 0) {
                takeOne(taken);
            }
        }
        while (taken.size() < expected.size()) {
            takeOne(taken);
        }
        assertEquals(expected, taken);
        assertEquals(List.of(), store.outbox().peek(TelemetrySignal.TRACES, 2, 10, 100));
        assertEquals(100, store.outbox().waitingItems(TelemetrySignal.TRACES));
        assertEquals(
                50,
                store.outbox().peek(TelemetrySignal.TRACES, 3, 1000, 1_000_000).size());
    }

    private void takeOne(List<String> taken) {
        List<OutboxEntry> first = store.outbox().peek(TelemetrySignal.TRACES, 2, 1, 1);
        taken.add(new String(first.get(0).payload(), StandardCharsets.UTF_8));
        store.outbox().delivered(first);
    }
}
