package io.contextcore.gateway.pipeline;

import static io.contextcore.gateway.pipeline.World.HOUR;
import static io.contextcore.gateway.pipeline.World.SECOND;
import static io.contextcore.gateway.pipeline.World.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers.Purpose;
import io.contextcore.gateway.pipeline.Letters.Fate;
import io.contextcore.gateway.pipeline.Letters.Wish;
import io.contextcore.gateway.store.Commit;
import io.contextcore.gateway.store.DeadHead;
import io.contextcore.gateway.store.DeadKey;
import io.contextcore.gateway.store.DeadKey.Kind;
import io.contextcore.gateway.store.DeadQuery;
import io.contextcore.gateway.store.MemoryStore;
import io.contextcore.gateway.store.Store.DueTimer;
import io.contextcore.gateway.testing.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What died is tried again by the sequencer, in between its other steps. */
class DeadLettersTest {

    private static final LifecycleDefinition ORDER =
            World.order("order", new Times(24 * HOUR, 12 * HOUR, 0, null, 0), List.of());

    private final Life life = new Life();

    /** A gateway without its edges, whose mappings can be mended. */
    private static final class Life {
        final World.StandingClock clock = new World.StandingClock();
        final MemoryStore store = new MemoryStore(clock);
        final List<String> ids = new ArrayList<>();
        final Sequencer sequencer;
        private Stepper stepper = World.stepper(Limits.defaults(), ORDER);

        Life() {
            sequencer = new Sequencer(
                    store,
                    () -> stepper,
                    clock,
                    Metrics.none(),
                    Tracing.none(),
                    (delivery, step) -> ids.add(delivery.id()));
        }

        void mend() {
            stepper = World.stepper(DeadLettersTest::mended, Limits.defaults(), ORDER);
        }

        void accept(String id, String body) {
            clock.now.addAndGet(SECOND);
            store.accept(World.arrival(id, body));
        }

        Life run() {
            for (int steps = 0; sequencer.stepOnce(); steps++) {
                assertTrue(steps < 10_000, "no end");
            }
            return this;
        }

        CompletableFuture<Fate> wish(DeadKey letter, Wish wish) {
            return sequencer.letters().wish(letter, wish).toCompletableFuture();
        }

        Fate granted(DeadKey letter, Wish wish) {
            CompletableFuture<Fate> fate = wish(letter, wish);
            run();
            return fate.join();
        }

        List<DeadHead> letters() {
            return store.deadLetters(DeadQuery.first(1_000)).letters();
        }
    }

    /** What was poison is told as if it had never been. */
    private static Evaluation mended(Delivery delivery, Facts facts, Deadline deadline) {
        JsonNode body = delivery.body().deepCopy();
        body.forEach(told -> ((ObjectNode) told).remove("poison"));
        return World.evaluate(
                new Delivery(
                        delivery.sequence(),
                        delivery.source(),
                        delivery.kind(),
                        delivery.event(),
                        delivery.id(),
                        delivery.headers(),
                        body,
                        delivery.receivedNanos()),
                facts,
                deadline);
    }

    private static DeadKey delivery(long sequence) {
        return new DeadKey(Kind.DELIVERY, sequence);
    }

    private static String told(String key, String status, boolean poison) {
        return "[{\"key\":\"" + key + "\",\"status\":\"" + status + "\",\"alias\":\"TEA-" + key + "\""
                + (poison ? ",\"poison\":true" : "") + "}]";
    }

    /** The rows of some orders, as far as they do not tell when something was heard of. */
    private static List<String> state(Life life) {
        List<String> state = new ArrayList<>();
        for (int key = 0; key < 5; key++) {
            if (life.store.row(String.valueOf(key)) instanceof Instance order) {
                state.add(key + " " + order.stage() + " " + order.attributes() + " " + order.aliases() + " "
                        + order.firstAt() + " " + order.start() + " " + order.outcome());
            }
        }
        return state;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Promise("dead-letters-converge")
    void replayAfterMendedMappingsLeadsToWhatWouldBeKnownHadNothingDied(long seed) {
        Life unbroken = new Life();
        unbroken.mend();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            String key = String.valueOf(random.nextInt(5));
            boolean ends = i > 50 && random.nextBoolean();
            String body = told(key, ends ? "done" : "s" + random.nextInt(9), random.nextBoolean());
            unbroken.accept("d" + i, body);
            life.accept("d" + i, body);
        }
        unbroken.run();
        life.run();
        List<DeadHead> died = life.letters();
        assertTrue(died.size() > 5, "nothing to replay");
        assertNotEquals(state(unbroken), state(life), "nothing was missing");

        life.mend();
        List<CompletableFuture<Fate>> fates = died.stream()
                .map(letter -> life.wish(letter.key(), Wish.REPLAY))
                .toList();
        life.run();

        fates.forEach(fate -> assertEquals(Fate.REPLAYED, fate.join()));
        assertEquals(state(unbroken), state(life));
        assertEquals(List.of(), life.letters());
    }

    @Test
    @Promise("dead-letters-never-block")
    void poisonNeverBlocksOthers() {
        life.accept("a", told("1", "new", true));
        life.accept("b", told("1", "packed", false));
        life.accept("c", told("2", "new", false));
        life.run();

        assertEquals(List.of("shop//a", "shop//b", "shop//c"), life.ids);
        assertEquals(
                List.of(delivery(1)), life.letters().stream().map(DeadHead::key).toList());
    }

    @Test
    void whatIsWishedBackNeverHoldsUpMoreThanOneStep() {
        for (int i = 1; i <= 4; i++) {
            life.accept("dead" + i, told("1", "new", true));
        }
        life.run();
        life.ids.clear();
        for (int i = 1; i <= 4; i++) {
            life.accept("new" + i, told("2", "new", false));
            life.wish(delivery(i), Wish.REPLAY);
        }
        life.run();

        assertEquals(
                List.of(
                        "shop//dead1",
                        "shop//new1",
                        "shop//dead2",
                        "shop//new2",
                        "shop//dead3",
                        "shop//new3",
                        "shop//dead4",
                        "shop//new4"),
                life.ids);
    }

    @Test
    void whatFailsAgainStaysAndSaysHowOften() {
        life.accept("a", told("1", "new", true));
        life.run();

        assertEquals(Fate.FAILED_AGAIN, life.granted(delivery(1), Wish.REPLAY));
        assertEquals(2, life.letters().get(0).attempts());
        life.mend();
        assertEquals(Fate.REPLAYED, life.granted(delivery(1), Wish.REPLAY));
        assertEquals(Fate.MISSING, life.granted(delivery(1), Wish.REPLAY), "it is done once");
    }

    @Test
    void whatIsDroppedIsGone() {
        life.accept("a", told("1", "new", true));
        life.run();

        assertEquals(Fate.DROPPED, life.granted(delivery(1), Wish.DROP));
        assertEquals(List.of(), life.letters());
        assertEquals(Fate.MISSING, life.granted(delivery(1), Wish.DROP));
    }

    @Test
    void refusedTelemetryIsSentAgainInItsLane() {
        life.accept("a", told("1", "new", false));
        life.run();
        List<OutboxEntry> refused = new ArrayList<>();
        for (int lane = 0; lane < Outbox.LANES; lane++) {
            refused.addAll(life.store.outbox().peek(TelemetrySignal.TRACES, lane, 9, Integer.MAX_VALUE));
        }
        OutboxEntry entry = refused.get(0);
        life.store.outbox().dead(List.of(entry), "invalid-argument");

        DeadHead letter = life.letters().get(0);
        assertEquals("invalid-argument", letter.code());
        assertEquals(Fate.REPLAYED, life.granted(letter.key(), Wish.REPLAY));

        List<OutboxEntry> again = life.store.outbox().peek(TelemetrySignal.TRACES, entry.lane(), 9, Integer.MAX_VALUE);
        OutboxEntry last = again.get(again.size() - 1);
        assertEquals(
                new String(entry.payload(), StandardCharsets.UTF_8),
                new String(last.payload(), StandardCharsets.UTF_8));
        assertEquals(entry.items(), last.items());
        assertEquals(entry.source(), last.source());
        assertTrue(last.sequence() > entry.sequence());
    }

    @Test
    void sumsThatWereKeptAreNotCountedTwice() {
        life.store.commit(new Commit(
                T0,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Commit.DeadLetter(DeadHead.UNTOLD, "no")));

        assertEquals(Fate.UNTOLD, life.granted(life.letters().get(0).key(), Wish.REPLAY));
        assertEquals(1, life.letters().size());
    }

    @Test
    void aTimerThatNobodyWaitsForIsOvertaken() {
        life.accept("a", told("1", "new", false));
        life.run();
        long due = life.store.lastNow();
        DueTimer gone = new DueTimer(due, Purpose.SLICE, "nobody");
        DueTimer tried = new DueTimer(due, Purpose.SLICE, "1");
        for (DueTimer timer : List.of(gone, tried)) {
            Row row = life.store.row("1");
            Row without = row.withTimers(row.timers().without(Purpose.SLICE));
            life.store.commit(new Commit(
                    due,
                    null,
                    null,
                    List.of(without),
                    List.of(),
                    List.of(),
                    List.of(),
                    new Commit.DeadLetter("mapping", "no").ofTimer(timer)));
        }
        List<DeadHead> letters = life.letters();

        assertEquals(Fate.OVERTAKEN, life.granted(letters.get(0).key(), Wish.REPLAY));
        assertEquals(Fate.REPLAYED, life.granted(letters.get(1).key(), Wish.REPLAY));
        assertTrue(life.store.row("1").timers().due().containsKey(Purpose.SLICE), "the next one is due");
        assertEquals(List.of(), life.letters());
    }

    @Test
    void aTimerThatNobodyNamedIsUnknown() {
        life.store.commit(new Commit(
                T0, null, null, List.of(), List.of(), List.of(), List.of(), new Commit.DeadLetter("mapping", "no")));

        assertEquals(Fate.UNKNOWN, life.granted(life.letters().get(0).key(), Wish.REPLAY));
        assertEquals(1, life.letters().size());
    }

    @Test
    void asManyMayBeWishedAsTheCapSaysAndNotOneMore() {
        List<CompletableFuture<Fate>> fates = new ArrayList<>();
        for (int i = 0; i <= Letters.MOST_WAITING; i++) {
            fates.add(life.wish(delivery(i + 1), Wish.DROP));
        }
        assertEquals(Fate.NOT_NOW, fates.get(Letters.MOST_WAITING).getNow(null));
        assertFalse(fates.get(Letters.MOST_WAITING - 1).isDone());
        life.run();
        assertEquals(Fate.MISSING, fates.get(Letters.MOST_WAITING - 1).join());
        assertEquals(Fate.MISSING, life.granted(delivery(1), Wish.DROP), "there is room again");
    }

    @Test
    void afterTheEndNothingIsDone() {
        CompletableFuture<Fate> waiting = life.wish(delivery(1), Wish.DROP);
        life.sequencer.letters().end();

        assertEquals(Fate.NOT_NOW, waiting.join());
        assertEquals(Fate.NOT_NOW, life.wish(delivery(1), Wish.DROP).join());
    }
}
