package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Ages.DAY;
import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.call;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static io.contextcore.gateway.lifecycle.Lives.orderAlias;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rows O23 to O48 of mappings/README.md: ends, what was forgotten, names. */
final class OrderOfLivesTest {

    private final Lives lives = Ages.lives().tell(opening());

    private static SignalBuilder at(long hours) {
        return order(KEY, T0 + hours * HOUR);
    }

    private static SignalBuilder done(long hours) {
        return at(hours).says("order.told", "done").end(T0 + hours * HOUR);
    }

    private Span last() {
        return lives.spans.get(lives.spans.size() - 1);
    }

    private long count(String name) {
        return lives.spanNames().stream().filter(name::equals).count();
    }

    private void forgotten() {
        lives.tell(done(1));
        lives.wake(KEY, Purpose.FORGET);
        lives.spans.clear();
        lives.notes.clear();
    }

    @Test
    void o23_a_terminal_phase_ends_it_at_the_event() {
        lives.tell(at(1).says("order.told", "done"));

        assertEquals(Stage.ENDED, lives.instance().stage());
        assertEquals(T0 + HOUR, lives.instance().endedAt());
    }

    @Test
    void o24_an_end_is_enough() {
        lives.tell(at(2).end(T0 + HOUR));

        assertEquals(Stage.ENDED, lives.instance().stage());
        assertEquals(T0 + HOUR, lives.instance().endedAt());
    }

    @Test
    void o25_an_end_that_was_told_before_the_phase_does_not_end_it() {
        lives.tell(at(2).says("order.told", "packed")).tell(at(1).end(T0 + HOUR));

        assertEquals(Stage.OPEN, lives.instance().stage());
    }

    @Test
    void o26_an_end_before_the_start_is_the_start() {
        lives.tell(at(1).end(T0 - HOUR));

        assertEquals(T0, lives.instance().endedAt());
        assertEquals(List.of(Note.END_CLAMPED), lives.notes);
    }

    @Test
    void o27_an_end_before_the_open_phase_leaves_that_out() {
        lives.tell(at(2).says("order.told", "packed")).tell(at(3).end(T0 + HOUR));

        assertEquals(T0 + HOUR, last().end());
        assertEquals(0, count("order.status packed"));
    }

    @Test
    void o28_another_end_does_not_send_the_completion_again() {
        lives.tell(done(2)).tell(at(3).end(T0 + 3 * HOUR));

        assertEquals(T0 + 2 * HOUR, lives.instance().endedAt());
        assertEquals("order.updated", last().name());
        assertEquals(
                1,
                lives.spans.stream()
                        .filter(span -> span.spanId().equals(TelemetryIds.spanId(KEY, "completion/1")))
                        .count());
    }

    @Test
    void o29_an_end_taken_back_and_a_newer_phase_reopen_it() {
        lives.tell(at(1).end(T0 + HOUR)).tell(at(2).end(null));
        assertEquals(2, lives.instance().generation());
        assertEquals(T0 + 2 * HOUR, lives.instance().generationStart());

        lives.tell(at(3).end(T0 + 3 * HOUR)).tell(at(4).says("order.told", "packed"));
        assertEquals(3, lives.instance().generation());
        assertEquals(1, count("order story"));
    }

    @Test
    void o30_the_next_generation_begins_at_the_end_at_the_earliest() {
        lives.tell(at(1).end(T0 + 5 * HOUR)).tell(at(2).says("order.told", "packed"));

        assertEquals(T0 + 5 * HOUR, lives.instance().generationStart());
        assertEquals(T0 + 5 * HOUR, lives.instance().phase().start());
    }

    @Test
    void what_was_sent_beyond_the_end_is_not_sent_again() {
        lives.wake(KEY, Purpose.SLICE);
        lives.tell(done(3), T0 + 30 * HOUR).tell(at(4).says("order.told", "packed"), T0 + 31 * HOUR);

        assertEquals(T0 + DAY, lives.instance().generationStart());
        assertEquals(T0 + DAY, lives.instance().phase().start());
    }

    @Test
    void o31_an_older_phase_does_not_reopen_it() {
        lives.tell(done(2)).tell(at(1).says("order.told", "packed"));

        assertEquals(Stage.ENDED, lives.instance().stage());
    }

    @Test
    void o32_the_end_of_an_earlier_generation_is_not_that_of_this_one() {
        lives.tell(done(1)).tell(at(2).says("order.told", "packed")).tell(at(1).end(T0 + HOUR));
        assertEquals(Stage.OPEN, lives.instance().stage());

        lives.tell(at(3).says("order.told", "done"));
        assertEquals(T0 + 3 * HOUR, last().end());
        assertEquals(TelemetryIds.spanId(KEY, "completion/2"), last().spanId());
    }

    @Test
    void o33_an_ended_one_tells_a_change_without_another_completion() {
        lives.tell(done(1));
        int before = lives.spans.size();
        lives.tell(at(2).says("order.title", "Mate"));

        assertEquals(before + 1, lives.spans.size());
        assertEquals("order.updated", last().name());
    }

    @Test
    void o34_a_span_is_sent_once() {
        lives.tell(call("c/1", T0).start(T0).parent("call", "c/0"))
                .tell(call("c/1", T0 + SECOND).end(T0 + SECOND));
        int before = lives.spans.size();
        lives.tell(call("c/1", T0 + HOUR).end(null)).tell(call("c/1", T0 + HOUR).says("order.title", "x"));

        assertEquals(before, lives.spans.size());
        assertEquals(Stage.ENDED, ((Instance) lives.rows.get("c/1")).stage());
    }

    @Test
    void o35_a_newer_phase_reopens_what_expired() {
        Lives expiring = Ages.lives(new Times(DAY, 12 * HOUR, 0, null, 0)).tell(opening());
        expiring.wake(KEY, Purpose.EXPIRE);
        assertEquals(Stage.ENDED, expiring.instance().stage());
        expiring.tell(at(13).says("order.told", "packed"));

        assertEquals(2, expiring.instance().generation());
        assertEquals(Stage.OPEN, expiring.instance().stage());
    }

    @Test
    void o36_a_late_word_to_a_forgotten_one_is_an_activity() {
        forgotten();
        lives.tell(at(2).start(T0).says("order.told", "done"), T0 + 50 * DAY);

        assertEquals(List.of("order.updated"), lives.spanNames());
        assertEquals(List.of(Note.LATE_FOR_FORGOTTEN), lives.notes);
        assertEquals(T0 + 80 * DAY, lives.due(KEY, Purpose.FORGET));
    }

    @Test
    void o37_a_forgotten_one_reopens_in_the_next_generation() {
        forgotten();
        lives.tell(order(KEY, T0 + 50 * DAY).start(T0).says("order.told", "packed"));

        assertEquals(2, lives.instance().generation());
        assertEquals(0, count("order story"));
    }

    @Test
    void o38_what_others_tell_a_forgotten_one_is_ignored() {
        forgotten();
        Row tombstone = lives.rows.get(KEY);
        lives.tell(order("shop/2", T0 + 50 * DAY)
                .start(T0 + 50 * DAY)
                .linkBoth("order", KEY)
                .parent("order", KEY));

        assertEquals(tombstone, lives.rows.get(KEY));
        assertEquals(List.of(Note.LATE_FOR_FORGOTTEN, Note.LATE_FOR_FORGOTTEN), lives.notes);
    }

    @Test
    void o39_after_its_tombstone_it_begins_anew() {
        forgotten();
        lives.wake(KEY, Purpose.FORGET);
        lives.tell(opening(), T0 + 500 * DAY);

        assertEquals(1, lives.instance().generation());
        assertEquals(1, count("order story"));
    }

    @Test
    void o40_a_signal_to_an_unclaimed_alias_waits() {
        lives.tell(orderAlias("TEA-1", T0 + HOUR).says("order.title", "Mate"));
        lives.tell(at(2).alias("TEA-1"));

        assertEquals(
                AttributeValue.of("Mate"),
                lives.instance().attributes().get("order.title").value());
    }

    @Test
    void o41_an_alias_that_nobody_claims_becomes_a_plain_log() {
        lives.tell(orderAlias("TEA-1", T0).says("order.title", "Mate"));
        lives.wake("TEA-1", Purpose.ADOPT);

        assertEquals("order.unresolved", lives.events().get(lives.events().size() - 1));
        assertFalse(lives.rows.containsKey("TEA-1"));
        assertEquals(List.of(Note.UNRESOLVED), lives.notes);
    }

    @Test
    void o42_a_parent_by_alias_is_known_when_its_owner_is() {
        lives.tell(at(1).parentAlias("order", "MATE-2").linkAlias("order", "MATE-2"))
                .tell(order("shop/2", T0 + 2 * HOUR).start(T0 + 2 * HOUR).alias("MATE-2"));

        assertEquals(Reference.key("order", "shop/2"), lives.instance().parent().value());
        assertEquals("shop/2", lives.instance().links().get(0).target().name());
    }

    @Test
    void o43_the_first_claim_stands() {
        lives.tell(at(1).alias("TEA-1"))
                .tell(order("shop/2", T0 + HOUR).start(T0 + HOUR).alias("TEA-1"));

        assertEquals(KEY, ((Row.Alias) lives.rows.get("TEA-1")).owner().name());
        assertEquals(List.of(Note.ALIAS_TAKEN), lives.notes);
    }

    @Test
    void o44_a_claim_of_another_ones_key_makes_them_one() {
        lives.tell(order("shop/2", T0 + HOUR).start(T0 + HOUR)).tell(at(2).alias("shop/2"));

        assertEquals(
                KEY,
                assertInstanceOf(Row.Alias.class, lives.rows.get("shop/2"))
                        .owner()
                        .name());
        assertEquals(1, count("order.moved"));
    }

    @Test
    void o45_a_key_that_others_called_an_alias_is_a_key() {
        lives.tell(orderAlias("shop/2", T0).says("order.title", "Mate"))
                .tell(order("shop/2", T0 + HOUR).start(T0 + HOUR));

        Instance instance = assertInstanceOf(Instance.class, lives.rows.get("shop/2"));
        assertEquals(Stage.OPEN, instance.stage());
        assertEquals(
                AttributeValue.of("Mate"),
                instance.attributes().get("order.title").value());
    }

    @Test
    void o46_a_parent_opens_with_the_shares_of_children_that_came_before() {
        Lives trees = Trees.lives().tell(Trees.opened("c").parent("part", "p")).tell(Trees.opened("p"));

        assertEquals(1, ((Instance) trees.rows.get("p")).kin().members());
        assertTrue(trees.spans.get(trees.spans.size() - 1).attributes().containsKey("part.count"));
    }

    @Test
    void o47_a_span_waits_a_moment_for_its_parent() {
        lives.tell(call("c/1", T0).start(T0))
                .tell(call("c/1", T0 + SECOND).end(T0 + SECOND))
                .tell(call("c/2", T0).start(T0))
                .tell(call("c/2", T0 + SECOND).end(T0 + SECOND))
                .tell(call("c/1", T0 + 2 * SECOND).parent("call", "c/0"));
        assertEquals(TelemetryIds.spanId("c/0", "root"), last().parentSpanId());
        lives.wake("c/2", Purpose.HOLD);

        assertNull(last().parentSpanId());
        assertEquals(2, count("call"));
    }

    @Test
    void o48_what_is_told_to_an_alias_is_for_its_own_lifecycle_only() {
        lives.tell(Lives.signalAlias("call", "TEA-1", T0 + HOUR).says("order.title", "Mate"))
                .tell(at(1).alias("TEA-1"))
                .tell(Lives.signalAlias("call", "TEA-1", T0 + HOUR).says("order.title", "Mate"));

        assertEquals(
                AttributeValue.of("Tea"),
                lives.instance().attributes().get("order.title").value());
        assertEquals(List.of(Note.WRONG_LIFECYCLE, Note.WRONG_LIFECYCLE), lives.notes, "before the claim and after it");
    }
}
