package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.call;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How an instance begins, and what it knows. */
final class LifecycleEngineTest {

    private final Lives lives = new Lives();

    @Test
    void a_signal_with_a_start_opens_and_sends_the_anchor_at_once() {
        lives.tell(opening());

        assertEquals(List.of("order story"), lives.spanNames());
        Span anchor = lives.spans.get(0);
        assertEquals(TelemetryIds.traceId(KEY), anchor.traceId());
        assertEquals(TelemetryIds.spanId(KEY, "root"), anchor.spanId());
        assertNull(anchor.parentSpanId());
        assertEquals(T0, anchor.start());
        assertEquals(T0, anchor.end());
        assertEquals(AttributeValue.of("new"), anchor.attributes().get("order.status"));
        assertEquals(List.of("order.created"), lives.events());
        assertEquals(anchor.spanId(), lives.logs.get(0).spanId());
        assertEquals(new Instance.Phase("new", T0, 0), lives.instance().phase());
    }

    @Test
    void a_signal_that_changes_nothing_sends_nothing() {
        lives.tell(opening()).tell(order(KEY, T0 + HOUR).says("order.title", "Tea"));

        assertEquals(1, lives.spans.size());
        assertEquals(1, lives.logs.size());
    }

    @Test
    void a_later_told_older_value_does_not_undo_a_newer_one() {
        lives.tell(opening())
                .tell(order(KEY, T0 + 2 * HOUR).says("order.title", "Green tea"))
                .tell(order(KEY, T0 + HOUR).says("order.title", "Black tea"));

        assertEquals(
                AttributeValue.of("Green tea"),
                lives.instance().attributes().get("order.title").value());
        assertEquals(2, lives.spans.size());
    }

    @Test
    void equal_times_go_by_sequence() {
        lives.tell(opening()).tell(order(KEY, T0).says("order.title", "Coffee"));

        assertEquals(
                AttributeValue.of("Coffee"),
                lives.instance().attributes().get("order.title").value());
    }

    @Test
    void null_removes_and_absent_leaves() {
        lives.tell(opening()).tell(order(KEY, T0 + HOUR).says("order.title", null));

        assertNull(lives.instance().attributes().get("order.title").value());
        assertFalse(lives.span("order.updated").attributes().containsKey("order.title"));
        assertEquals("new", lives.instance().phase().value());
    }

    @Test
    void any_order_of_arrival_ends_in_the_same_state() {
        List<SignalBuilder> signals = List.of(
                opening(),
                order(KEY, T0 + 1).says("order.told", "packed").member("order.holds", "stock", true),
                order(KEY, T0 + 2).says("order.title", "Mate"),
                order(KEY, T0 + 3).member("order.holds", "stock", false),
                order(KEY, T0 + 4).says("order.title", null).says("order.told", "sent"));
        Set<Object> states = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            List<SignalBuilder> shuffled = new ArrayList<>(signals);
            Collections.shuffle(shuffled, new Random(seed));
            Lives world = new Lives().tellAll(shuffled);
            Instance end = (Instance) world.rows.get(KEY);
            states.add(List.of(
                    end.stage(),
                    end.derived(),
                    String.valueOf(end.attributes().get("order.title").value())));
        }
        assertEquals(1, states.size(), () -> "states: " + states);
    }

    @Test
    void without_a_start_it_waits_in_a_shadow_and_says_nothing() {
        lives.tell(order(KEY, T0).says("order.told", "packed"));

        assertEquals(Stage.SHADOW, lives.instance().stage());
        assertEquals(List.of(), lives.spans);
        assertEquals(T0 + 24 * HOUR, lives.instance().timers().due().get(Purpose.ADOPT));
    }

    @Test
    void a_shadow_opens_with_what_it_heard_before() {
        lives.tell(order(KEY, T0 + SECOND).says("order.told", "packed")).tell(opening());

        assertEquals(
                AttributeValue.of("packed"),
                lives.span("order story").attributes().get("order.status"));
        assertFalse(lives.instance().timers().due().containsKey(Purpose.ADOPT));
    }

    @Test
    void a_shadow_is_adopted_after_a_day() {
        lives.tell(order(KEY, T0).says("order.told", "packed"));
        lives.wake(KEY, Purpose.ADOPT);

        assertEquals(List.of("order story", "order.created"), lives.spanNames());
        assertEquals(AttributeValue.of(true), lives.spans.get(0).attributes().get("contextcore.adopted"));
        assertEquals(new Instance.Phase("packed", T0, 0), lives.instance().phase());
        assertEquals(List.of(Note.ADOPTED), lives.notes);
    }

    @Test
    void first_seen_in_mid_life_it_is_adopted_and_its_phase_begins_when_the_payload_says() {
        lives.tell(order(KEY, T0).start(T0 - 100 * HOUR).since(T0 - 5 * HOUR).says("order.told", "packed"));

        assertTrue(lives.instance().adopted());
        assertEquals(T0 - 100 * HOUR, lives.span("order story").start());
        assertEquals(T0, lives.span("order.created").start());
        assertEquals(
                new Instance.Phase("packed", T0 - 5 * HOUR, 0), lives.instance().phase());
    }

    @Test
    void adopted_without_since_the_first_phase_begins_at_first_sight() {
        lives.tell(order(KEY, T0).start(T0 - 100 * HOUR).says("order.told", "packed"));

        assertEquals(T0, lives.instance().phase().start());
    }

    @Test
    void a_key_belongs_to_one_lifecycle() {
        lives.tell(opening());

        StepException refused =
                assertThrows(StepException.class, () -> lives.tell(call(KEY, T0).start(T0)));

        assertEquals(StepException.Code.LIFECYCLE_MISMATCH, refused.code());
    }

    @Test
    void a_step_is_a_function_of_its_arguments() {
        Lives other = new Lives();
        for (Lives world : List.of(lives, other)) {
            world.tell(opening()).tell(order(KEY, T0 + HOUR).says("order.told", "packed"));
        }

        assertEquals(lives.spans, other.spans);
        assertEquals(lives.logs, other.logs);
        assertEquals(lives.rows, other.rows);
    }
}
