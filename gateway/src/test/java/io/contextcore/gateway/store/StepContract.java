package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store must do: steps with their rows, messages, timers and dead letters. */
abstract class StepContract extends StoreContract {

    @Test
    void aStepIsCommittedWhole() {
        accepted("a");
        Instance row = Examples.instance("k", Timers.none().with(Timers.Purpose.SLICE, Examples.NOW + 1));
        store().commit(Examples.commit()
                .delivery(1)
                .row(row)
                .queue(Examples.claim())
                .telemetry(Examples.spans(3, "spans"))
                .build());
        for (int start = 0; start < 2; start++) {
            Store store = start == 0 ? store() : reopen();
            assertEquals(1, store.cursor());
            assertEquals(Examples.NOW, store.lastNow());
            assertEquals(0, store.queuedDeliveries());
            assertEquals(List.of(), store.deliveries(0, 10));
            assertEquals(row, store.row("k"));
            assertEquals(Optional.of(new Store.QueuedMessage(1, Examples.claim())), store.nextMessage());
            assertEquals(
                    Optional.of(new Store.DueTimer(Examples.NOW + 1, Timers.Purpose.SLICE, "k")), store.nextTimer());
            assertEquals(List.of("spans"), payloads(store, TelemetrySignal.TRACES, 3));
            assertEquals(2, store.outbox().waitingItems(TelemetrySignal.TRACES));
        }
    }

    @Test
    void rowsOfEveryShapeAreReadBackAsTheyWere() {
        List<Row> rows = List.of(
                Examples.instance("full", Timers.none().with(Timers.Purpose.EXPIRE, Examples.NOW)),
                Examples.shadow("bare"),
                Examples.alias("unclaimed"),
                new Row.Alias("claimed", Reference.key("job", "full"), List.of(), Examples.NOW, Timers.none()));
        Examples.CommitBuilder commit = Examples.commit();
        rows.forEach(commit::row);
        store().commit(commit.build());
        reopen();
        rows.forEach(row -> assertEquals(row, store().row(row.key())));
        assertNull(store().row("nobody"));
    }

    @Test
    void aRowThatGoesTakesItsTimersAlong() {
        Timers due = Timers.none().with(Timers.Purpose.FORGET, Examples.NOW + 1);
        store().commit(Examples.commit()
                .row(Examples.instance("k", due))
                .row(Examples.tombstone("t"))
                .build());
        store().commit(Examples.commit().remove("k").remove("never there").build());
        reopen();
        assertNull(store().row("k"));
        assertEquals(
                Optional.of(new Store.DueTimer(Examples.NOW + 1, Timers.Purpose.FORGET, "t")), store().nextTimer());
    }

    @Test
    void rowsAreCountedBySort() {
        store().commit(Examples.commit()
                .row(Examples.shadow("a"))
                .row(Examples.shadow("b"))
                .row(Examples.alias("c"))
                .row(Examples.tally("x"))
                .row(Examples.fact("y"))
                .build());
        store().commit(Examples.commit()
                .row(Examples.tombstone("a"))
                .row(Examples.shadow("b"))
                .remove("c")
                .build());
        assertEquals(new Census(1, 0, 1, 1, 1), store().census());
        reopen();
        assertEquals(new Census(1, 0, 1, 1, 1), store().census());
    }

    @Test
    void messagesAreSteppedInTheOrderInWhichTheyWereSent() {
        store().commit(Examples.commit()
                .queue(Examples.signal("one"))
                .queue(Examples.bareSignal("two"))
                .build());
        store().commit(Examples.commit().queue(Examples.inquiry()).build());
        reopen();
        assertEquals(Optional.of(new Store.QueuedMessage(1, Examples.signal("one"))), store().nextMessage());
        store().commit(Examples.commit()
                .message(1)
                .queue(Examples.signal("answer"))
                .build());
        assertEquals(Optional.of(new Store.QueuedMessage(2, Examples.bareSignal("two"))), store().nextMessage());
        store().commit(Examples.commit().message(2).build());
        assertEquals(Optional.of(new Store.QueuedMessage(3, Examples.inquiry())), store().nextMessage());
        reopen();
        store().commit(Examples.commit().message(3).build());
        assertEquals(Optional.of(new Store.QueuedMessage(4, Examples.signal("answer"))), store().nextMessage());
        store().commit(Examples.commit().message(4).build());
        assertEquals(Optional.empty(), store().nextMessage());
        assertEquals(Optional.empty(), reopen().nextMessage());
        store().commit(Examples.commit().queue(Examples.claim()).build());
        assertEquals(5, store().nextMessage().orElseThrow().number(), "numbers are never used again");
    }

    @Test
    void timersAreDueByTimeThenPurposeThenKey() {
        store().commit(Examples.commit()
                .row(Examples.instance("b", timers(20, Timers.Purpose.ADOPT)))
                .row(Examples.instance("a", timers(20, Timers.Purpose.SLICE)))
                .row(Examples.instance("d", timers(20, Timers.Purpose.ADOPT)))
                .row(Examples.instance("c", timers(-10, Timers.Purpose.EXPIRE)))
                .build());
        reopen();
        List<String> order = new ArrayList<>();
        for (Optional<Store.DueTimer> due = store().nextTimer(); due.isPresent(); due = store().nextTimer()) {
            order.add(due.get().key());
            store().commit(Examples.commit()
                    .row(Examples.instance(due.get().key(), Timers.none()))
                    .build());
        }
        assertEquals(List.of("c", "b", "d", "a"), order);
    }

    @Test
    void aRowsOldTimersGoWhenItGetsNewOnes() {
        store().commit(Examples.commit()
                .row(Examples.instance("k", timers(10, Timers.Purpose.SLICE)))
                .build());
        store().commit(Examples.commit()
                .row(Examples.instance("k", timers(30, Timers.Purpose.SLICE)))
                .build());
        assertEquals(Optional.of(new Store.DueTimer(30, Timers.Purpose.SLICE, "k")), store().nextTimer());
        store().commit(Examples.commit()
                .row(Examples.instance("k", timers(5, Timers.Purpose.SLICE)))
                .row(Examples.instance("k", timers(7, Timers.Purpose.EXPIRE)))
                .build());
        assertEquals(Optional.of(new Store.DueTimer(7, Timers.Purpose.EXPIRE, "k")), store().nextTimer());
        store().commit(Examples.commit()
                .row(Examples.instance("k", Timers.none()))
                .build());
        assertEquals(Optional.empty(), store().nextTimer());
        assertEquals(Optional.empty(), reopen().nextTimer());
    }

    @Test
    void poisonMovesToTheDeadLettersAndNothingBlocks() {
        accepted("a");
        Delivery poison = store().deliveries(0, 1).get(0);
        store().commit(Examples.commit().queue(Examples.claim()).build());
        store().commit(Examples.commit()
                .delivery(1)
                .dead("mapping", "m.yaml:3:1: no")
                .build());
        store().commit(Examples.commit().message(1).dead("hops", "too many").build());
        store().commit(Examples.commit().dead("timer", "no").build());
        reopen();
        assertEquals(0, store().queuedDeliveries());
        assertEquals(Optional.empty(), store().nextMessage());
        List<DeadHead> dead = store().deadLetters(DeadQuery.first(10)).letters();
        assertEquals(
                List.of(DeadKey.Kind.DELIVERY, DeadKey.Kind.MESSAGE, DeadKey.Kind.TIMER),
                dead.stream().map(letter -> letter.key().kind()).toList());
        assertEquals("m.yaml:3:1: no", dead.get(0).error());
        assertEquals(
                Optional.of(new DeadEntry.Remains.OfDelivery(poison)),
                store().deadLetter(new DeadKey(DeadKey.Kind.DELIVERY, 1)).map(DeadEntry::remains));
        assertEquals(Optional.empty(), store().deadLetter(new DeadKey(DeadKey.Kind.DELIVERY, 2)));
    }

    @Test
    void anUncommittedStepFindsItsDeliveryAgain() {
        accepted("a");
        accepted("b");
        Delivery second = store().deliveries(1, 1).get(0);
        store().commit(Examples.commit().delivery(1).build());
        reopen();
        assertEquals(1, store().cursor());
        assertEquals(new Store.Recovered(1, 0, 0), store().recovered());
        assertEquals(List.of(second), store().deliveries(store().cursor(), 10));
        assertEquals(3, accepted("c"));
    }

    private static Timers timers(long due, Timers.Purpose purpose) {
        return Timers.none().with(purpose, due);
    }
}
