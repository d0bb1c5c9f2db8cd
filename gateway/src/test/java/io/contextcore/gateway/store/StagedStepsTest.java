package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.testing.Promise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that are written together have the same effect as steps that are written one by one. */
final class StagedStepsTest {

    private static final int KEYS = 12;
    private static final Timers.Purpose[] PURPOSES = Timers.Purpose.values();

    private final ManualClock clock = new ManualClock(Examples.NOW);

    @TempDir
    Path folder;

    private RocksStore store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private void open(StoreSettings settings) {
        close();
        store = RocksStore.open(folder, clock, settings, Examples::parse, Metrics.none());
    }

    @Test
    void whatIsStagedIsSeenByTheSequencerAndLeavesWithTheFlush() {
        open(StoreSettings.defaults());
        StoreContract.await(store.accept(Examples.arrival("a")));
        Row row = Examples.instance("k", Timers.none().with(Timers.Purpose.SLICE, 5));
        assertFalse(store.stage(Examples.commit()
                .delivery(1)
                .row(row)
                .queue(Examples.claim())
                .telemetry(Examples.spans(3, "spans"))
                .build()));
        assertEquals(1, store.cursor());
        assertEquals(row, store.row("k"));
        assertEquals(Optional.of(new Store.QueuedMessage(1, Examples.claim())), store.nextMessage());
        assertEquals(Optional.of(new Store.DueTimer(5, Timers.Purpose.SLICE, "k")), store.nextTimer());
        assertNull(store.committed("k"), "nobody else sees it");
        assertEquals(1, store.queuedDeliveries());
        assertEquals(List.of(), StoreContract.payloads(store, TelemetrySignal.TRACES, 3));
        store.flush();
        assertEquals(row, store.committed("k"));
        assertEquals(0, store.queuedDeliveries());
        assertEquals(List.of("spans"), StoreContract.payloads(store, TelemetrySignal.TRACES, 3));
    }

    @Test
    void whatWasNotFlushedIsThereToBeSteppedAgain() {
        open(StoreSettings.defaults());
        StoreContract.await(store.accept(Examples.arrival("a")));
        store.stage(Examples.commit().delivery(1).row(Examples.shadow("k")).build());
        open(StoreSettings.defaults());
        assertEquals(0, store.cursor());
        assertNull(store.row("k"));
        assertEquals(1, store.deliveries(0, 10).size());
        assertEquals(Census.EMPTY, store.census());
    }

    @Test
    void aGroupIsFullAtItsStepsAndAtItsBytes() {
        StoreSettings defaults = StoreSettings.defaults();
        open(defaults);
        for (int i = 1; i < defaults.groupSteps(); i++) {
            assertFalse(store.stage(Examples.commit().build()), "one below the limit");
        }
        assertTrue(store.stage(Examples.commit().build()), "at the limit");
        store.flush();
        String most = "x".repeat(defaults.groupBytes() - Sizes.OUTBOX_ENTRY - 1);
        assertFalse(
                store.stage(Examples.commit().telemetry(Examples.spans(1, most)).build()));
        store.flush();
        assertTrue(store.stage(
                Examples.commit().telemetry(Examples.spans(1, most + "x")).build()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Promise("step-is-one-write")
    void groupsOfAnySizeEndAsStepsThatAreWrittenOneByOne(long seed) {
        Random random = new Random(seed);
        MemoryStore single = new MemoryStore(clock);
        open(StoreSettings.defaults());
        for (int round = 0; round < 120; round++) {
            int steps = 1 + random.nextInt(12);
            for (int i = 0; i < steps; i++) {
                Commit commit = commit(random, single);
                single.commit(commit);
                store.stage(commit);
                assertSameForTheSequencer(single, store);
            }
            store.flush();
            assertSameForTheSequencer(single, store);
            if (random.nextInt(5) == 0) {
                open(StoreSettings.defaults());
                assertSameForTheSequencer(single, store);
                assertEquals(outbox(single), outbox(store));
            }
        }
    }

    /** Takes the next message or timer, as a sequencer does, and changes some rows. */
    private static Commit commit(Random random, Store store) {
        Examples.CommitBuilder commit = Examples.commit();
        Optional<Store.QueuedMessage> message = store.nextMessage();
        Optional<Store.DueTimer> timer = store.nextTimer();
        if (message.isPresent() && random.nextBoolean()) {
            commit.message(message.get().number());
        } else if (timer.isPresent() && random.nextBoolean()) {
            String key = timer.get().key();
            commit.row(Examples.instance(
                    key, store.row(key).timers().without(timer.get().purpose())));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            commit.row(Examples.instance("k" + random.nextInt(KEYS), timers(random)));
        }
        for (int i = random.nextInt(2); i > 0; i--) {
            commit.remove("gone" + random.nextInt(3));
            commit.row(Examples.tombstone("gone" + random.nextInt(3)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            commit.queue(Examples.signal("s" + random.nextInt(1000)));
        }
        if (random.nextInt(3) == 0) {
            commit.telemetry(Examples.spans(random.nextInt(2), "entry" + random.nextInt(1000)));
        }
        return commit.build();
    }

    private static Timers timers(Random random) {
        Timers timers = Timers.none();
        for (int i = random.nextInt(3); i > 0; i--) {
            timers = timers.with(PURPOSES[random.nextInt(PURPOSES.length)], random.nextInt(30));
        }
        return timers;
    }

    private static void assertSameForTheSequencer(Store expected, Store actual) {
        assertEquals(expected.nextTimer(), actual.nextTimer());
        assertEquals(expected.nextMessage(), actual.nextMessage());
        assertEquals(expected.census(), actual.census());
        for (int i = 0; i < KEYS; i++) {
            assertEquals(expected.row("k" + i), actual.row("k" + i));
        }
    }

    private static List<List<String>> outbox(Store store) {
        List<List<String>> lanes = new ArrayList<>();
        for (int lane = 0; lane < 2; lane++) {
            lanes.add(StoreContract.payloads(store, TelemetrySignal.TRACES, lane));
        }
        return lanes;
    }
}
