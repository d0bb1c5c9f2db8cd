package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Phases: sent when they are over, cut when they are long, never twice. */
final class LifecyclePhasesTest {

    private final Lives lives = new Lives();

    @Test
    void a_change_sends_the_phase_that_is_over_and_an_activity_with_the_state_after_it() {
        lives.tell(opening()).tell(order(KEY, T0 + HOUR).says("order.told", "packed"));

        assertEquals(List.of("order story", "order.status new", "order.status_changed"), lives.spanNames());
        Span phase = lives.span("order.status new");
        assertEquals(T0, phase.start());
        assertEquals(T0 + HOUR, phase.end());
        assertEquals(TelemetryIds.spanId(KEY, "phase/new/" + T0 + "/0"), phase.spanId());
        assertEquals(AttributeValue.of("new"), phase.attributes().get("order.status"));
        Span activity = lives.span("order.status_changed");
        assertEquals(TelemetryIds.spanId(KEY, "activity/src//d2//0"), activity.spanId());
        assertEquals(TelemetryIds.spanId(KEY, "root"), activity.parentSpanId());
        assertEquals(T0 + HOUR, activity.start());
        assertEquals(AttributeValue.of("packed"), activity.attributes().get("order.status"));
        assertEquals("order.status changed", activity.events().get(0).name());
        assertEquals(AttributeValue.of("new"), lives.logs.get(1).body().get("order.status_from"));
        assertEquals(Set.of("order.status"), lives.logs.get(1).attributes().keySet());
        assertEquals(activity.spanId(), lives.logs.get(1).spanId());
    }

    @Test
    void the_phase_s_told_beginning_does_not_depend_on_the_order_of_arrival() {
        SignalBuilder early = order(KEY, T0).since(T0 - 9 * HOUR).says("order.told", "packed");
        SignalBuilder late = order(KEY, T0 + 1).since(T0 - 5 * HOUR).says("order.told", "packed");
        SignalBuilder start = order(KEY, T0 + 2).start(T0 - 100 * HOUR);
        Lives other = new Lives().tellAll(List.of(late, early, start));
        lives.tellAll(List.of(early, late, start));

        assertEquals(
                new Instance.Phase("packed", T0 - 5 * HOUR, 0), lives.instance().phase());
        assertEquals(lives.instance().phase(), ((Instance) other.rows.get(KEY)).phase());
    }

    @Test
    void a_change_told_for_a_time_that_was_sent_takes_effect_at_the_end_of_what_was_sent() {
        lives.tell(opening())
                .tell(order(KEY, T0 + 2 * HOUR).says("order.told", "packed"))
                .tell(order(KEY, T0 + HOUR).member("order.holds", "stock", true));

        assertEquals(
                new Instance.Phase("held", T0 + 2 * HOUR, 0), lives.instance().phase());
        Span activity = lives.spans.get(lives.spans.size() - 1);
        assertEquals(T0 + HOUR, activity.start());
        assertEquals(AttributeValue.of(true), activity.attributes().get("contextcore.phase_clamped"));
        assertEquals(List.of(Note.PHASE_CLAMPED), lives.notes);
    }

    @Test
    void a_phase_that_is_an_error_says_so() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR).member("order.holds", "stock", true))
                .tell(order(KEY, T0 + 2 * HOUR).member("order.holds", "stock", false));

        assertEquals(
                Span.Status.error("on hold"), lives.span("order.status held").status());
        assertEquals("new", lives.instance().phase().value());
    }

    @Test
    void a_long_phase_is_cut_so_that_it_is_never_silent() {
        lives.tell(opening());
        lives.wake(KEY, Purpose.SLICE);
        lives.wake(KEY, Purpose.SLICE);

        List<Span> slices = lives.spans.subList(1, 3);
        assertEquals(T0 + 24 * HOUR, slices.get(0).end());
        assertEquals(slices.get(0).end(), slices.get(1).start());
        assertEquals(T0 + 48 * HOUR, slices.get(1).end());
        assertNotEquals(slices.get(0).spanId(), slices.get(1).spanId());
        assertEquals(
                new Instance.Phase("new", T0 + 48 * HOUR, 2), lives.instance().phase());
    }

    @Test
    void a_phase_that_was_long_when_first_seen_is_cut_once_not_often() {
        lives.tell(order(KEY, T0).start(T0 - 1000 * HOUR).since(T0 - 100 * HOUR).says("order.told", "packed"));

        assertEquals(
                T0 - 100 * HOUR + 120 * HOUR, lives.instance().timers().due().get(Purpose.SLICE));
    }

    @Test
    void sent_phases_and_the_open_one_tile_the_time_and_no_span_id_comes_twice() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Lives world = new Lives();
            world.tell(opening());
            for (int i = 0; i < 20; i++) {
                long at = T0 + random.nextInt(1000) * SECOND;
                String status = List.of("new", "packed", "sent", "done").get(random.nextInt(4));
                world.tell(order(KEY, at).says("order.told", status).end("done".equals(status) ? at : null));
            }
            Set<String> ids = new HashSet<>();
            long covered = T0;
            for (Span span : world.spans) {
                assertTrue(ids.add(span.spanId()), () -> "twice: " + span);
                assertTrue(span.end() >= span.start(), () -> "ends before start: " + span);
                if (span.name().startsWith("order.status ")) {
                    assertTrue(span.start() >= covered, () -> "overlaps: " + span);
                    covered = span.end();
                }
            }
        }
    }
}
