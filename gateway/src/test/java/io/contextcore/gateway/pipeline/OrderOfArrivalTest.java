package io.contextcore.gateway.pipeline;

import static io.contextcore.gateway.pipeline.World.HOUR;
import static io.contextcore.gateway.pipeline.World.SECOND;
import static io.contextcore.gateway.pipeline.World.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LifecycleDefinition.Snapshot;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Timers.Purpose;
import io.contextcore.gateway.store.Commit;
import io.contextcore.gateway.store.MemoryStore;
import io.contextcore.gateway.store.Store;
import io.contextcore.gateway.store.Store.DueTimer;
import io.contextcore.gateway.testing.RuleTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rows R1 to R7 of mappings/README.md: deliveries, messages and timers, and a stop of thirty days. */
class OrderOfArrivalTest {

    private static final long DAY = 24 * HOUR;
    private static final int EACH = 10;

    private final Life life = new Life();

    /** A gateway without its edges, over a clock that stands. */
    private static final class Life {
        final World.StandingClock clock = new World.StandingClock();
        final MemoryStore store = new MemoryStore(clock);
        final List<String> ids = new ArrayList<>();
        final Sequencer sequencer;
        /** Steps so far, and how many of them came before the last delivery. */
        int steps;

        int before;

        Life() {
            Stepper stepper = World.stepper(
                    Limits.defaults(),
                    World.order(
                            "order",
                            new Times(DAY, null, 0, 10 * DAY, 400 * DAY),
                            List.of(new Snapshot("order.snapshot", 6 * HOUR, true))),
                    World.order("call", new Times(DAY, 12 * HOUR, 0, null, 0), List.of()));
            sequencer = new Sequencer(store, () -> stepper, clock, Metrics.none(), Tracing.none(), (delivery, step) -> {
                ids.add(delivery.id());
            });
        }

        Store.Acceptance accept(String id, String body) {
            return store.accept(World.arrival(id, body)).toCompletableFuture().join();
        }

        Life run() {
            long last = store.cursor();
            while (sequencer.stepOnce()) {
                before = store.cursor() > last ? steps : before;
                last = store.cursor();
                steps++;
                assertTrue(steps < 10_000, "no end");
            }
            return this;
        }

        /** What was written, in order. */
        List<String> written(TelemetrySignal signal) {
            List<OutboxEntry> entries = new ArrayList<>();
            for (int lane = 0; lane < Outbox.LANES; lane++) {
                entries.addAll(store.outbox().peek(signal, lane, 10_000, Integer.MAX_VALUE));
            }
            return entries.stream()
                    .sorted(Comparator.comparingLong(OutboxEntry::sequence))
                    .map(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private static String told(String lifecycle, String key, String status) {
        return "[{\"lifecycle\":\"" + lifecycle + "\",\"key\":\"" + key + "\",\"status\":\"" + status + "\"}]";
    }

    @Test
    void every_row_has_its_test() {
        RuleTable.agrees("R", OrderOfArrivalTest.class);
    }

    @Test
    void r1_a_delivery_id_for_the_second_time_is_a_duplicate() {
        life.accept("a", told("order", "1", "new"));
        Store.Acceptance second = life.accept("a", told("order", "1", "packed"));
        life.run();

        assertInstanceOf(Store.Acceptance.Duplicate.class, second);
        assertEquals(List.of("shop//a"), life.ids);
    }

    @Test
    void r2_deliveries_are_stepped_in_the_order_of_receipt() {
        life.accept("c", told("order", "1", "new"));
        life.accept("a", told("order", "2", "new"));
        life.accept("b", told("order", "1", "packed"));
        life.run();

        assertEquals(List.of("shop//c", "shop//a", "shop//b"), life.ids);
    }

    @Test
    void r3_a_receipt_is_never_earlier_than_the_one_before() {
        life.accept("a", "[]");
        life.clock.now.set(T0 - HOUR);
        life.accept("b", "[]");

        assertEquals(T0, life.store.deliveries(0, 2).get(1).receivedNanos());
    }

    @Test
    void r4_a_timer_that_is_due_at_a_receipt_runs_before_that_delivery() {
        life.accept("a", told("call", "1", "new"));
        life.run();
        life.clock.now.set(T0 + 12 * HOUR);
        life.accept("b", told("call", "1", "packed"));
        life.run();
        assertEquals(2, ((Instance) life.store.row("1")).generation(), "it expired, and was opened again");

        life.clock.now.set(T0 + 3 * DAY);
        life.run();
        life.clock.now.set(T0);
        life.accept("c", "[]");
        long last = life.store.deliveries(life.store.cursor(), 1).get(0).receivedNanos();
        assertEquals(T0 + DAY, last, "it has expired again then, and no receipt is earlier");
    }

    @Test
    void r5_timers_of_one_time_go_by_purpose_then_key() {
        List<String> purposes = Stream.of(Purpose.values())
                .map(purpose -> purpose.name().toLowerCase(Locale.ROOT))
                .toList();
        assertEquals(
                List.of(
                        "adopt",
                        "slice",
                        "expire",
                        "hold",
                        "snapshot",
                        "roll_up",
                        "tally",
                        "tally_repeat",
                        "forget",
                        "overdue"),
                purposes);
        Timers both = Timers.none().with(Purpose.FORGET, T0).with(Purpose.ADOPT, T0);
        List<Row> rows = new ArrayList<>(Stream.of("b", "a")
                .map(key -> (Row) new Row.Alias(key, null, List.of(), T0, both))
                .toList());
        List<DueTimer> order = new ArrayList<>();
        life.store.commit(new Commit(T0, null, null, rows, List.of(), List.of(), List.of(), null));
        for (DueTimer due = life.store.nextTimer().orElse(null);
                due != null;
                due = life.store.nextTimer().orElse(null)) {
            order.add(due);
            Row row = life.store.row(due.key());
            Row rung = row.withTimers(row.timers().without(due.purpose()));
            life.store.commit(new Commit(T0, null, null, List.of(rung), List.of(), List.of(), List.of(), null));
        }

        assertEquals(
                List.of(
                        new DueTimer(T0, Purpose.ADOPT, "a"),
                        new DueTimer(T0, Purpose.ADOPT, "b"),
                        new DueTimer(T0, Purpose.FORGET, "a"),
                        new DueTimer(T0, Purpose.FORGET, "b")),
                order);
    }

    @Test
    void r6_what_a_delivery_causes_runs_before_timers_and_the_next_delivery() {
        life.accept("a", told("call", "1", "new"));
        life.accept("b", "[{\"to\":\"TEA-1\",\"status\":\"packed\"}]");
        life.run();
        life.clock.now.set(T0 + 12 * HOUR);
        life.accept("c", "[{\"key\":\"2\",\"status\":\"new\",\"alias\":\"TEA-1\"}]");
        life.accept("d", "[]");
        life.run();

        assertEquals(life.steps - 1, life.before, "the claim and the signal that waited came before the last delivery");
        assertEquals(6, life.steps - 1, "the timer, three deliveries, the claim and the signal");
    }

    /** Orders that stay open, orders that end, and calls that nobody ends. */
    private static void begin(Life life) {
        for (int i = 0; i < EACH; i++) {
            life.clock.now.set(T0 + i * 60 * SECOND);
            life.accept("open" + i, told("order", "open" + i, "new"));
            life.accept("new" + i, told("order", "done" + i, "new"));
            life.accept("done" + i, told("order", "done" + i, "done"));
            life.accept("call" + i, told("call", "call" + i, "new"));
        }
        life.run();
    }

    private static void end(Life life) {
        life.clock.now.set(T0 + 30 * DAY);
        life.accept("late", told("order", "open0", "packed"));
        life.run();
    }

    @Test
    void r7_after_a_long_stop_all_comes_out_as_without_it_but_the_snapshots() {
        Life running = new Life();
        begin(running);
        for (long now = T0 + HOUR; now < T0 + 30 * DAY; now += HOUR) {
            running.clock.now.set(now);
            running.run();
        }
        end(running);
        begin(life);
        end(life);

        assertEquals(running.written(TelemetrySignal.TRACES), life.written(TelemetrySignal.TRACES));
        assertEquals(withoutSnapshots(running), withoutSnapshots(life));
        assertEquals(EACH * (4 * 30 - 1) + 1, snapshots(running).size(), "each at every sixth hour");
        assertEquals(EACH, snapshots(life).size(), "each once, at the time for which the first one was due");
        assertTrue(snapshots(running).containsAll(snapshots(life)));
    }

    @Test
    void after_a_long_stop_the_work_is_bounded_and_done_before_the_next_delivery() {
        begin(life);
        int before = life.steps;
        end(life);

        int slices = 30 + (EACH - 1) * 29;
        int snapshots = EACH;
        int forgotten = EACH;
        int expired = EACH;
        assertEquals(slices + snapshots + forgotten + expired + 1, life.steps - before);
        assertEquals(life.steps - 1, life.before, "the delivery comes last");
        assertEquals(0, life.store.queuedDeliveries());
        assertTrue(life.store.nextTimer().orElseThrow().dueNanos() > T0 + 30 * DAY);
        for (int i = 0; i < EACH; i++) {
            assertInstanceOf(Row.Tombstone.class, life.store.row("done" + i));
            assertEquals(Instance.Stage.ENDED, ((Instance) life.store.row("call" + i)).stage());
        }
    }

    private static List<String> snapshots(Life life) {
        return life.written(TelemetrySignal.LOGS).stream()
                .filter(log -> log.contains("order.snapshot"))
                .toList();
    }

    private static List<String> withoutSnapshots(Life life) {
        return life.written(TelemetrySignal.LOGS).stream()
                .filter(log -> !log.contains("order.snapshot"))
                .toList();
    }
}
