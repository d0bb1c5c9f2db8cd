package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static io.contextcore.gateway.lifecycle.Lives.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Conventions.Attribute;
import io.contextcore.gateway.model.Conventions.Type;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Below;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.model.LifecycleDefinition.Shape;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes that become true when something has not been told for too long. */
final class OverdueTest {

    private static final long DONE = T0 + 2 * HOUR;

    /** A done order asks for its receipt, and wants it within an hour. */
    private static final List<Derived> RULES = List.of(
            new Derived(
                    "order.asked",
                    scope -> "done".equals(Lives.after(scope, "order.told"))
                            && !(Lives.after(scope, "order.receipt") instanceof String),
                    Set.of("order.told", "order.receipt")),
            new Derived("order.overdue", scope -> Lives.after(scope, "order.asked"), Set.of("order.asked"), HOUR),
            new Derived(
                    "order.worry",
                    scope -> Boolean.TRUE.equals(Lives.after(scope, "order.overdue")) ? "where is it?" : "none",
                    Set.of("order.overdue")));

    private final Lives lives = lives(RULES);

    private static Lives lives(List<Derived> rules) {
        LifecycleDefinition order = new LifecycleDefinition(
                "order",
                Shape.ANCHOR,
                scope -> "order",
                Span.Kind.INTERNAL,
                null,
                null,
                false,
                "order.told",
                true,
                Set.of(),
                Set.of("done"),
                rules,
                null,
                List.of(rule("updated", "order.updated"), rule("ended", "order.completed")),
                Below.nothing(),
                List.of(),
                List.of(),
                new Times(24 * HOUR, null, 0, 30 * 24 * HOUR, 400 * 24 * HOUR));
        Map<String, Attribute> attributes = Stream.of(
                        attribute("order.told", Type.STRING),
                        attribute("order.title", Type.STRING),
                        attribute("order.receipt", Type.STRING),
                        attribute("order.asked", Type.BOOLEAN),
                        attribute("order.overdue", Type.BOOLEAN),
                        attribute("order.sooner", Type.BOOLEAN),
                        attribute("order.worry", Type.STRING))
                .collect(Collectors.toMap(Attribute::name, each -> each));
        return new Lives(
                new LifecycleDefinition.Catalogue(Map.of("order", order)),
                new Conventions(attributes),
                Limits.defaults());
    }

    private static Attribute attribute(String name, Type type) {
        return new Attribute(name, type, List.of(), "", "stable", false, null);
    }

    private static SignalBuilder done() {
        return order(KEY, DONE).says("order.told", "done");
    }

    private @Nullable Long due() {
        return lives.instance().timers().due().get(Purpose.OVERDUE);
    }

    private @Nullable AttributeValue known(String attribute) {
        return lives.instance().derived().get(attribute);
    }

    @Test
    void what_is_asked_is_not_overdue_at_once() {
        lives.tell(opening()).tell(done());

        assertEquals(AttributeValue.of(true), known("order.asked"));
        assertNull(known("order.overdue"));
        assertEquals(DONE + HOUR, due());
    }

    @Test
    void it_is_overdue_when_the_wait_is_over_after_the_end_too_and_that_is_a_change() {
        lives.tell(opening()).tell(done());
        lives.wake(KEY, Purpose.OVERDUE);

        assertEquals(AttributeValue.of(true), known("order.overdue"));
        assertEquals(AttributeValue.of("where is it?"), known("order.worry"), "others may read it");
        assertNull(due());
        assertEquals(List.of("order.completed", "order.updated"), lives.events());
        assertEquals(DONE + HOUR, lives.logs.get(1).time());
        assertEquals(AttributeValue.of(true), lives.logs.get(1).body().get("order.overdue"));
    }

    @Test
    void an_answer_in_time_ends_the_wait() {
        lives.tell(opening()).tell(done()).tell(order(KEY, DONE + 60).says("order.receipt", "R-1"));

        assertNull(due());
        assertEquals(AttributeValue.of(false), known("order.asked"));
    }

    @Test
    void an_answer_after_the_wait_takes_it_back() {
        lives.tell(opening()).tell(done());
        lives.wake(KEY, Purpose.OVERDUE);
        lives.tell(order(KEY, DONE + 2 * HOUR).says("order.receipt", "R-1"));

        assertNull(known("order.overdue"));
        assertEquals(AttributeValue.of("none"), known("order.worry"));
    }

    @Test
    void the_wait_begins_when_it_was_asked_whenever_that_is_heard() {
        lives.tell(opening()).tell(done(), DONE + 3 * HOUR);

        assertEquals(AttributeValue.of(true), known("order.overdue"));
        assertNull(due());
    }

    @Test
    void what_else_is_told_meanwhile_does_not_move_it() {
        lives.tell(opening()).tell(done());
        lives.tell(order(KEY, DONE + HOUR / 2).says("order.title", "Coffee"));

        assertEquals(DONE + HOUR, due());
    }

    @Test
    void what_is_told_again_begins_the_wait_anew_but_not_after_it() {
        lives.tell(opening()).tell(done()).tell(order(KEY, DONE + 60).says("order.told", "done"));
        assertEquals(DONE + 60 + HOUR, due());

        lives.wake(KEY, Purpose.OVERDUE);
        lives.tell(order(KEY, DONE + 2 * HOUR).says("order.told", "done"));
        assertNull(due());
        assertEquals(AttributeValue.of(true), known("order.overdue"));
    }

    @Test
    void a_step_that_looks_at_no_attributes_does_not_move_it() {
        lives.tell(opening()).tell(order(KEY, T0 + 1).says("order.told", "packed"));
        Lives other = lives(List.of(new Derived(
                "order.overdue",
                scope -> "packed".equals(Lives.after(scope, "order.told")),
                Set.of("order.told"),
                40 * HOUR)));
        other.tell(opening()).tell(order(KEY, T0 + 1).says("order.told", "packed"));
        other.wake(KEY, Purpose.SLICE);

        assertEquals(T0 + 1 + 40 * HOUR, other.due(KEY, Purpose.OVERDUE));
        assertNull(due());
    }

    @Test
    void of_several_waits_the_first_wakes_it_then_the_next() {
        Expression always = scope -> "done".equals(Lives.after(scope, "order.told"));
        Lives several = lives(List.of(
                new Derived("order.overdue", always, Set.of("order.told"), 3 * HOUR),
                new Derived("order.sooner", always, Set.of("order.told"), HOUR)));
        several.tell(opening()).tell(done());
        assertEquals(DONE + HOUR, several.due(KEY, Purpose.OVERDUE));
        several.wake(KEY, Purpose.OVERDUE);
        assertEquals(Set.of("order.sooner"), several.instance().derived().keySet());
        several.wake(KEY, Purpose.OVERDUE);

        assertEquals(
                Set.of("order.sooner", "order.overdue"),
                several.instance().derived().keySet());
    }

    @Test
    void where_nothing_was_told_nothing_is_waited_for() {
        Lives asks = lives(List.of(new Derived("order.overdue", scope -> true, Set.of("order.receipt"), HOUR)));
        asks.tell(opening());

        assertNull(asks.instance().timers().due().get(Purpose.OVERDUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "acb", "bac", "bca", "cab", "cba"})
    void the_order_in_which_it_is_told_changes_nothing(String order) {
        Map<Character, SignalBuilder> all =
                Map.of('a', opening(), 'b', done(), 'c', order(KEY, T0 + HOUR).says("order.title", "Coffee"));
        for (char each : order.toCharArray()) {
            lives.tell(all.get(each), DONE + 60);
        }
        assertEquals(DONE + HOUR, due());
        lives.wake(KEY, Purpose.OVERDUE);

        assertTrue(lives.instance().derived().containsKey("order.overdue"));
    }
}
