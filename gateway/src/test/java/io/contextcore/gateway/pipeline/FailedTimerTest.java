package io.contextcore.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Timers.Purpose;
import io.contextcore.gateway.store.MemoryStore;
import io.contextcore.gateway.store.Store.DueTimer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A timer whose step has an error: it must neither stop the others nor be lost. */
class FailedTimerTest {

    private static final long DUE = 1_780_000_000_000_000_000L;
    private static final long DAY = 86_400_000_000_000L;
    private static final Limits LIMITS = Limits.defaults();

    /** Nothing is in it: each row is of a lifecycle that is gone. */
    private final Stepper stepper = new Stepper(
            World::evaluate,
            new LifecycleEngine(new LifecycleDefinition.Catalogue(Map.of()), new Conventions(Map.of()), LIMITS),
            new Encoding(spans -> new byte[0], logs -> new byte[0]),
            LIMITS,
            Deadline::none);

    @ParameterizedTest
    @EnumSource(
            value = Purpose.class,
            names = {"ADOPT", "EXPIRE", "HOLD", "FORGET"})
    void whatEndsOrBeginsSomethingIsTriedAgainAfterADay(Purpose purpose) {
        assertEquals(Timers.none().with(purpose, DUE + DAY), failed(purpose));
    }

    @ParameterizedTest
    @EnumSource(
            value = Purpose.class,
            names = {"SLICE", "SNAPSHOT", "ROLL_UP"})
    void whatComesByAnywayIsLeftOut(Purpose purpose) {
        assertEquals(Timers.none(), failed(purpose));
    }

    private Timers failed(Purpose purpose) {
        Row row = MemoryStore.exampleInstance("k", Timers.none().with(purpose, DUE));
        Stepped step = stepper.timer(new DueTimer(DUE, purpose, "k"), DUE, 0, key -> row);
        assertNotNull(step.commit().deadLetter());
        return step.commit().rows().get(0).timers();
    }
}
