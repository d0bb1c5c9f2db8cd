package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.store.Store.Acceptance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes nothing for a while: it is full, or read-only. */
final class RefusingDiskTest {

    private final ManualClock clock = new ManualClock(Examples.NOW);
    private volatile boolean full;
    private RocksStore store;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = RocksStore.open(
                folder,
                clock,
                StoreSettings.defaults(),
                Examples::parse,
                Metrics.none(),
                engine -> engine::sync,
                write -> {
                    if (full) {
                        throw StoreException.refused(folder, "No space left on device", null);
                    }
                    write.run();
                });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Acceptance accept(String id) {
        return StoreContract.await(store.accept(Examples.arrival(id)));
    }

    @Test
    void whatItDidNotTakeIsRefusedAndTakenLater() {
        accept("a");
        full = true;
        assertEquals(Acceptance.Refused.DISK, accept("b"));
        assertEquals(new Acceptance.Duplicate(), accept("a"), "what was kept is known all the same");
        assertTrue(store.refusal().orElseThrow().mayPass());
        full = false;
        assertInstanceOf(Acceptance.Accepted.class, accept("b"), "a refused id is not remembered");
        assertEquals(Optional.empty(), store.refusal());
        assertEquals(
                List.of("a", "b"),
                store.deliveries(0, 10).stream().map(delivery -> delivery.id()).toList());
        assertEquals(2, store.queuedDeliveries());
    }

    @Test
    void aStepThatItDidNotTakeIsWrittenLater() {
        accept("a");
        full = true;
        store.stage(
                Examples.commit().delivery(1).telemetry(Examples.spans(0, "x")).build());
        assertThrows(StoreException.class, store::flush);
        assertEquals(0, store.outbox().waitingItems(TelemetrySignal.TRACES), "nothing is sent before it is written");
        full = false;
        store.flush();
        assertEquals(List.of("x"), StoreContract.payloads(store, TelemetrySignal.TRACES, 0));
        assertEquals(0, store.queuedDeliveries());
    }

    @Test
    void whatWasDeliveredIsTakenOffLater() {
        store.commit(Examples.commit().telemetry(Examples.spans(0, "x")).build());
        full = true;
        assertThrows(
                StoreException.class,
                () -> store.outbox().delivered(store.outbox().peek(TelemetrySignal.TRACES, 0, 1, 10)));
        assertEquals(List.of("x"), StoreContract.payloads(store, TelemetrySignal.TRACES, 0));
        full = false;
        store.outbox().delivered(store.outbox().peek(TelemetrySignal.TRACES, 0, 1, 10));
        assertEquals(List.of(), StoreContract.payloads(store, TelemetrySignal.TRACES, 0));
    }
}
