package io.contextcore.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.store.Store.Acceptance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups, and the moment at which a promise is given: the disk is held back, or fails. */
final class CommitterTest {

    private final ManualClock clock = new ManualClock(Examples.NOW);
    private final Semaphore reached = new Semaphore(0);
    private final Semaphore allowed = new Semaphore(0);
    private final AtomicInteger syncs = new AtomicInteger();
    private volatile @Nullable RuntimeException broken;

    @TempDir
    Path folder;

    private RocksStore store;

    private RocksStore open(StoreSettings settings) {
        store = RocksStore.open(
                folder.resolve("store"),
                clock,
                settings,
                Examples::parse,
                Metrics.none(),
                engine -> () -> {
                    syncs.incrementAndGet();
                    reached.release();
                    allowed.acquireUninterruptibly();
                    RuntimeException failure = broken;
                    if (failure != null) {
                        throw failure;
                    }
                    engine.sync();
                },
                Writes.PLAIN);
        return store;
    }

    @AfterEach
    void close() {
        allowed.release(1_000_000);
        store.close();
    }

    private CompletableFuture<Acceptance> accept(String id) {
        return store.accept(Examples.arrival(id)).toCompletableFuture();
    }

    private void awaitSync() throws InterruptedException {
        assertTrue(reached.tryAcquire(10, TimeUnit.SECONDS), "the disk was never asked");
    }

    @Test
    void nothingIsPromisedOrSteppedBeforeItIsOnDisk() throws Exception {
        open(StoreSettings.defaults());
        CompletableFuture<Acceptance> answer = accept("a");
        CompletableFuture<Acceptance> copy = accept("a");
        awaitSync();
        assertFalse(answer.isDone());
        assertFalse(copy.isDone(), "nor may a duplicate be told that the first is kept");
        assertEquals(List.of(), store.deliveries(0, 10));
        assertEquals(0, store.queuedDeliveries());
        allowed.release(10);
        assertInstanceOf(Acceptance.Accepted.class, StoreContract.await(answer));
        assertInstanceOf(Acceptance.Duplicate.class, StoreContract.await(copy));
        assertEquals(1, store.deliveries(0, 10).size());
    }

    @Test
    void whatComesWhileTheDiskWorksShareTheNextSync() throws Exception {
        open(StoreSettings.defaults());
        CompletableFuture<Acceptance> first = accept("first");
        awaitSync();
        List<CompletableFuture<Acceptance>> others = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            others.add(accept("d" + i));
        }
        allowed.release(2);
        StoreContract.await(first);
        others.forEach(StoreContract::await);
        assertEquals(2, syncs.get());
        assertEquals(101, store.deliveries(0, 1000).size());
    }

    @Test
    void aGroupTakesNoMoreThanItsCaps() throws Exception {
        StoreSettings defaults = StoreSettings.defaults();
        open(new StoreSettings(
                defaults.diskBudgetBytes(),
                defaults.seenIds(),
                10,
                defaults.groupBytes(),
                defaults.groupSteps(),
                defaults.memoryDeliveries(),
                defaults.memoryBytes(),
                defaults.laneMemoryBytes(),
                defaults.blockCacheBytes()));
        CompletableFuture<Acceptance> first = accept("first");
        awaitSync();
        List<CompletableFuture<Acceptance>> others = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            others.add(accept("d" + i));
        }
        allowed.release(1_000);
        StoreContract.await(first);
        others.forEach(StoreContract::await);
        assertEquals(1 + 3, syncs.get(), "10, 10 and 1");
    }

    @Test
    void afterAFailedSyncNothingMoreIsPromised() throws Exception {
        open(StoreSettings.defaults());
        assertEquals(Optional.empty(), store.failure());
        StoreException failure = new StoreException("the disk is broken");
        broken = failure;
        allowed.release(10);
        assertEquals(Acceptance.Refused.DISK, StoreContract.await(accept("a")));
        broken = null;
        assertEquals(Optional.of(failure), store.failure());
        assertEquals(Acceptance.Refused.DISK, StoreContract.await(accept("a")));
        assertEquals(List.of(), store.deliveries(0, 10));
        store.close();
        open(StoreSettings.defaults());
        assertEquals(Optional.empty(), store.failure());
        assertInstanceOf(
                Acceptance.Duplicate.class,
                StoreContract.await(accept("a")),
                "what reached the disk all the same is found by the next start");
        assertEquals(1, store.deliveries(0, 10).size());
    }

    @Test
    void aBugThatEndsTheThreadIsToldAndEverybodyIsRefused() throws Exception {
        open(StoreSettings.defaults());
        CompletableFuture<Acceptance> underWay = accept("a");
        awaitSync();
        CompletableFuture<Acceptance> waiting = accept("b");
        IllegalStateException failure = new IllegalStateException("a bug");
        broken = failure;
        allowed.release(10);
        assertEquals(Acceptance.Refused.DISK, StoreContract.await(underWay));
        assertEquals(Optional.of(failure), store.failure());
        assertEquals(Acceptance.Refused.DISK, StoreContract.await(waiting));
        assertEquals(Acceptance.Refused.DISK, StoreContract.await(accept("c")));
        store.close();
        assertEquals(Optional.of(failure), store.failure(), "closing does not hide it");
    }

    @Test
    void aFenceWaitsForTheGroupUnderWay() throws Exception {
        open(StoreSettings.defaults());
        accept("a");
        awaitSync();
        CompletableFuture<Long> fence = CompletableFuture.supplyAsync(() -> store.fence(Examples.NOW + 1));
        CompletableFuture<Acceptance> later = accept("b");
        assertFalse(fence.isDone());
        allowed.release(10);
        assertTrue(fence.get(10, TimeUnit.SECONDS) >= 1);
        StoreContract.await(later);
        List<Delivery> deliveries = store.deliveries(fence.join(), 10);
        assertTrue(deliveries.stream().allMatch(delivery -> delivery.receivedNanos() > Examples.NOW));
    }

    @Test
    void closingAnswersEverybody() throws Exception {
        open(StoreSettings.defaults());
        List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(accept("d" + i));
        }
        allowed.release(1_000);
        store.close();
        assertEquals(Optional.empty(), store.failure(), "an orderly end is no failure");
        answers.forEach(answer -> assertInstanceOf(Acceptance.Accepted.class, StoreContract.await(answer)));
    }
}
