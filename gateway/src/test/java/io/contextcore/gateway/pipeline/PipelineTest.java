package io.contextcore.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Reason;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import io.contextcore.gateway.store.MemoryStore;
import io.contextcore.gateway.store.StoreSettings;
import io.contextcore.gateway.testing.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineTest {

    private final World.StandingClock clock = new World.StandingClock();
    private final CountDownLatch stepped = new CountDownLatch(1);
    private MemoryStore store = new MemoryStore(clock);
    private Pipeline pipeline = pipeline();

    private Pipeline pipeline() {
        SourceKind kind = new SourceKind(
                "shop",
                List.of(new Verification.Token("authorization", null)),
                scope -> "order",
                scope -> Nothing.ABSENT,
                null,
                null,
                Set.of(),
                null,
                false,
                Set.of(),
                true,
                false,
                World.HOUR,
                Set.of(),
                null);
        return new Pipeline(
                new Plan(
                        Map.of("shop", new Gate(kind, List.of(), PipelineTest::door)),
                        World.stepper(Limits.defaults())),
                store,
                clock,
                Metrics.none(),
                Tracing.none(),
                (delivery, step) -> stepped.countDown());
    }

    private static Verdict door(IntakeRequest request) {
        String body = new String(request.body(), StandardCharsets.UTF_8);
        return switch (body) {
            case "ping" -> new Verdict.Ping();
            case "bad" -> new Verdict.Refused(Reason.UNREADABLE, "not JSON");
            default -> new Verdict.Admitted(World.arrival("d1", body), Map.of());
        };
    }

    private Outcome receive(String source, String body) {
        IntakeRequest request = new IntakeRequest(source, Map.of(), Map.of(), body.getBytes(StandardCharsets.UTF_8));
        return pipeline.receive(request).toCompletableFuture().join();
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void whatIsAcceptedIsKeptAndThenStepped() throws InterruptedException {
        pipeline.start();

        assertEquals(new Outcome.Accepted("shop//d1", true), receive("shop", "[{\"key\":\"1\",\"status\":\"new\"}]"));
        assertTrue(stepped.await(10, TimeUnit.SECONDS));
        assertEquals(1, store.cursor());
        assertTrue(pipeline.failure().isEmpty());
    }

    @Test
    @Promise("full-disk-recovers")
    void whatTheDiskDoesNotTakeIsSteppedOnceItDoes() throws InterruptedException {
        store.refuse(true);
        pipeline.start();
        receive("shop", "[{\"key\":\"1\",\"status\":\"new\"}]");
        assertFalse(stepped.await(1_500, TimeUnit.MILLISECONDS), "nothing leaves before it is written");
        store.refuse(false);
        assertTrue(stepped.await(10, TimeUnit.SECONDS));
        assertTrue(pipeline.failure().isEmpty());
    }

    @Test
    void aDuplicateGetsTheSameIdAndNoSecondEffect() {
        receive("shop", "[]");

        assertEquals(new Outcome.Duplicate("shop//d1", true), receive("shop", "[]"));
        assertEquals(1, store.queuedDeliveries());
    }

    @Test
    void aPingIsAnsweredAndNotKept() {
        assertEquals(new Outcome.Pong(true), receive("shop", "ping"));
        assertEquals(0, store.queuedDeliveries());
    }

    @Test
    void whatTheDoorRefusesIsRefused() {
        assertEquals(new Outcome.Refused(Reason.UNREADABLE, "not JSON"), receive("shop", "bad"));
    }

    @Test
    void anUnknownSourceIsRefused() {
        assertEquals(
                Reason.UNKNOWN_SOURCE,
                assertInstanceOf(Outcome.Refused.class, receive("attic", "[]")).reason());
    }

    @Test
    void aFullStoreIsUnavailable() {
        store = new MemoryStore(clock, StoreSettings.defaults().withDiskBudgetBytes(1));
        pipeline = pipeline();

        assertInstanceOf(Outcome.Unavailable.class, receive("shop", "[]"));
    }

    @Test
    void onceItIsClosedNothingIsTakenAnyMore() {
        pipeline.start();
        pipeline.close();

        assertInstanceOf(Outcome.Unavailable.class, receive("shop", "[]"));
        assertEquals(0, store.queuedDeliveries());
    }
}
