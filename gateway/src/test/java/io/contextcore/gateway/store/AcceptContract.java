package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.store.Store.Acceptance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store must do: accepting, duplicates, receipts. */
abstract class AcceptContract extends StoreContract {

    private static final long SECOND = 1_000_000_000L;

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
    void aClosedStoreRefuses() {
        Store store = store();
        store.close();
        assertEquals(Acceptance.Refused.CLOSED, await(store.accept(Examples.arrival("a"))));
        store.close();
    }
}
