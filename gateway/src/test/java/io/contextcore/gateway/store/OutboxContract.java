package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.TelemetrySignal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must do: lanes of the outbox. */
abstract class OutboxContract extends StoreContract {

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
            DeadHead dead = store.deadLetters(DeadQuery.first(10)).letters().get(0);
            assertEquals(DeadKey.Kind.LOGS, dead.key().kind());
            assertEquals("invalid-argument", dead.code());
            assertEquals(1, dead.items());
            assertEquals(4, dead.lane());
            DeadEntry.Remains.OfTelemetry refused = assertInstanceOf(
                    DeadEntry.Remains.OfTelemetry.class,
                    store.deadLetter(dead.key()).orElseThrow().remains());
            assertArrayEquals("b".getBytes(StandardCharsets.UTF_8), refused.payload());
        }
    }

    @Test
    void ofAnEntryThatWentInPiecesOnlyWhatWasRefusedIsADeadLetterAndTheWholeLeaves() {
        store().commit(Examples.commit()
                .telemetry(new Commit.Telemetry(
                        TelemetrySignal.LOGS, 4, "shop", "abc".getBytes(StandardCharsets.UTF_8), 3))
                .build());
        OutboxEntry whole =
                store().outbox().peek(TelemetrySignal.LOGS, 4, 9, 100).get(0);
        byte[] refused = "b".getBytes(StandardCharsets.UTF_8);
        store().outbox()
                .dead(
                        List.of(new OutboxEntry(
                                whole.signal(),
                                whole.lane(),
                                whole.sequence(),
                                whole.source(),
                                refused,
                                1,
                                whole.writtenNanos())),
                        "too-large");

        for (int start = 0; start < 2; start++) {
            Store store = start == 0 ? store() : reopen();
            assertEquals(0, store.outbox().waitingItems(TelemetrySignal.LOGS));
            DeadHead dead = store.deadLetters(DeadQuery.first(10)).letters().get(0);
            assertEquals(1, dead.items());
            DeadEntry.Remains.OfTelemetry remains = assertInstanceOf(
                    DeadEntry.Remains.OfTelemetry.class,
                    store.deadLetter(dead.key()).orElseThrow().remains());
            assertArrayEquals(refused, remains.payload());
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
}
