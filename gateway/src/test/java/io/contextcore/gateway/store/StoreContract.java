package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.store.Store.Acceptance;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A store that can be closed and opened again; what every store must do with it is in the classes that extend this. */
abstract class StoreContract {

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

    static List<Long> sequences(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::sequence).toList();
    }

    static List<String> payloads(Store store, TelemetrySignal signal, int lane) {
        return store.outbox().peek(signal, lane, 1000, 1_000_000).stream()
                .map(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
                .toList();
    }
}
