package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.call;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static io.contextcore.gateway.lifecycle.Lives.orderAlias;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Row;
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

class LifecycleEngineTest {

    private static final String KEY = "shop/1";

    private final Lives lives = new Lives();

    private Instance instance() {
        return (Instance) lives.rows.get(KEY);
    }

    private static SignalBuilder opening() {
        return order(KEY, T0).start(T0).says("order.told", "new").says("order.title", "Tea");
    }

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
        assertEquals(new Instance.Phase("new", T0, 0), instance().phase());
    }

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
                instance().attributes().get("order.title").value());
        assertEquals(2, lives.spans.size());
    }

    @Test
    void equal_times_go_by_sequence() {
        lives.tell(opening()).tell(order(KEY, T0).says("order.title", "Coffee"));

        assertEquals(
                AttributeValue.of("Coffee"),
                instance().attributes().get("order.title").value());
    }

    @Test
    void null_removes_and_absent_leaves() {
        lives.tell(opening()).tell(order(KEY, T0 + HOUR).says("order.title", null));

        assertNull(instance().attributes().get("order.title").value());
        assertFalse(lives.span("order.updated").attributes().containsKey("order.title"));
        assertEquals("new", instance().phase().value());
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

        assertEquals(Stage.SHADOW, instance().stage());
        assertEquals(List.of(), lives.spans);
        assertEquals(T0 + 24 * HOUR, instance().timers().due().get(Purpose.ADOPT));
    }

    @Test
    void a_shadow_opens_with_what_it_heard_before() {
        lives.tell(order(KEY, T0 + SECOND).says("order.told", "packed")).tell(opening());

        assertEquals(
                AttributeValue.of("packed"),
                lives.span("order story").attributes().get("order.status"));
        assertFalse(instance().timers().due().containsKey(Purpose.ADOPT));
    }

    @Test
    void a_shadow_is_adopted_after_a_day() {
        lives.tell(order(KEY, T0).says("order.told", "packed"));
        lives.wake(KEY, Purpose.ADOPT);

        assertEquals(List.of("order story", "order.created"), lives.spanNames());
        assertEquals(AttributeValue.of(true), lives.spans.get(0).attributes().get("contextcore.adopted"));
        assertEquals(new Instance.Phase("packed", T0, 0), instance().phase());
        assertEquals(List.of(Note.ADOPTED), lives.notes);
    }

    @Test
    void first_seen_in_mid_life_it_is_adopted_and_its_phase_begins_when_the_payload_says() {
        lives.tell(order(KEY, T0).start(T0 - 100 * HOUR).since(T0 - 5 * HOUR).says("order.told", "packed"));

        assertTrue(instance().adopted());
        assertEquals(T0 - 100 * HOUR, lives.span("order story").start());
        assertEquals(T0, lives.span("order.created").start());
        assertEquals(new Instance.Phase("packed", T0 - 5 * HOUR, 0), instance().phase());
    }

    @Test
    void adopted_without_since_the_first_phase_begins_at_first_sight() {
        lives.tell(order(KEY, T0).start(T0 - 100 * HOUR).says("order.told", "packed"));

        assertEquals(T0, instance().phase().start());
    }

    @Test
    void a_terminal_phase_ends_it_with_the_last_phase_and_a_completion() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR)
                        .says("order.told", "done")
                        .end(T0 + HOUR)
                        .outcome("done"));

        assertEquals(
                List.of("order story", "order.completed", "order.status new", "order.completed"), lives.spanNames());
        Span completion = lives.spans.get(3);
        assertEquals(TelemetryIds.spanId(KEY, "completion/1"), completion.spanId());
        assertEquals(T0, completion.start());
        assertEquals(T0 + HOUR, completion.end());
        assertEquals(Span.Status.OK, completion.status());
        assertEquals(AttributeValue.of("done"), completion.attributes().get("order.outcome"));
        assertEquals(Stage.ENDED, instance().stage());
        assertNull(instance().phase());
        assertEquals(List.of("order.created", "order.completed"), lives.events());
    }

    @Test
    void a_told_end_ends_it_though_the_phase_is_not_terminal() {
        lives.tell(opening()).tell(order(KEY, T0 + HOUR).end(T0 + HOUR).outcome("deleted"));

        assertEquals(Stage.ENDED, instance().stage());
        assertEquals(T0 + HOUR, instance().endedAt());
    }

    @Test
    void an_end_that_is_older_than_what_is_known_of_the_phase_does_not_end_it() {
        lives.tell(opening())
                .tell(order(KEY, T0 + 2 * HOUR).says("order.told", "packed"))
                .tell(order(KEY, T0 + HOUR).says("order.told", "done").end(T0 + HOUR));

        assertEquals(Stage.OPEN, instance().stage());
    }

    @Test
    void an_end_before_the_start_is_clamped_and_noted() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR).says("order.told", "done").end(T0 - HOUR));

        assertEquals(T0, instance().endedAt());
        assertTrue(lives.notes.contains(Note.END_CLAMPED));
    }

    @Test
    void reopened_it_lives_on_in_the_next_generation_under_the_same_anchor() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR).says("order.told", "done").end(T0 + HOUR))
                .tell(order(KEY, T0 + 2 * HOUR).says("order.told", "new").end(null))
                .tell(order(KEY, T0 + 3 * HOUR).says("order.told", "done").end(T0 + 3 * HOUR));

        assertEquals(2, instance().generation());
        Span second = lives.spans.get(lives.spans.size() - 1);
        assertEquals(TelemetryIds.spanId(KEY, "completion/2"), second.spanId());
        assertEquals(T0 + 2 * HOUR, second.start());
        assertEquals(
                TelemetryIds.spanId(KEY, "completion/1"), second.links().get(0).spanId());
        assertEquals(1, lives.spanNames().stream().filter("order story"::equals).count());
        assertTrue(lives.events().contains("order.reopened"));
    }

    @Test
    void a_generation_inherits_neither_the_end_nor_the_outcome_of_the_one_before() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR)
                        .says("order.told", "done")
                        .end(T0 + HOUR)
                        .outcome("fine"))
                .tell(order(KEY, T0 + 2 * HOUR).says("order.told", "new"))
                .tell(order(KEY, T0 + 3 * HOUR).says("order.told", "done"));

        Span second = lives.spans.get(lives.spans.size() - 1);
        assertEquals(TelemetryIds.spanId(KEY, "completion/2"), second.spanId());
        assertEquals(T0 + 3 * HOUR, second.end());
        assertFalse(second.attributes().containsKey("order.outcome"));
        assertEquals(List.of(), lives.notes);
    }

    @Test
    void the_phase_s_told_beginning_does_not_depend_on_the_order_of_arrival() {
        SignalBuilder early = order(KEY, T0).since(T0 - 9 * HOUR).says("order.told", "packed");
        SignalBuilder late = order(KEY, T0 + 1).since(T0 - 5 * HOUR).says("order.told", "packed");
        SignalBuilder start = order(KEY, T0 + 2).start(T0 - 100 * HOUR);
        Lives other = new Lives().tellAll(List.of(late, early, start));
        lives.tellAll(List.of(early, late, start));

        assertEquals(new Instance.Phase("packed", T0 - 5 * HOUR, 0), instance().phase());
        assertEquals(instance().phase(), ((Instance) other.rows.get(KEY)).phase());
    }

    @Test
    void a_change_told_for_a_time_that_was_sent_takes_effect_at_the_end_of_what_was_sent() {
        lives.tell(opening())
                .tell(order(KEY, T0 + 2 * HOUR).says("order.told", "packed"))
                .tell(order(KEY, T0 + HOUR).member("order.holds", "stock", true));

        assertEquals(new Instance.Phase("held", T0 + 2 * HOUR, 0), instance().phase());
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
        assertEquals("new", instance().phase().value());
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
        assertEquals(new Instance.Phase("new", T0 + 48 * HOUR, 2), instance().phase());
    }

    @Test
    void a_phase_that_was_long_when_first_seen_is_cut_once_not_often() {
        lives.tell(order(KEY, T0).start(T0 - 1000 * HOUR).since(T0 - 100 * HOUR).says("order.told", "packed"));

        assertEquals(T0 - 100 * HOUR + 120 * HOUR, instance().timers().due().get(Purpose.SLICE));
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

    @Test
    void links_and_the_parent_ride_on_the_anchor_and_later_ones_on_an_activity() {
        lives.tell(opening().parent("order", "shop/0").link("order", "shop/2"))
                .tell(order(KEY, T0 + HOUR).link("order", "shop/3"));

        assertEquals(
                List.of(TelemetryIds.spanId("shop/2", "root"), TelemetryIds.spanId("shop/0", "root")),
                lives.span("order story").links().stream()
                        .map(Span.SpanLink::spanId)
                        .toList());
        assertEquals(
                TelemetryIds.traceId("shop/3"),
                lives.spans.get(1).links().get(0).traceId());
    }

    @Test
    void a_span_is_sent_once_when_it_ends_inside_its_parents_trace() {
        lives.tell(call("c/1", T0).start(T0).parent("call", "c/0"))
                .tell(call("c/1", T0 + SECOND)
                        .start(T0 + SECOND / 2)
                        .end(T0 + SECOND)
                        .outcome("failed"))
                .tell(call("c/1", T0 + 2 * SECOND).end(T0 + 2 * SECOND));

        assertEquals(1, lives.spans.size());
        Span span = lives.spans.get(0);
        assertEquals("0af7651916cd43dd8448eb211c80319c", span.traceId());
        assertEquals(TelemetryIds.spanId("c/0", "root"), span.parentSpanId());
        assertEquals(T0, span.start());
        assertEquals(T0 + SECOND, span.end());
        assertEquals(Span.Status.error("it failed"), span.status());
        assertEquals(Span.Kind.CLIENT, span.kind());
    }

    @Test
    void an_instance_that_nobody_ends_expires_when_it_was_last_heard_of() {
        lives.tell(call("c/1", T0).start(T0)).tell(call("c/1", T0 + HOUR));
        lives.wake("c/1", Purpose.EXPIRE);

        assertEquals(T0 + HOUR, lives.spans.get(0).end());
        assertEquals(List.of(Note.EXPIRED), lives.notes);
        assertTrue(lives.rows.get("c/1").timers().due().isEmpty());
    }

    @Test
    void an_alias_forwards_to_the_instance_that_claimed_it() {
        lives.tell(opening().alias("TEA-1")).tell(orderAlias("TEA-1", T0 + HOUR).says("order.told", "packed"));

        assertEquals("packed", instance().phase().value());
        assertEquals(
                TelemetryIds.spanId(KEY, "activity/src//d2/TEA-1/0"),
                lives.span("order.status_changed").spanId());
    }

    @Test
    void a_signal_to_an_alias_waits_for_its_owner() {
        lives.tell(orderAlias("TEA-1", T0 + HOUR).says("order.told", "packed"));
        assertEquals(List.of(), lives.spans);

        lives.tell(opening().alias("TEA-1"), T0 + 2 * HOUR);

        assertEquals("packed", instance().phase().value());
        assertEquals(
                List.of(),
                assertInstanceOf(Row.Alias.class, lives.rows.get("TEA-1")).waiting());
    }

    @Test
    void an_alias_that_nobody_claims_becomes_a_plain_log_after_a_day() {
        lives.tell(orderAlias("TEA-1", T0).says("order.told", "packed"));
        lives.wake("TEA-1", Purpose.ADOPT);

        assertEquals(List.of("order.unresolved"), lives.events());
        assertEquals(AttributeValue.of("TEA-1"), lives.logs.get(0).attributes().get("contextcore.unresolved"));
        assertNull(lives.logs.get(0).traceId());
        assertEquals(List.of(Note.UNRESOLVED), lives.notes);
    }

    @Test
    void a_parent_and_a_link_by_alias_come_once_their_owner_is_known() {
        lives.tell(opening().linkAlias("order", "MATE-2").parentAlias("order", "MATE-2"));
        assertEquals(List.of(), lives.span("order story").links());

        lives.tell(order("shop/2", T0 + HOUR).start(T0 + HOUR).alias("MATE-2"));

        assertEquals("shop/2", instance().parent().value().name());
        assertEquals(
                List.of("shop/2"),
                instance().links().stream().map(link -> link.target().name()).toList());
        Span linked = lives.spans.stream()
                .filter(span ->
                        span.name().equals("order.updated") && !span.links().isEmpty())
                .findFirst()
                .orElseThrow();
        assertEquals(
                TelemetryIds.spanId("shop/2", "root"), linked.links().get(0).spanId());
        assertEquals(
                lives.spans.size(),
                lives.spans.stream().map(Span::spanId).distinct().count());
    }

    @Test
    void a_link_by_the_alias_of_a_known_owner_is_resolved_at_once() {
        lives.tell(order("shop/2", T0).start(T0).alias("MATE-2")).tell(opening().linkAlias("order", "MATE-2"));

        assertEquals("shop/2", instance().links().get(0).target().name());
    }

    @Test
    void the_first_claim_of_an_alias_stands() {
        lives.tell(opening().alias("TEA-1")).tell(order("shop/2", T0).start(T0).alias("TEA-1"));

        assertEquals(KEY, ((Row.Alias) lives.rows.get("TEA-1")).owner().name());
        assertEquals(List.of(Note.ALIAS_TAKEN), lives.notes);
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
