package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Ages.DAY;
import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.call;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static io.contextcore.gateway.lifecycle.Lives.orderAlias;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of an instance long after its end, and what a late word to it does. */
final class ForgetTest {

    private final Lives lives = Ages.lives();

    private void forgotten() {
        lives.tell(opening().alias("TEA-1"))
                .tell(order(KEY, T0 + HOUR)
                        .says("order.told", "done")
                        .end(T0 + HOUR)
                        .outcome("fine"));
        lives.wake(KEY, Purpose.FORGET);
        lives.spans.clear();
        lives.logs.clear();
        lives.notes.clear();
    }

    @Test
    void an_ended_instance_becomes_a_tombstone_when_nobody_told_of_it_for_so_long() {
        lives.tell(opening())
                .tell(order(KEY, T0 + HOUR).says("order.told", "done").end(T0 + HOUR))
                .tell(order(KEY, T0 + 5 * HOUR).says("order.title", "Mate"));
        assertEquals(T0 + 5 * HOUR + 30 * DAY, lives.due(KEY, Purpose.FORGET));
        lives.wake(KEY, Purpose.FORGET);

        Row.Tombstone tombstone = assertInstanceOf(Row.Tombstone.class, lives.rows.get(KEY));
        assertEquals("order", tombstone.lifecycle());
        assertEquals("src", tombstone.source());
        assertEquals(1, tombstone.generation());
        assertEquals(T0, tombstone.start());
        assertEquals(T0 + HOUR, tombstone.endedAt());
        assertEquals(T0 + 5 * HOUR + 430 * DAY, lives.due(KEY, Purpose.FORGET));
        assertEquals(List.of(Note.FORGOTTEN), lives.notes);
    }

    @Test
    void a_tombstone_goes_when_its_time_is_over() {
        forgotten();
        lives.wake(KEY, Purpose.FORGET);

        assertFalse(lives.rows.containsKey(KEY));
    }

    @Test
    void at_the_cap_of_tombstones_it_goes_at_once_and_its_aliases_too() {
        lives.tell(opening().alias("TEA-1"))
                .tell(order(KEY, T0 + HOUR).says("order.told", "done").end(T0 + HOUR));
        lives.wake(KEY, Purpose.FORGET, T0 + 40 * DAY, false);

        assertEquals(Map.of(), lives.rows);
        assertEquals(List.of(Note.FORGOTTEN, Note.TOMBSTONES_FULL), lives.notes);
    }

    @Test
    void an_open_one_and_one_whose_lifecycle_says_never_are_not_forgotten() {
        lives.tell(opening());
        Lives never = new Lives().tell(opening()).tell(order(KEY, T0 + HOUR).says("order.told", "done"));

        assertFalse(lives.rows.get(KEY).timers().due().containsKey(Purpose.FORGET));
        assertEquals(Stage.ENDED, never.instance().stage());
        assertFalse(never.rows.get(KEY).timers().due().containsKey(Purpose.FORGET));
    }

    @Test
    void a_late_word_to_a_forgotten_one_sends_neither_anchor_nor_completion_again() {
        forgotten();
        lives.tell(
                order(KEY, T0 + 2 * HOUR).start(T0).says("order.told", "done").end(T0 + HOUR), T0 + 50 * DAY);

        assertEquals(List.of("order.updated"), lives.spanNames());
        assertEquals(List.of(), lives.events(), "nobody knows what it was before: nothing changed");
        assertEquals(Stage.ENDED, lives.instance().stage());
        assertEquals(T0 + HOUR, lives.instance().endedAt());
        assertEquals(List.of(Note.LATE_FOR_FORGOTTEN), lives.notes);
        assertEquals(T0 + 80 * DAY, lives.due(KEY, Purpose.FORGET));
    }

    @Test
    void a_late_word_without_a_phase_does_not_open_it_again() {
        forgotten();
        lives.tell(order(KEY, T0 + 2 * HOUR).says("order.title", "Mate"), T0 + 50 * DAY);

        assertEquals(Stage.ENDED, lives.instance().stage());
        assertEquals(1, lives.instance().generation());
    }

    @Test
    void an_older_phase_does_not_open_it_again() {
        forgotten();
        lives.tell(order(KEY, T0 + HOUR / 2).says("order.told", "packed"), T0 + 50 * DAY);

        assertEquals(Stage.ENDED, lives.instance().stage());
    }

    @Test
    void a_newer_phase_that_is_not_the_last_opens_the_next_generation() {
        forgotten();
        lives.tell(order(KEY, T0 + 50 * DAY).says("order.told", "packed"));

        assertEquals(Stage.OPEN, lives.instance().stage());
        assertEquals(2, lives.instance().generation());
        assertEquals(T0 + 50 * DAY, lives.instance().generationStart());
        assertEquals(List.of("order.reopened"), lives.spanNames());
        assertEquals(List.of("order.reopened"), lives.events());
    }

    @Test
    void an_end_that_is_taken_back_opens_the_next_generation() {
        forgotten();
        lives.tell(order(KEY, T0 + 50 * DAY).end(null));

        assertEquals(2, lives.instance().generation());
    }

    @Test
    void a_forgotten_one_belongs_to_its_lifecycle_still() {
        forgotten();

        StepException refused = assertThrows(
                StepException.class, () -> lives.tell(call(KEY, T0 + 50 * DAY).start(T0)));

        assertEquals(StepException.Code.LIFECYCLE_MISMATCH, refused.code());
    }

    @Test
    void what_others_tell_a_forgotten_one_comes_too_late() {
        forgotten();
        Row tombstone = lives.rows.get(KEY);
        lives.tell(order("shop/2", T0 + 50 * DAY).start(T0 + 50 * DAY).linkBoth("order", KEY));

        assertEquals(tombstone, lives.rows.get(KEY));
        assertTrue(lives.notes.contains(Note.LATE_FOR_FORGOTTEN));
    }

    @Test
    void the_parent_by_the_alias_of_a_forgotten_one_is_found() {
        forgotten();
        lives.tell(order("shop/2", T0 + 50 * DAY).start(T0 + 50 * DAY).parentAlias("order", "TEA-1"));

        Instance child = (Instance) lives.rows.get("shop/2");
        assertEquals(Reference.key("order", KEY), child.parent().value());
    }

    @Test
    void an_alias_goes_with_the_tombstone_that_it_leads_to() {
        forgotten();
        assertEquals(lives.due(KEY, Purpose.FORGET), lives.due("TEA-1", Purpose.FORGET));
        lives.wake("TEA-1", Purpose.FORGET);

        assertFalse(lives.rows.containsKey("TEA-1"));
    }

    @Test
    void an_alias_that_wakes_a_forgotten_one_stays_as_long_as_that() {
        forgotten();
        lives.tell(orderAlias("TEA-1", T0 + 50 * DAY).says("order.title", "Mate"));

        assertEquals("shop/1", ((Row.Alias) lives.rows.get("TEA-1")).owner().name());
        assertEquals(T0 + 480 * DAY, lives.due("TEA-1", Purpose.FORGET));
        lives.wake(KEY, Purpose.FORGET);
        assertEquals(T0 + 480 * DAY, lives.due(KEY, Purpose.FORGET));
    }

    @Test
    void an_alias_that_is_claimed_again_stays() {
        forgotten();
        lives.tell(order(KEY, T0 + 50 * DAY).says("order.told", "packed").alias("TEA-1"));

        assertEquals(Map.of(), lives.rows.get("TEA-1").timers().due());
    }

    @Test
    void an_alias_that_another_one_holds_is_not_let_go_of() {
        lives.tell(order("shop/2", T0).start(T0).alias("TEA-1"));
        forgotten();

        assertEquals("shop/2", ((Row.Alias) lives.rows.get("TEA-1")).owner().name());
        assertEquals(Map.of(), lives.rows.get("TEA-1").timers().due());
    }

    @Test
    void an_alias_that_was_given_up_goes() {
        lives.tell(orderAlias("TEA-9", T0).says("order.told", "packed"));
        lives.wake("TEA-9", Purpose.ADOPT);

        assertFalse(lives.rows.containsKey("TEA-9"));
    }

    @Test
    void a_shadow_that_others_have_named_only_goes_after_a_day() {
        lives.tell(opening().linkBoth("order", "shop/9"));
        assertNull(((Instance) lives.rows.get("shop/9")).firstAt());
        assertEquals(T0 + DAY, lives.due("shop/9", Purpose.FORGET));
        lives.wake("shop/9", Purpose.FORGET);

        assertFalse(lives.rows.containsKey("shop/9"));
        assertEquals(List.of(), lives.notes);
    }

    @Test
    void who_only_names_a_key_does_not_say_whose_it_is() {
        lives.tell(opening().linkBoth("order", "c/1"))
                .tell(call("c/1", T0 + HOUR).start(T0 + HOUR));

        assertEquals("call", ((Instance) lives.rows.get("c/1")).lifecycle());
    }

    @Test
    void a_forgotten_child_that_is_heard_of_again_does_not_count_twice() {
        Lives trees = Trees.lives();
        trees.tell(Trees.opened("p")).tell(Trees.opened("c").parent("part", "p"));
        long members = ((Instance) trees.rows.get("p")).kin().members();
        Row.Tombstone tombstone = new Row.Tombstone(
                "c",
                "part",
                "src",
                1,
                T0,
                T0,
                T0 + HOUR,
                io.contextcore.gateway.model.Timers.none().with(Purpose.FORGET, T0 + DAY));
        trees.rows.put("c", tombstone);
        trees.tell(Trees.part("c", T0 + 2 * HOUR).parent("part", "p").says("part.told", "new"));

        assertEquals(1, members);
        assertEquals(1, ((Instance) trees.rows.get("p")).kin().members());
    }
}
