package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.store.Store.Acceptance;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every store must do. */
abstract class StoreContract {

    private static final long SECOND = 1_000_000_000L;

    final ManualClock clock = new ManualClock(Examples.NOW);
    private Store opened;

    /** A store without contents, or the one that was closed before in the same test. */
    abstract Store open(StoreSettings settings);

    final Store store() {
        if (opened == null) {
            opened = open(StoreSettings.defaults());
        }
        return opened;
    }

    final Store reopen() {
        return reopen(StoreSettings.defaults());
    }

    final Store reopen(StoreSettings settings) {
        if (opened != null) {
            opened.close();
        }
        opened = open(settings);
        return opened;
    }

    @AfterEach
    final void closeStore() {
        if (opened != null) {
            opened.close();
        }
    }

    static Acceptance await(CompletionStage<Acceptance> answer) {
        return answer.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    final Acceptance accept(Arrival arrival) {
        return await(store().accept(arrival));
    }

    final long accepted(String id) {
        return assertInstanceOf(Acceptance.Accepted.class, accept(Examples.arrival(id)))
                .sequence();
    }

    @Test
    void sequencesRiseAndTheReceiptIsTheTimeOfArrival() {
        assertEquals(new Acceptance.Accepted(1, Examples.NOW), accept(Examples.arrival("a")));
        clock.advance(5);
        assertEquals(new Acceptance.Accepted(2, Examples.NOW + 5), accept(Examples.arrival("b")));
        assertEquals(2, store().queuedDeliveries());
    }

    @Test
    void aClockThatJumpsBackDoesNotTakeReceiptsBack() {
        accept(Examples.arrival("a"));
        clock.advance(-SECOND);
        assertEquals(new Acceptance.Accepted(2, Examples.NOW), accept(Examples.arrival("b")));
        reopen();
        assertEquals(new Acceptance.Accepted(3, Examples.NOW), accept(Examples.arrival("c")));
    }

    @Test
    void anAcceptedDeliveryIsReadBackWhole() {
        accept(Examples.arrival("a"));
        Delivery expected = new Delivery(
                1,
                "forge-acme",
                "forge",
                "opened",
                "a",
                Map.of("x-event", "opened"),
                Examples.arrival("a").body(),
                Examples.NOW);
        assertEquals(List.of(expected), store().deliveries(0, 10));
        assertEquals(List.of(expected), store().deliveries(0, 10), "reading changes nothing");
        assertEquals(List.of(expected), reopen().deliveries(0, 10), "nor does a new start");
    }

    @Test
    void anEmptyBodyIsAMissingNode() {
        accept(Examples.arrival("a", ""));
        assertTrue(store().deliveries(0, 1).get(0).body().isMissingNode());
        assertTrue(reopen().deliveries(0, 1).get(0).body().isMissingNode());
    }

    @Test
    void deliveriesComeInOrderAndNoMoreThanAskedFor() {
        for (int i = 1; i <= 5; i++) {
            accepted("d" + i);
        }
        assertEquals(List.of(2L, 3L), sequences(store().deliveries(1, 2)));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), sequences(store().deliveries(0, 10)), "going back is allowed");
        assertEquals(List.of(), store().deliveries(5, 10));
    }

    @Test
    void aSecondCopyIsADuplicateWithinItsWindowOnly() {
        accepted("a");
        clock.advance(Examples.HOUR - 1);
        assertEquals(new Acceptance.Duplicate(), accept(Examples.arrival("a")));
        clock.advance(1);
        assertEquals(new Acceptance.Accepted(2, Examples.NOW + Examples.HOUR), accept(Examples.arrival("a")));
        assertEquals(new Acceptance.Duplicate(), accept(Examples.arrival("a")));
    }

    @Test
    void anEventThatIsToldUnderTwoIdsIsKeptOnce() {
        assertInstanceOf(Acceptance.Accepted.class, accept(Examples.telling("a", "event~7")));
        assertEquals(new Acceptance.Duplicate(), accept(Examples.telling("b", "event~7")));
        assertInstanceOf(Acceptance.Accepted.class, accept(Examples.telling("b", "event~8")));
        assertEquals(new Acceptance.Duplicate(), accept(Examples.telling("b", "event~9")));
        assertInstanceOf(Acceptance.Accepted.class, accept(Examples.telling("c", "event~9")));
    }

    @Test
    void aDuplicateIsRecognisedAfterAStepAndAfterANewStart() {
        accepted("a");
        store().commit(Examples.commit().delivery(1).build());
        assertEquals(new Acceptance.Duplicate(), accept(Examples.arrival("a")));
        reopen();
        assertEquals(new Acceptance.Duplicate(), accept(Examples.arrival("a")));
        assertEquals(0, store().queuedDeliveries());
    }

    @Test
    void ofManyCopiesAtOnceOneIsAccepted() {
        List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(store().accept(Examples.arrival("same")).toCompletableFuture());
        }
        long accepted = answers.stream()
                .filter(answer -> await(answer) instanceof Acceptance.Accepted)
                .count();
        long duplicates = answers.stream()
                .filter(answer -> await(answer) instanceof Acceptance.Duplicate)
                .count();
        assertEquals(1, accepted);
        assertEquals(99, duplicates);
        assertEquals(1, store().deliveries(0, 10).size());
    }

    @Test
    void theBudgetTakesWhatJustFitsAndRefusesOneByteMore() {
        long room = 2 * (100 + Sizes.INBOX_ENTRY);
        reopen(StoreSettings.defaults().withDiskBudgetBytes(room));
        accept(Examples.sized("a", 100));
        assertEquals(Acceptance.Refused.FULL, accept(Examples.sized("b", 101)));
        assertInstanceOf(Acceptance.Accepted.class, accept(Examples.sized("b", 100)), "a refused id is not remembered");
        assertEquals(Acceptance.Refused.FULL, accept(Examples.arrival("c", "")));
        assertEquals(2, store().deliveries(0, 10).size(), "what was accepted is still there");
    }

    @Test
    void aFullStoreStaysFullAfterANewStartUntilSomethingLeaves() {
        StoreSettings small = StoreSettings.defaults().withDiskBudgetBytes(100 + Sizes.INBOX_ENTRY);
        reopen(small);
        accept(Examples.sized("a", 100));
        reopen(small);
        assertEquals(Acceptance.Refused.FULL, accept(Examples.sized("b", 100)));
        store().commit(Examples.commit()
                .delivery(1)
                .telemetry(Examples.spans(0, "x"))
                .build());
        assertEquals(Acceptance.Refused.FULL, accept(Examples.sized("b", 100)), "telemetry counts as well");
        store().outbox().delivered(store().outbox().peek(TelemetrySignal.TRACES, 0, 1, 1));
        assertInstanceOf(Acceptance.Accepted.class, accept(Examples.sized("b", 100)));
    }

    @Test
    void whatTheReceiverRefusedStaysInTheBudgetToTheByte() {
        assertTakesForGood(5 + Sizes.DEAD_LETTER, () -> {
            store().commit(Examples.commit()
                    .telemetry(Examples.spans(0, "12345"))
                    .build());
            store().outbox().dead(store().outbox().peek(TelemetrySignal.TRACES, 0, 1, 10), "invalid-argument");
        });
    }

    @Test
    void whatCouldNotBeSteppedStaysInTheBudgetToTheByte() {
        assertTakesForGood(
                3 + Sizes.DEAD_LETTER,
                () -> store().commit(Examples.commit().dead("timer", "n\u00f6").build()));
    }

    /** At once and after a new start: what is asked for fits beside what is used, and just so. */
    private void assertTakesForGood(long used, Runnable change) {
        long room = used + 100 + Sizes.INBOX_ENTRY;
        reopen(StoreSettings.defaults().withDiskBudgetBytes(room - 1));
        change.run();
        assertEquals(Acceptance.Refused.FULL, accept(Examples.sized("a", 100)));
        reopen(StoreSettings.defaults().withDiskBudgetBytes(room - 1));
        assertEquals(Acceptance.Refused.FULL, accept(Examples.sized("a", 100)));
        reopen(StoreSettings.defaults().withDiskBudgetBytes(room));
        assertInstanceOf(Acceptance.Accepted.class, accept(Examples.sized("a", 100)));
    }

    @Test
    void aDeliveryThatDiesGoesOnTakingRoom() {
        StoreSettings small = StoreSettings.defaults().withDiskBudgetBytes(100 + Sizes.INBOX_ENTRY);
        reopen(small);
        accept(Examples.sized("a", 100));
        store().commit(Examples.commit().delivery(1).dead("mapping", "no").build());
        assertEquals(Acceptance.Refused.FULL, accept(Examples.sized("b", 100)));
        reopen(small);
        assertEquals(Acceptance.Refused.FULL, accept(Examples.sized("b", 100)));
    }

    @Test
    void duplicatesTakeNoRoom() {
        reopen(StoreSettings.defaults().withDiskBudgetBytes(2 * (100 + Sizes.INBOX_ENTRY)));
        accept(Examples.sized("a", 100));
        for (int i = 0; i < 5; i++) {
            assertEquals(new Acceptance.Duplicate(), accept(Examples.sized("a", 100)));
        }
        assertInstanceOf(Acceptance.Accepted.class, accept(Examples.sized("b", 100)));
    }

    @Test
    void atTheCapOfSeenIdsTheFirstToBeForgottenGoes() {
        reopen(StoreSettings.defaults().withSeenIds(2));
        accepted("a");
        clock.advance(1);
        accepted("b");
        clock.advance(1);
        assertEquals(new Acceptance.Duplicate(), accept(Examples.arrival("a")), "at the cap nothing goes");
        accepted("c");
        assertEquals(new Acceptance.Duplicate(), accept(Examples.arrival("c")));
        assertEquals(new Acceptance.Duplicate(), accept(Examples.arrival("b")));
        assertEquals(4, accepted("a"), "one past it, the oldest is forgotten");
    }

    @Test
    void afterAFenceNoReceiptLiesBeforeIt() {
        accepted("a");
        assertEquals(1, store().fence(Examples.NOW + SECOND));
        assertEquals(new Acceptance.Accepted(2, Examples.NOW + SECOND), accept(Examples.arrival("b")));
        assertEquals(2, store().fence(Examples.NOW), "a fence in the past changes nothing");
        assertEquals(new Acceptance.Accepted(3, Examples.NOW + SECOND), accept(Examples.arrival("c")));
    }

    @Test
    void afterACommittedTimerNoReceiptLiesBeforeItEvenAfterANewStart() {
        store().commit(Examples.commit().now(Examples.NOW + SECOND).build());
        reopen();
        assertEquals(Examples.NOW + SECOND, store().lastNow());
        assertEquals(new Acceptance.Accepted(1, Examples.NOW + SECOND), accept(Examples.arrival("a")));
    }

    @Test
    void waitingEndsWhenADeliveryComes() throws Exception {
        Store store = store();
        CompletableFuture<List<Delivery>> waiter = CompletableFuture.supplyAsync(() -> {
            try {
                store.awaitDelivery(0, 10 * SECOND);
                return store.deliveries(0, 1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        accepted("a");
        assertEquals(1, waiter.get(10, TimeUnit.SECONDS).size());
    }

    @Test
    void waitingEndsWhenTheTimeIsOver() throws Exception {
        store().awaitDelivery(0, 1_000_000);
        assertEquals(List.of(), store().deliveries(0, 1));
    }

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
    void aLaneKeepsItsOrderAndGivesNoMoreThanAskedFor() {
        Examples.CommitBuilder commit = Examples.commit();
        for (String payload : List.of("1111", "2222", "3333", "4444")) {
            commit.telemetry(Examples.spans(1, payload));
        }
        store().commit(commit.telemetry(Examples.spans(2, "other"))
                .telemetry(Examples.logs(1, "log"))
                .build());
        for (int start = 0; start < 2; start++) {
            Store store = start == 0 ? store() : reopen();
            assertEquals(List.of("1111", "2222", "3333", "4444"), payloads(store, TelemetrySignal.TRACES, 1));
            assertEquals(
                    2, store.outbox().peek(TelemetrySignal.TRACES, 1, 2, 1000).size());
            assertEquals(
                    3, store.outbox().peek(TelemetrySignal.TRACES, 1, 9, 12).size());
            assertEquals(
                    2, store.outbox().peek(TelemetrySignal.TRACES, 1, 9, 11).size());
            assertEquals(1, store.outbox().peek(TelemetrySignal.TRACES, 1, 9, 1).size(), "at least one");
            assertEquals(List.of("other"), payloads(store, TelemetrySignal.TRACES, 2));
            assertEquals(List.of("log"), payloads(store, TelemetrySignal.LOGS, 1));
            assertEquals(List.of(), payloads(store, TelemetrySignal.LOGS, 2));
        }
    }

    @Test
    void whatWasDeliveredGoesAndCountsStayExact() {
        store().commit(Examples.commit()
                .telemetry(Examples.spans(1, "a"))
                .telemetry(Examples.spans(1, "b"))
                .telemetry(Examples.logs(0, "c"))
                .build());
        List<OutboxEntry> first = store().outbox().peek(TelemetrySignal.TRACES, 1, 1, 10);
        store().outbox().delivered(first);
        store().outbox().delivered(first);
        assertEquals(2, store().outbox().waitingItems(TelemetrySignal.TRACES), "told twice counts once");
        reopen();
        assertEquals(new Store.Recovered(0, 2, 1), store().recovered());
        assertEquals(List.of("b"), payloads(store(), TelemetrySignal.TRACES, 1));
        store().outbox().delivered(store().outbox().peek(TelemetrySignal.TRACES, 1, 9, 10));
        assertEquals(0, store().outbox().waitingItems(TelemetrySignal.TRACES));
        store().commit(Examples.commit().telemetry(Examples.spans(1, "d")).build());
        assertEquals(List.of("d"), payloads(reopen(), TelemetrySignal.TRACES, 1));
    }

    @Test
    void whatTheReceiverRefusedMovesToTheDeadLettersEvenFromTheMiddle() {
        store().commit(Examples.commit()
                .telemetry(Examples.logs(4, "a"))
                .telemetry(Examples.logs(4, "b"))
                .telemetry(Examples.logs(4, "c"))
                .build());
        List<OutboxEntry> all = store().outbox().peek(TelemetrySignal.LOGS, 4, 9, 100);
        store().outbox().dead(List.of(all.get(1)), "invalid-argument");
        for (int start = 0; start < 2; start++) {
            Store store = start == 0 ? store() : reopen();
            assertEquals(List.of("a", "c"), payloads(store, TelemetrySignal.LOGS, 4));
            assertEquals(2, store.outbox().waitingItems(TelemetrySignal.LOGS));
            DeadEntry dead = store.deadLetters(10).get(0);
            assertEquals(DeadEntry.Kind.LOGS, dead.kind());
            assertEquals("invalid-argument", dead.code());
            assertEquals(1, dead.items());
            assertArrayEquals("b".getBytes(StandardCharsets.UTF_8), dead.content());
        }
    }

    @Test
    void theListenerIsToldOfEachLaneThatGotEntries() {
        List<String> told = new ArrayList<>();
        store().outbox().onAppend((signal, lane) -> told.add(signal.label() + lane));
        store().commit(Examples.commit()
                .telemetry(Examples.spans(1, "a"))
                .telemetry(Examples.logs(5, "b"))
                .build());
        assertEquals(List.of("traces1", "logs5"), told);
    }

    @Test
    void poisonMovesToTheDeadLettersAndNothingBlocks() {
        accepted("a");
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
        List<DeadEntry> dead = store().deadLetters(10);
        assertEquals(
                List.of(DeadEntry.Kind.DELIVERY, DeadEntry.Kind.MESSAGE, DeadEntry.Kind.TIMER),
                dead.stream().map(DeadEntry::kind).toList());
        assertEquals("m.yaml:3:1: no", dead.get(0).error());
        assertEquals(1, store().deadLetters(1).size());
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

    @Test
    void aClosedStoreRefuses() {
        Store store = store();
        store.close();
        assertEquals(Acceptance.Refused.CLOSED, await(store.accept(Examples.arrival("a"))));
        store.close();
    }

    private static Timers timers(long due, Timers.Purpose purpose) {
        return Timers.none().with(purpose, due);
    }

    static List<Long> sequences(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::sequence).toList();
    }

    static List<String> payloads(Store store, TelemetrySignal signal, int lane) {
        return store.outbox().peek(signal, lane, 1000, 1_000_000).stream()
                .map(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
                .toList();
    }
}
