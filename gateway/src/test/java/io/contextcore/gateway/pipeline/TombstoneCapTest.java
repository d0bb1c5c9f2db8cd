package io.contextcore.gateway.pipeline;

import static io.contextcore.gateway.pipeline.World.HOUR;
import static io.contextcore.gateway.pipeline.World.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.store.MemoryStore;
import io.contextcore.gateway.testing.Caps;
import io.contextcore.gateway.testing.CountingMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** There are so many tombstones and no more. */
class TombstoneCapTest {

    /** Two tombstones. */
    private static final Limits LIMITS = Caps.with("tombstones", 2);

    private final World.StandingClock clock = new World.StandingClock();
    private final MemoryStore store = new MemoryStore(clock);

    @Test
    void oneMoreThanTheCapIsForgottenForGood() {
        Stepper stepper =
                World.stepper(LIMITS, World.order("order", new Times(24 * HOUR, null, 0, HOUR, 24 * HOUR), List.of()));
        CountingMetrics metrics = new CountingMetrics();
        Sequencer sequencer =
                new Sequencer(store, () -> stepper, clock, metrics, Tracing.none(), (delivery, step) -> {});
        for (int i = 1; i <= 3; i++) {
            clock.now.incrementAndGet();
            store.accept(World.arrival("d" + i, "[{\"key\":\"" + i + "\",\"status\":\"done\"}]"));
        }
        while (sequencer.stepOnce()) {
            assertEquals(0, store.census().tombstones());
        }
        clock.now.set(T0 + 2 * HOUR);
        while (sequencer.stepOnce()) {
            assertEquals(0, store.queuedDeliveries());
        }

        assertInstanceOf(Row.Tombstone.class, store.row("1"));
        assertInstanceOf(Row.Tombstone.class, store.row("2"));
        assertNull(store.row("3"));
        assertEquals(2, store.census().tombstones());
        assertEquals(1, metrics.count(Metric.NOTES, "tombstones-full"));
        assertEquals(3, metrics.count(Metric.NOTES, "forgotten"));
    }
}
