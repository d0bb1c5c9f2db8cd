package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.store.Store.Acceptance;
import org.junit.jupiter.api.Test;

/** What every store must do: the disk budget, to the byte. */
abstract class BudgetContract extends StoreContract {

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
}
