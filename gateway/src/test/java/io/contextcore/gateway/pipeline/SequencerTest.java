package io.contextcore.gateway.pipeline;

import static io.contextcore.gateway.pipeline.World.HOUR;
import static io.contextcore.gateway.pipeline.World.SECOND;
import static io.contextcore.gateway.pipeline.World.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.store.MemoryStore;
import io.contextcore.gateway.store.Store.QueuedMessage;
import io.contextcore.gateway.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequencerTest {

    private final World.StandingClock clock = new World.StandingClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final List<Stepped> steps = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final Sequencer sequencer = sequencer(store, Limits.defaults());

    private Sequencer sequencer(MemoryStore over, Limits limits) {
        return new Sequencer(
                over, () -> World.stepper(limits), clock, Metrics.none(), Tracing.none(), (delivery, step) -> {
                    ids.add(delivery.id());
                    steps.add(step);
                });
    }

    private void accept(String id, String body) {
        store.accept(World.arrival(id, body));
    }

    private void run() {
        while (sequencer.stepOnce()) {
            assertTrue(steps.size() < 1_000);
        }
    }

    private Instance instance(String key) {
        return (Instance) store.row(key);
    }

    private static List<String> written(MemoryStore store) {
        List<OutboxEntry> entries = new ArrayList<>();
        for (TelemetrySignal signal : TelemetrySignal.values()) {
            for (int lane = 0; lane < Outbox.LANES; lane++) {
                entries.addAll(store.outbox().peek(signal, lane, 1_000, Integer.MAX_VALUE));
            }
        }
        return entries.stream()
                .sorted(Comparator.comparingLong(OutboxEntry::sequence))
                .map(entry -> entry.signal() + " " + new String(entry.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void deliveriesAreSteppedInInboxSequence() {
        accept("a", "[{\"key\":\"1\",\"status\":\"new\"}]");
        accept("b", "[]");
        accept("c", "[{\"key\":\"1\",\"status\":\"packed\"}]");
        run();

        assertEquals(List.of("shop//a", "shop//b", "shop//c"), ids);
        assertEquals(3, store.cursor());
        assertEquals(0, store.queuedDeliveries());
        assertEquals("no-mapping", steps.get(1).evaluation().ignored());
    }

    @Test
    void nothingIsSteppedWhileTheDiskDoesNotTakeWhatWas() {
        accept("a", "[{\"key\":\"1\",\"status\":\"new\"}]");
        assertTrue(sequencer.stepOnce());
        store.refuse(true);
        assertTrue(assertThrows(StoreException.class, this::run).mayPass());
        accept("b", "[{\"key\":\"1\",\"status\":\"packed\"}]");
        assertThrows(StoreException.class, sequencer::stepOnce);
        assertEquals(1, store.cursor());
        assertEquals(List.of(), ids, "nobody is told of what is not written");
        store.refuse(false);
        run();
        assertEquals(List.of("shop//a", "shop//b"), ids);
    }

    @Test
    void aTimerThatIsDueRunsBeforeALaterDelivery() {
        accept("a", "[{\"key\":\"1\",\"status\":\"new\"}]");
        run();
        clock.now.set(T0 + 13 * HOUR);
        accept("b", "[{\"key\":\"1\",\"status\":\"packed\"}]");
        run();

        assertEquals(2, instance("1").generation(), "it expired first, and the delivery opened it again");
    }

    @Test
    void aTimerDoesNotRunBeforeItsTime() {
        accept("a", "[{\"key\":\"1\",\"status\":\"new\"}]");
        run();
        clock.now.set(T0 + 12 * HOUR - 1);

        assertFalse(sequencer.stepOnce());
        clock.now.set(T0 + 12 * HOUR);
        assertTrue(sequencer.stepOnce());
        assertEquals(Instance.Stage.ENDED, instance("1").stage());
        assertEquals(T0 + 12 * HOUR, store.lastNow());
    }

    @Test
    void afterATimerNoDeliveryHasAReceiptBeforeIt() {
        accept("a", "[{\"key\":\"1\",\"status\":\"new\"}]");
        run();
        clock.now.set(T0 + 12 * HOUR);
        run();
        clock.now.set(T0);
        accept("b", "[]");

        assertTrue(store.deliveries(store.cursor(), 1).get(0).receivedNanos() >= T0 + 12 * HOUR);
    }

    @Test
    void messagesOfAStepRunBeforeTheNextDelivery() {
        accept("a", "[{\"to\":\"TEA-1\",\"status\":\"packed\"}]");
        accept("b", "[{\"key\":\"1\",\"status\":\"new\",\"alias\":\"TEA-1\"}]");
        accept("c", "[{\"key\":\"2\",\"status\":\"new\"}]");
        for (int i = 0; i < 4; i++) {
            sequencer.stepOnce();
        }

        assertEquals(2, store.cursor(), "two deliveries, the claim and the forwarded signal");
        assertFalse(store.nextMessage().isPresent());
        assertTrue(sequencer.stepOnce());
        assertEquals(3, store.cursor());
    }

    @Test
    void poisonGoesToTheDeadLettersAndNeverBlocks() {
        accept("a", "[{\"key\":\"1\",\"status\":\"new\"},{\"poison\":true}]");
        accept("b", "[{\"key\":\"2\",\"status\":\"new\"}]");
        run();

        assertEquals("mapping", steps.get(0).commit().deadLetter().code());
        assertEquals("CC0901 poisoned", steps.get(0).commit().deadLetter().error());
        assertNull(store.row("1"), "the signals of one delivery commit or die together");
        assertEquals(Instance.Stage.OPEN, instance("2").stage());
    }

    @Test
    void aBugIsADeadLetterToo() {
        accept("a", "[{\"bug\":true}]");
        run();

        assertEquals("internal", steps.get(0).commit().deadLetter().code());
        assertTrue(steps.get(0).commit().deadLetter().error().contains("a bug"));
    }

    @Test
    void anErrorOfTheCodeIsADeadLetterToo() {
        accept("a", "[{\"overflow\":true}]");
        accept("b", "[]");
        run();

        assertEquals("internal", steps.get(0).commit().deadLetter().code());
        assertEquals(2, store.cursor(), "the next one goes on");
    }

    @Test
    void aStoreThatCannotBeReadIsNotTheDeliverysFault() {
        accept("a", "[{\"key\":\"1\",\"status\":\"new\"}]");
        Stepper stepper = World.stepper(Limits.defaults());

        assertThrows(
                StoreException.class,
                () -> stepper.delivery(store.deliveries(0, 1).get(0), 0, key -> {
                    throw new StoreException("the disk is gone");
                }));
    }

    @Test
    void aSignalOfAnotherLifecycleToAKeyHasItsOwnCode() {
        accept("a", "[{\"key\":\"1\",\"status\":\"new\"}]");
        accept("b", "[{\"key\":\"1\",\"status\":\"new\",\"lifecycle\":\"call\"}]");
        run();

        assertEquals("lifecycle-mismatch", steps.get(1).commit().deadLetter().code());
    }

    @Test
    void aMessageBeyondTheHopLimitDies() {
        Limits none = Limits.defaults();
        Stepper stepper = World.stepper(none);
        accept("a", "[{\"to\":\"TEA-1\",\"status\":\"packed\"}]");
        accept("b", "[{\"key\":\"1\",\"status\":\"new\",\"alias\":\"TEA-1\"}]");
        sequencer.stepOnce();
        sequencer.stepOnce();
        var claim = (Message.Claim) store.nextMessage().orElseThrow().message();
        var origin = claim.origin();

        assertNull(deadAfter(stepper, claim, origin, none.hops()));
        assertEquals("limit-hops", deadAfter(stepper, claim, origin, none.hops() + 1));
    }

    private String deadAfter(Stepper stepper, Message.Claim claim, Origin origin, int hops) {
        var travelled = new Message.Claim(
                claim.alias(),
                claim.owner(),
                claim.firstSeen(),
                claim.receivedNanos(),
                new Origin(origin.source(), origin.deliveryId(), origin.sequence(), origin.key(), origin.n(), hops));
        var dead = stepper.message(new QueuedMessage(1, travelled), T0, store::row)
                .commit()
                .deadLetter();
        return dead == null ? null : dead.code();
    }

    @Test
    void whatIsRedoneGivesTheSameBytes() {
        MemoryStore twin = new MemoryStore(clock);
        String[] bodies = {
            "[{\"key\":\"1\",\"status\":\"new\"}]",
            "[{\"to\":\"TEA-1\",\"status\":\"packed\"}]",
            "[{\"key\":\"1\",\"status\":\"packed\",\"alias\":\"TEA-1\"},{\"key\":\"2\",\"status\":\"new\"}]",
            "[{\"key\":\"2\",\"status\":\"done\"}]"
        };
        for (int i = 0; i < bodies.length; i++) {
            clock.now.addAndGet(7 * HOUR + SECOND);
            accept("d" + i, bodies[i]);
            twin.accept(World.arrival("d" + i, bodies[i]));
            run();
        }
        Sequencer late = sequencer(twin, Limits.defaults());
        while (late.stepOnce()) {
            assertTrue(steps.size() < 1_000);
        }

        assertEquals(written(store), written(twin), "stepped one by one, and all at once after a long stop");
    }
}
