package io.contextcore.gateway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Message.Bond;
import io.contextcore.gateway.model.Message.Share;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Timers.Purpose;
import io.contextcore.gateway.model.Told;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Words between rows that come when the row is not what it was: they change nothing that they could make wrong. */
class StaleWordsTest {

    private static final long T0 = History.T0;
    private static final Origin ORIGIN = new Origin("shop", "shop//1", 1, "", 0, 0);
    private static final Reference ORDER = Reference.key("order", "shop/order/1");
    private final LifecycleEngine engine =
            new LifecycleEngine(Shop.lifecycles(), Shop.conventions(), Limits.defaults());

    @Test
    void aChildThatWasCountedInAForgottenLifeTakesNothingFromTheNextOne() {
        Row order = engine.step(null, opening(ORDER), T0).row();
        for (Bond bond : List.of(Bond.LEFT, Bond.KEPT)) {
            StepResult result = engine.step(order, share(bond, -1_000_000), T0 + 1);
            assertEquals(0, ((Instance) result.row()).kin().members());
            assertEquals(Map.of(), ((Instance) result.row()).kin().sums());
            assertEquals(List.of(StepResult.Note.LATE_FOR_FORGOTTEN), result.notes());
        }
        StepResult joined = engine.step(order, share(Bond.JOINED, 1_000_000), T0 + 1);
        assertEquals(1, ((Instance) joined.row()).kin().members());
    }

    @Test
    void aWordToTheChildrenOfAnotherLifecycleIsLeftOut() {
        Row order = engine.step(null, opening(ORDER), T0).row();
        Reference wrong = Reference.key("visit", ORDER.name());
        Message words = new Message.ToChildren(wrong, new TreeMap<>(), opening(Reference.key("visit", "")));
        StepResult result = engine.step(order, words, T0 + 1);
        assertSame(order, result.row());
        assertEquals(List.of(StepResult.Note.WRONG_LIFECYCLE), result.notes());
    }

    @Test
    void aTallyThatTheMappingsDoNotKnowForAWhileStillKnowsItsMembers() {
        LifecycleEngine without =
                new LifecycleEngine(new LifecycleDefinition.Catalogue(Map.of()), Shop.conventions(), Limits.defaults());
        Tally.Group group = new Tally.Group(new TreeMap<>(), 2, new TreeMap<>(), true);
        Tally tally = new Tally(
                Tally.key("order", "shop.snapshot", "shop/s0"),
                "shop",
                "order",
                "shop.snapshot",
                new TreeMap<>(),
                new TreeMap<>(Map.of("", group)),
                null,
                Timers.none().with(Purpose.TALLY, T0).with(Purpose.TALLY_REPEAT, T0 + 1));

        StepResult unknown = without.wake(tally, Purpose.TALLY, T0, T0, true);

        assertEquals(List.of(), unknown.emission().logs());
        StepResult known = engine.wake(unknown.row(), Purpose.TALLY_REPEAT, T0 + 1, T0 + 1, true);
        assertEquals(1, known.emission().logs().size());
        assertEquals(2, ((Tally) known.row()).groups().get("").members());
    }

    private static Signal opening(Reference target) {
        return new Signal(
                target,
                T0,
                T0,
                null,
                null,
                null,
                null,
                new TreeMap<>(Map.of("order.told", Told.of(AttributeValue.of("new")))),
                new TreeMap<>(),
                List.of(),
                List.of(),
                T0,
                ORIGIN);
    }

    private static Share share(Bond bond, long parts) {
        return new Share(
                ORDER,
                Reference.key("order", "shop/order/2"),
                bond,
                false,
                new TreeMap<>(),
                new TreeMap<>(Map.of("order.parts", parts)),
                T0,
                T0,
                ORIGIN);
    }
}
