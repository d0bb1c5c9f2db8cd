package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.store.DeadEntry.Remains;
import io.contextcore.gateway.store.DeadKey.Kind;
import io.contextcore.gateway.store.Store.Acceptance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store does with what died. */
abstract class DeadLetterContract extends StoreContract {

    private static final DeadKey FIRST = new DeadKey(Kind.DELIVERY, 1);

    @Test
    void allThatDiesIsKeptWithWhatIsNeededToTryItAgain() {
        Store.DueTimer timer = new Store.DueTimer(Examples.NOW, Timers.Purpose.SLICE, "k");
        store().commit(Examples.commit().queue(Examples.claim()).build());
        store().commit(Examples.commit().message(1).dead("hops", "too many").build());
        store().commit(Examples.commit()
                .dead(new Commit.DeadLetter("mapping", "no").ofTimer(timer))
                .build());
        store().commit(Examples.commit().telemetry(Examples.spans(3, "p")).build());
        store().outbox().dead(store().outbox().peek(TelemetrySignal.TRACES, 3, 1, 1), "invalid-argument");
        reopen();

        List<DeadHead> letters = store().deadLetters(DeadQuery.first(10)).letters();
        assertEquals(
                List.of(Kind.MESSAGE, Kind.TIMER, Kind.TRACES),
                letters.stream().map(letter -> letter.key().kind()).toList());
        assertEquals(Examples.claim().origin().source(), letters.get(0).source());
        assertEquals("forge-acme", letters.get(2).source());
        assertEquals(3, letters.get(2).lane());
        assertEquals(
                new Remains.OfMessage(Examples.claim()), remains(letters.get(0).key()));
        assertEquals(new Remains.OfTimer(timer), remains(letters.get(1).key()));
        Remains.OfTelemetry refused = assertInstanceOf(
                Remains.OfTelemetry.class, remains(letters.get(2).key()));
        assertEquals('p', refused.payload()[0]);
    }

    @Test
    void aResolvedLetterIsGoneAndWhatFollowsFromItIsThere() {
        dead(1);

        assertTrue(store().resolve(
                        FIRST,
                        Examples.commit()
                                .row(Examples.instance("k", Timers.none()))
                                .queue(Examples.claim())
                                .telemetry(Examples.logs(2, "l"))
                                .build()));

        for (int start = 0; start < 2; start++) {
            Store store = start == 0 ? store() : reopen();
            assertEquals(Optional.empty(), store.deadLetter(FIRST));
            assertEquals(List.of(), store.deadLetters(DeadQuery.first(9)).letters());
            assertEquals(Examples.instance("k", Timers.none()), store.row("k"));
            assertTrue(store.nextMessage().isPresent());
            assertEquals(List.of("l"), payloads(store, TelemetrySignal.LOGS, 2));
            assertEquals(1, store.cursor());
            assertEquals(0, store.queuedDeliveries());
        }
    }

    @Test
    void aLetterThatFailsAgainStaysAndCounts() {
        dead(1);
        Remains died = remains(FIRST);
        for (int attempt = 2; attempt <= 3; attempt++) {
            assertTrue(store().resolve(
                            FIRST,
                            Examples.commit()
                                    .now(Examples.NOW + attempt)
                                    .dead("internal", "still")
                                    .build()));
            reopen();
            DeadEntry entry = store().deadLetter(FIRST).orElseThrow();
            assertEquals(attempt, entry.head().attempts());
            assertEquals("internal", entry.head().code());
            assertEquals("still", entry.head().error());
            assertEquals(Examples.NOW + attempt, entry.head().atNanos());
            assertEquals(died, entry.remains());
        }
    }

    @Test
    void aLetterThatIsNotThereDoesNothing() {
        assertFalse(store().resolve(
                        FIRST,
                        Examples.commit()
                                .row(Examples.instance("k", Timers.none()))
                                .build()));
        assertEquals(null, store().row("k"));
    }

    @Test
    void whatGoesGivesItsRoomBack() {
        String error = "x".repeat(100_000);
        long room = 100_000 + Sizes.DEAD_LETTER + 2_000;
        StoreSettings tight = StoreSettings.defaults().withDiskBudgetBytes(room);
        accepted("1");
        store().commit(Examples.commit().delivery(1).dead("mapping", error).build());
        reopen(tight);
        assertEquals(Acceptance.Refused.FULL, accept(Examples.sized("big", 90_000)));

        store().resolve(FIRST, Examples.commit().build());

        assertInstanceOf(Acceptance.Accepted.class, accept(Examples.sized("big", 90_000)));
        assertEquals(Acceptance.Refused.FULL, accept(Examples.sized("another", 90_000)));
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepeat() {
        for (int i = 1; i <= 7; i++) {
            dead(i);
        }
        List<Long> seen = new ArrayList<>();
        Optional<DeadKey> next = Optional.empty();
        do {
            DeadQuery.Page page = store().deadLetters(new DeadQuery(null, null, null, null, next.orElse(null), 3));
            assertTrue(page.letters().size() <= 3);
            page.letters().forEach(letter -> seen.add(letter.key().number()));
            next = page.next();
        } while (next.isPresent());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), seen);
    }

    @Test
    void filtersNarrow() {
        dead(1);
        dead(2);
        store().commit(Examples.commit().dead("odd", "no").build());
        assertEquals(2, found(new DeadQuery("forge-acme", null, null, null, null, 9)));
        assertEquals(0, found(new DeadQuery("another", null, null, null, null, 9)));
        assertEquals(1, found(new DeadQuery(null, "odd", null, null, null, 9)));
        assertEquals(1, found(new DeadQuery(null, null, Kind.TIMER, null, null, 9)));
        assertEquals(2, found(new DeadQuery(null, null, Kind.DELIVERY, null, null, 9)));
        assertEquals(3, found(new DeadQuery(null, null, null, Examples.NOW, null, 9)));
        assertEquals(0, found(new DeadQuery(null, null, null, Examples.NOW + 1, null, 9)));
        assertEquals(1, found(new DeadQuery(null, null, Kind.DELIVERY, null, FIRST, 9)));
        assertEquals(1, found(new DeadQuery(null, null, Kind.TIMER, null, FIRST, 9)));
        assertEquals(
                0,
                found(new DeadQuery(null, null, Kind.DELIVERY, null, new DeadKey(Kind.TIMER, 1), 9)),
                "what lies behind another kind");
    }

    @Test
    void aPageHasAsManyAsIsSaidAndNotOneMore() {
        assertEquals(DeadQuery.MOST, DeadQuery.first(DeadQuery.MOST).limit());
        assertThrows(IllegalArgumentException.class, () -> DeadQuery.first(DeadQuery.MOST + 1));
        assertThrows(IllegalArgumentException.class, () -> DeadQuery.first(0));
    }

    private int found(DeadQuery query) {
        return store().deadLetters(query).letters().size();
    }

    private Remains remains(DeadKey key) {
        return store().deadLetter(key).orElseThrow().remains();
    }

    private void dead(int number) {
        long sequence = accepted("d" + number);
        store().deliveries(sequence - 1, 1);
        store().commit(Examples.commit()
                .delivery(sequence)
                .dead("mapping", "no")
                .build());
    }
}
