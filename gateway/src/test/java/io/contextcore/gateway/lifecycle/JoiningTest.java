package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.call;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static io.contextcore.gateway.lifecycle.Lives.orderAlias;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two keys that turn out to name one thing. */
final class JoiningTest {

    private final Lives lives = Ages.lives();

    private Instance instance(String key) {
        return (Instance) lives.rows.get(key);
    }

    private String owner(String alias) {
        return ((Row.Alias) lives.rows.get(alias)).owner().name();
    }

    private void two() {
        lives.tell(opening().alias("TEA-1"))
                .tell(order("shop/2", T0 + HOUR)
                        .start(T0 + HOUR)
                        .says("order.told", "packed")
                        .alias("MATE-2"));
    }

    @Test
    void the_one_that_was_seen_first_stays_and_the_other_ends_with_a_link_to_it() {
        two();
        lives.tell(order(KEY, T0 + 2 * HOUR).alias("shop/2"));

        Span completion = lives.span("order.completed");
        assertEquals(TelemetryIds.traceId("shop/2"), completion.traceId());
        assertEquals(T0 + 2 * HOUR, completion.end());
        assertEquals(AttributeValue.of("moved"), completion.attributes().get("order.outcome"));
        assertEquals(TelemetryIds.spanId(KEY, "root"), completion.links().get(0).spanId());
        assertEquals(
                AttributeValue.of("moved_to"),
                completion.links().get(0).attributes().get("contextcore.link"));
        assertEquals(T0 + 2 * HOUR, lives.span("order.status packed").end());
        assertEquals(1, lives.span("order.moved").links().size());
        assertEquals(KEY, owner("shop/2"));
        assertTrue(lives.notes.contains(Note.MOVED));
    }

    @Test
    void it_stays_too_when_the_other_one_tells() {
        two();
        lives.tell(order("shop/2", T0 + 2 * HOUR).alias(KEY));

        assertEquals(KEY, owner("shop/2"));
        assertEquals(Stage.OPEN, instance(KEY).stage());
    }

    @Test
    void what_the_former_knew_is_known_of_the_one_that_stays() {
        two();
        lives.tell(
                order("shop/2", T0 + HOUR + SECOND).says("order.title", "Mate").link("order", "shop/7"));
        lives.tell(order(KEY, T0 + 2 * HOUR).alias("shop/2"));

        Instance stays = instance(KEY);
        assertEquals(
                AttributeValue.of("Mate"), stays.attributes().get("order.title").value());
        assertEquals("packed", stays.phase().value());
        assertEquals(T0, stays.start());
        assertEquals(1, stays.links().size());
        assertEquals(Set.of("TEA-1", "shop/2", "MATE-2"), Set.copyOf(stays.aliases()));
        assertEquals(
                2,
                lives.spans.stream()
                        .filter(span -> span.name().equals("order story"))
                        .count(),
                "nothing that was sent is merged");
    }

    @Test
    void both_keys_and_all_names_lead_to_the_one_that_stays() {
        two();
        lives.tell(order(KEY, T0 + 2 * HOUR).alias("shop/2"))
                .tell(order("shop/2", T0 + 3 * HOUR).says("order.title", "Mate"))
                .tell(orderAlias("MATE-2", T0 + 4 * HOUR).says("order.told", "sent"));

        assertEquals(KEY, owner("MATE-2"));
        assertEquals(
                AttributeValue.of("Mate"),
                instance(KEY).attributes().get("order.title").value());
        assertEquals("sent", instance(KEY).phase().value());
    }

    @Test
    void it_makes_no_difference_that_both_say_it() {
        two();
        lives.tell(order(KEY, T0 + 2 * HOUR).alias("shop/2"))
                .tell(order("shop/2", T0 + 3 * HOUR).alias(KEY))
                .tell(order(KEY, T0 + 4 * HOUR).alias("shop/2"));

        assertEquals(KEY, owner("shop/2"));
        assertEquals(1, lives.spanNames().stream().filter("order.moved"::equals).count());
    }

    @Test
    void seen_at_the_same_time_the_lesser_key_stays() {
        lives.tell(order("shop/2", T0).start(T0)).tell(opening().alias("shop/2"));

        assertEquals(KEY, owner("shop/2"));
    }

    @Test
    void one_of_another_lifecycle_is_another_thing() {
        lives.tell(opening())
                .tell(call("c/1", T0 + HOUR).start(T0 + HOUR))
                .tell(order(KEY, T0 + HOUR).alias("c/1"));

        assertEquals(Stage.OPEN, instance("c/1").stage());
        assertEquals(List.of(Note.ALIAS_TAKEN), lives.notes);
    }

    @Test
    void a_shadow_hands_over_what_it_heard_and_says_nothing() {
        lives.tell(opening()).tell(order("shop/2", T0 + HOUR).says("order.told", "packed"));
        lives.spans.clear();
        lives.tell(order(KEY, T0 + 2 * HOUR).alias("shop/2"));

        assertTrue(lives.spans.stream().allMatch(span -> span.traceId().equals(TelemetryIds.traceId(KEY))));
        assertEquals("packed", instance(KEY).phase().value());
    }

    @Test
    void a_shadow_that_stays_opens_with_what_the_other_one_knew() {
        lives.tell(order(KEY, T0).says("order.title", "Tea"))
                .tell(order("shop/2", T0 + HOUR).start(T0 + HOUR).says("order.told", "packed"))
                .tell(order("shop/2", T0 + 2 * HOUR).alias(KEY));

        assertEquals(Stage.OPEN, instance(KEY).stage());
        assertEquals(T0 + HOUR, instance(KEY).start());
    }

    @Test
    void one_that_has_ended_is_not_completed_again() {
        two();
        lives.tell(order("shop/2", T0 + 2 * HOUR).says("order.told", "done").end(T0 + 2 * HOUR))
                .tell(order(KEY, T0 + 3 * HOUR).alias("shop/2"));

        assertEquals(
                1,
                lives.spans.stream()
                        .filter(span -> span.spanId().equals(TelemetryIds.spanId("shop/2", "completion/1")))
                        .count());
        assertEquals(Stage.ENDED, instance(KEY).stage(), "the thing itself has ended");
    }

    @Test
    void an_expiry_is_nothing_that_was_told() {
        lives.tell(call("c/1", T0).start(T0)).tell(call("c/2", T0 + HOUR).start(T0 + HOUR));
        lives.wake("c/2", Purpose.EXPIRE);
        lives.tell(call("c/1", T0 + 2 * HOUR).alias("c/2"));

        assertEquals("c/1", owner("c/2"));
        assertEquals(Stage.OPEN, instance("c/1").stage());
    }

    @Test
    void the_sums_over_the_children_of_both_are_those_of_the_one_that_stays() {
        Lives trees = Trees.lives();
        trees.tell(Trees.opened("a"))
                .tell(Trees.opened("b"))
                .tell(Trees.opened("c").parent("part", "a"))
                .tell(Trees.opened("d").parent("part", "b"))
                .tell(Trees.part("a", T0 + HOUR).alias("b"));
        assertEquals(2, ((Instance) trees.rows.get("a")).kin().members());

        trees.tell(Trees.part("d", T0 + 2 * HOUR).noParent());
        assertEquals(1, ((Instance) trees.rows.get("a")).kin().members());
    }

    @Test
    void the_former_leaves_its_parent() {
        Lives trees = Trees.lives();
        trees.tell(Trees.opened("p"))
                .tell(Trees.opened("a").parent("part", "p"))
                .tell(Trees.opened("b").parent("part", "p"))
                .tell(Trees.part("a", T0 + HOUR).alias("b"));

        assertEquals(1, ((Instance) trees.rows.get("p")).kin().members());
    }

    @Test
    void a_key_that_others_have_named_as_an_alias_is_a_key() {
        lives.tell(order("shop/2", T0).start(T0).parentAlias("order", KEY))
                .tell(orderAlias(KEY, T0 + SECOND).says("order.title", "Mate"))
                .tell(opening(), T0 + HOUR);

        assertEquals(Stage.OPEN, instance(KEY).stage());
        assertEquals(
                AttributeValue.of("Mate"),
                instance(KEY).attributes().get("order.title").value());
        assertEquals(Reference.key("order", KEY), instance("shop/2").parent().value());
    }
}
