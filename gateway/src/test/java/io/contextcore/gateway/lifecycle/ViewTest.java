package io.contextcore.gateway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Below;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.model.LifecycleDefinition.Shape;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How new an attribute is that is derived from others. */
final class ViewTest {

    private static final Expression NOTHING = scope -> Nothing.ABSENT;

    private final Draft draft = Draft.shadow(Reference.key("order", "o"), "shop", Lives.T0);

    @Test
    void aDerivedAttributeIsAsNewAsTheNewestThatItReads() {
        told("old", 1);
        told("new", 3);
        draft.sets.put("set", new TreeMap<>(Map.of("member", new Cell<>(false, 5, 1))));
        LifecycleDefinition definition = definition(List.of(
                new Derived("plain", NOTHING, Set.of("old", "new")),
                new Derived("over", NOTHING, Set.of("plain", "unknown")),
                new Derived("all", NOTHING, Set.of("over", "set"))));

        assertEquals(3, View.toldAt(draft, definition, "plain"));
        assertEquals(3, View.toldAt(draft, definition, "over"));
        assertEquals(5, View.toldAt(draft, definition, "all"));
        assertEquals(1, View.toldAt(draft, definition, "old"));
        assertEquals(Long.MIN_VALUE, View.toldAt(draft, definition, "unknown"));
    }

    @Test
    void whatIsToldAndDerivedFromItselfIsAsNewAsItWasTold() {
        told("self", 4);

        assertEquals(4, View.toldAt(draft, definition(List.of(new Derived("self", NOTHING, Set.of("self")))), "self"));
    }

    /** By each of 2 to the power of 40 ways, it would take days. */
    @Test
    void aChainOfDiamondsIsWalkedOnceAndNotByEachWay() {
        List<Derived> rules = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            rules.add(new Derived("left" + i, NOTHING, Set.of("node" + (i - 1))));
            rules.add(new Derived("right" + i, NOTHING, Set.of("node" + (i - 1))));
            rules.add(new Derived("node" + i, NOTHING, Set.of("left" + i, "right" + i)));
        }
        told("node0", 7);
        LifecycleDefinition definition = definition(rules);

        assertEquals(
                7, assertTimeoutPreemptively(Duration.ofSeconds(30), () -> View.toldAt(draft, definition, "node40")));
    }

    private void told(String attribute, long at) {
        draft.attributes.put(attribute, new Cell<>(AttributeValue.of("x"), at, 1));
    }

    private static LifecycleDefinition definition(List<Derived> derive) {
        return new LifecycleDefinition(
                "order",
                Shape.ANCHOR,
                scope -> "order",
                Span.Kind.INTERNAL,
                null,
                null,
                false,
                null,
                false,
                Set.of(),
                Set.of(),
                derive,
                null,
                List.of(),
                Below.nothing(),
                List.of(),
                List.of(),
                new Times(Lives.HOUR, null, 0, null, 0));
    }
}
