package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of delivery ids, and for how long. */
final class SeenIdsTest {

    private final List<String> counted = new ArrayList<>();

    @TempDir
    Path folder;

    private Engine engine;
    private SeenIds seen;

    @BeforeEach
    void open() {
        engine = Engine.open(folder, StoreSettings.defaults());
        seen = new SeenIds(engine, 3, 0, counting());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Metrics counting() {
        return new Metrics() {
            @Override
            public void count(Metric metric, long amount, String... labelValues) {
                counted.add(metric + " " + String.join(",", labelValues) + " " + amount);
            }

            @Override
            public void gauge(Metric metric, double value, String... labelValues) {}

            @Override
            public void time(Metric metric, long nanos, String... labelValues) {}
        };
    }

    /** Adds ids in one batch; tells how many were new. */
    private long add(long now, long window, String... ids) {
        try (Batch batch = engine.batch()) {
            seen.begin();
            long fresh = 0;
            for (String id : ids) {
                fresh += seen.add(batch, id, now, window) ? 1 : 0;
            }
            seen.sweep(batch, now);
            engine.write(batch);
            seen.written();
            return fresh;
        }
    }

    private long entries(Family family) {
        long[] count = {0};
        engine.scan(family, new byte[0], null, (key, value) -> {
            count[0]++;
            return true;
        });
        return count[0];
    }

    private void assertRemembered(long expected) {
        assertEquals(expected, entries(Family.SEEN));
        assertEquals(expected, entries(Family.SEEN_BY_TIME));
        assertEquals(expected, seen.countAfter());
    }

    @Test
    void copiesInOneBatchAreOneId() {
        assertEquals(2, add(0, 10, "a", "b", "a", "a"));
        assertRemembered(2);
    }

    @Test
    void oldIdsAreSweptWhenOthersCome() {
        add(0, 10, "a");
        add(1, 20, "b");
        add(9, 10, "c");
        assertRemembered(3);
        add(10, 10, "d");
        assertRemembered(3);
        assertEquals(1, add(10, 10, "a"), "a was forgotten");
        assertEquals(0, add(20, 10, "b"), "b has a longer window");
        assertEquals(List.of("NOTES seen-id-evicted 1"), counted, "only what went before its time is counted");
    }

    @Test
    void anIdThatComesAgainAfterItsWindowIsRememberedAnew() {
        add(0, 10, "a");
        assertEquals(1, add(10, 10, "a"));
        assertRemembered(1);
        assertEquals(0, add(19, 10, "a"));
        assertEquals(2, add(20, 10, "a", "b"));
        assertRemembered(2);
    }

    @Test
    void aShortWindowAfterALongOneIsSweptInItsTurn() {
        add(0, 1_000, "long");
        add(1, 5, "short");
        add(6, 1_000, "other");
        assertRemembered(2);
        assertEquals(1, add(6, 5, "short"));
    }

    @Test
    void atTheCapNothingGoesAndOnePastItTheFirstToBeForgotten() {
        add(0, 30, "late");
        add(0, 10, "soon", "middle-a");
        assertEquals(List.of(), counted);
        add(1, 20, "new");
        assertRemembered(3);
        assertEquals(List.of("NOTES seen-id-evicted 1"), counted);
        add(2, 20, "p", "q", "r", "s");
        assertTrue(seen.countAfter() <= 4, "one batch may stand above the cap until the next one comes");
        add(3, 20, "t");
        assertRemembered(3);
    }

    @Test
    void aSweepTakesWhateverIsOldOverTheNextBatches() {
        seen = new SeenIds(engine, 10_000, 0, Metrics.none());
        for (int i = 0; i < 1_000; i++) {
            add(0, 10, "id-" + i);
        }
        assertRemembered(1_000);
        for (int i = 0; i < 5; i++) {
            add(10, 10, "later-" + i);
        }
        assertRemembered(5);
    }

    @Test
    void aBatchThatWasNotWrittenChangesNothing() {
        add(0, 10, "a");
        try (Batch lost = engine.batch()) {
            seen.begin();
            assertTrue(seen.add(lost, "b", 20, 10));
            seen.sweep(lost, 20);
        }
        seen.begin();
        assertEquals(1, seen.countAfter());
        assertEquals(0, add(9, 10, "a"));
        assertEquals(1, add(20, 10, "b"));
        assertRemembered(1);
        assertFalse(counted.contains("NOTES seen-id-evicted 1"));
    }
}
