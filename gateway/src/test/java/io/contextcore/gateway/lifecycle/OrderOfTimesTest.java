package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Ages.DAY;
import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.call;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Phase;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.Timers.Purpose;
import io.contextcore.gateway.testing.RuleTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rows O1 to O22 of mappings/README.md: times of what is told, beginnings, phases. */
final class OrderOfTimesTest {

    private final Lives lives = new Lives().tell(opening());

    private static SignalBuilder at(long hours) {
        return order(KEY, T0 + hours * HOUR);
    }

    private AttributeValue title() {
        return lives.instance().attributes().get("order.title").value();
    }

    private Span last() {
        return lives.spans.get(lives.spans.size() - 1);
    }

    @Test
    void every_row_has_its_test() {
        RuleTable.agrees("O", OrderOfTimesTest.class, OrderOfLivesTest.class);
    }

    @Test
    void o1_a_newer_time_is_taken() {
        lives.tell(at(1).says("order.title", "Mate"));

        assertEquals(AttributeValue.of("Mate"), title());
        assertEquals(T0 + HOUR, last().start());
    }

    @Test
    void o2_an_older_time_tells_only_what_nobody_told() {
        lives.tell(at(2).says("order.title", "Mate")).tell(at(1).says("order.title", "Cocoa"));
        assertEquals(AttributeValue.of("Mate"), title());
        assertEquals(2, lives.spans.size());

        lives.tell(at(1).says("order.title", "Cocoa").says("order.note", "late"));
        assertEquals(AttributeValue.of("Mate"), title());
        assertEquals(
                AttributeValue.of("late"),
                lives.instance().attributes().get("order.note").value());
        assertEquals(3, lives.spans.size());
    }

    @Test
    void o3_of_equal_times_the_later_delivery_wins() {
        lives.tell(at(1).says("order.title", "Mate")).tell(at(1).says("order.title", "Cocoa"));

        assertEquals(AttributeValue.of("Cocoa"), title());
    }

    @Test
    void o4_of_equal_times_in_one_delivery_the_first_word_stays() {
        for (int n = 0; n < 2; n++) {
            SignalBuilder signal = at(1).says("order.title", n == 0 ? "Mate" : "Cocoa");
            lives.deliver(signal.build(new Origin("src", "src//d9", 9, "", n, 0), T0 + HOUR), T0 + HOUR);
        }

        assertEquals(AttributeValue.of("Mate"), title());
    }

    @Test
    void o5_each_member_of_a_set_is_known_by_itself() {
        lives.tell(at(2).member("order.holds", "stock", false))
                .tell(at(1).member("order.holds", "stock", true).member("order.holds", "money", true));

        Map<String, Cell<Boolean>> members = lives.instance().sets().get("order.holds");
        assertEquals(false, members.get("stock").value());
        assertEquals(true, members.get("money").value());
    }

    @Test
    void o6_an_older_value_does_not_undo_a_null() {
        lives.tell(at(2).says("order.title", null)).tell(at(1).says("order.title", "Mate"));

        assertNull(title());
    }

    private static Evaluation told(String at) {
        Program program = ProgramLoader.load(
                Map.of(
                        "kind.yaml",
                        "apiVersion: contextcore.io/v1\nkind: shop\nverify: [{token: {header: X-Token}}]\nevent: \"'order'\"\n",
                        "order.yaml",
                        """
                        apiVersion: contextcore.io/v1
                        lifecycle: order
                        span: {name: order, root: anchor}
                        """,
                        "mapping.yaml",
                        """
                        apiVersion: contextcore.io/v1
                        mapping: shop.order
                        kind: shop
                        events: [order]
                        lifecycles:
                          - {lifecycle: order, key: "shop/1", at: "${payload.at}"}
                        """),
                (source, name) -> Optional.empty(),
                Limits.defaults());
        return program.evaluate(new Delivery(
                1,
                "acme",
                "shop",
                "order",
                "acme//d1",
                Map.of(),
                JsonNodeFactory.instance.objectNode().put("at", at),
                T0));
    }

    private static long signalAt(Evaluation evaluation) {
        return ((Signal) evaluation.messages().get(0)).at();
    }

    /** {@link Lives#T0} is 2026-05-28T20:26:40Z. */
    @Test
    void o7_a_time_a_little_ahead_is_taken() {
        Evaluation evaluation = told("2026-05-28T20:31:40Z");

        assertEquals(T0 + 300 * SECOND, signalAt(evaluation));
        assertEquals(List.of(), evaluation.notes());
    }

    @Test
    void o8_a_time_far_ahead_becomes_the_receipt() {
        Evaluation evaluation = told("2026-05-28T20:31:41Z");

        assertEquals(T0, signalAt(evaluation));
        assertEquals(List.of("time-clamped"), evaluation.notes());
    }

    @Test
    void o9_the_same_content_again_sends_nothing() {
        lives.tell(opening());

        assertEquals(1, lives.spans.size());
        assertEquals(1, lives.logs.size());
    }

    @Test
    void o10_an_event_before_the_start_keeps_its_time() {
        lives.tell(at(-1).says("order.told", "packed").says("order.note", "x"));
        assertEquals("new", lives.instance().phase().value(), "what was told at the start is newer");

        Lives other = new Lives().tell(order(KEY, T0 - HOUR).start(T0));
        other.tell(order(KEY, T0 - SECOND).says("order.told", "packed"));
        assertEquals(T0 - SECOND, other.spans.get(1).start());
        assertEquals(new Phase("packed", T0, 0), other.instance().phase());
    }

    @Test
    void o11_without_a_start_it_is_a_shadow() {
        Lives shadow = new Lives().tell(order(KEY, T0).says("order.told", "packed"));

        assertEquals(Stage.SHADOW, shadow.instance().stage());
        assertEquals(List.of(), shadow.spans);
        assertEquals(List.of(), shadow.logs);
    }

    @Test
    void o12_the_start_opens_it_with_all_that_was_told() {
        Lives late = new Lives()
                .tell(order(KEY, T0 + SECOND).says("order.told", "packed"))
                .tell(opening());

        assertEquals(AttributeValue.of("packed"), late.spans.get(0).attributes().get("order.status"));
        assertEquals(T0, late.spans.get(0).start());
    }

    @Test
    void o13_a_shadow_opens_as_adopted_after_a_day() {
        Lives shadow = new Lives().tell(order(KEY, T0 - HOUR).says("order.told", "packed"), T0);
        assertEquals(T0 + DAY, shadow.due(KEY, Purpose.ADOPT));
        shadow.wake(KEY, Purpose.ADOPT);

        assertTrue(shadow.instance().adopted());
        assertEquals(T0 - HOUR, shadow.instance().start());
    }

    @Test
    void o14_a_start_long_before_the_first_event_was_not_seen() {
        Lives seen = new Lives().tell(order(KEY, T0 + 60 * SECOND).start(T0).says("order.told", "new"));
        Lives adopted = new Lives().tell(order(KEY, T0 + 61 * SECOND).start(T0).says("order.told", "new"));
        Lives since = new Lives().tell(at(9).start(T0).since(T0 + HOUR).says("order.told", "new"));

        assertEquals(new Phase("new", T0, 0), seen.instance().phase());
        assertEquals(new Phase("new", T0 + 61 * SECOND, 0), adopted.instance().phase());
        assertEquals(new Phase("new", T0 + HOUR, 0), since.instance().phase());
    }

    @Test
    void o15_since_lies_between_the_start_and_the_event() {
        Lives before = new Lives().tell(at(9).start(T0).since(T0 - HOUR).says("order.told", "new"));
        Lives after = new Lives().tell(at(9).start(T0).since(T0 + 10 * HOUR).says("order.told", "new"));

        assertEquals(T0, before.instance().phase().start());
        assertEquals(T0 + 9 * HOUR, after.instance().phase().start());
    }

    @Test
    void o16_the_earlier_start_is_kept_and_the_anchor_stays() {
        lives.tell(at(1).start(T0 - HOUR)).tell(at(2).start(T0 + HOUR));

        assertEquals(T0 - HOUR, lives.instance().start());
        assertEquals(T0, lives.instance().generationStart());
        assertEquals(1, lives.spans.size());
    }

    @Test
    void o17_a_key_belongs_to_the_lifecycle_that_tells_of_it() {
        lives.tell(at(1).linkBoth("order", "c/1")).tell(call("c/1", T0 + HOUR).start(T0 + HOUR));
        StepException refused = assertThrows(StepException.class, () -> lives.tell(call(KEY, T0)));

        assertEquals("lifecycle-mismatch", refused.code().label());
        assertEquals("call", ((Instance) lives.rows.get("c/1")).lifecycle());
        lives.tell(order("shop/2", T0).start(T0).linkBoth("order", "c/1"));
        assertEquals(List.of(Note.WRONG_LIFECYCLE), lives.notes);
    }

    @Test
    void o18_a_change_for_a_time_that_was_sent_takes_effect_at_its_end() {
        lives.tell(at(2).says("order.told", "packed")).tell(at(1).member("order.holds", "stock", true));

        assertEquals(new Phase("held", T0 + 2 * HOUR, 0), lives.instance().phase());
        assertEquals(T0 + HOUR, last().start());
        assertEquals(AttributeValue.of(true), last().attributes().get("contextcore.phase_clamped"));
        assertEquals(T0 + HOUR, lives.logs.get(lives.logs.size() - 1).time());
        assertEquals(List.of(Note.PHASE_CLAMPED), lives.notes);
    }

    @Test
    void o19_a_phase_of_no_length_is_not_sent() {
        lives.tell(order(KEY, T0).says("order.told", "packed"));

        assertEquals(new Phase("packed", T0, 0), lives.instance().phase());
        assertEquals(List.of("order story", "order.status_changed"), lives.spanNames());
    }

    @Test
    void o20_a_long_phase_is_sent_in_slices_that_stay() {
        lives.wake(KEY, Purpose.SLICE);
        lives.tell(at(3).says("order.told", "packed"), T0 + DAY + HOUR);

        assertEquals(T0 + DAY, lives.span("order.status new").end());
        assertEquals(new Phase("packed", T0 + DAY, 0), lives.instance().phase());
        assertEquals(List.of(Note.PHASE_CLAMPED), lives.notes);
    }

    @Test
    void o21_a_late_change_cuts_the_open_phase_where_it_happened() {
        lives.tell(at(3).says("order.told", "packed"), T0 + 20 * HOUR);

        assertEquals(T0 + 3 * HOUR, lives.span("order.status new").end());
        assertEquals(new Phase("packed", T0 + 3 * HOUR, 0), lives.instance().phase());
        assertEquals(List.of(), lives.notes);
    }

    @Test
    void o22_a_phase_goes_on_when_it_is_told_to_be_nothing() {
        lives.tell(at(1).says("order.told", null));

        assertEquals(new Phase("new", T0, 0), lives.instance().phase());
    }
}
