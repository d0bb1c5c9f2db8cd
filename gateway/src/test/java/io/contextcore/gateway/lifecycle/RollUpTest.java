package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Trees.opened;
import static io.contextcore.gateway.lifecycle.Trees.part;
import static io.contextcore.gateway.lifecycle.Trees.real;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Kin;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums over children: who counts, when it shows, and what it costs. */
final class RollUpTest {

    private final Lives lives = Trees.lives();

    @Test
    void withoutChildrenThereIsNoSum() {
        lives.tell(opened("p"));

        assertNull(value("p", "part.count"));
        assertNull(value("p", "part.weight"));
    }

    @Test
    void theSumIsThatOfTheChildrenAndStandsBesideWhatIsDerivedFromIt() {
        lives.tell(opened("p"))
                .tell(opened("a").parent("part", "p").is("part.points", real(3)))
                .tell(opened("b").parent("part", "p").is("part.points", real(1)))
                .tell(part("b", T0 + HOUR).says("part.told", "done"));

        assertEquals(AttributeValue.of(2), value("p", "part.count"));
        assertEquals(real(4), value("p", "part.weight"));
        assertEquals(real(25), value("p", "part.percent"));
    }

    @Test
    void aSumGoesUpAnyNumberOfLevels() {
        for (int level = 0; level < 10; level++) {
            lives.tell(opened("l" + level).parent("part", "l" + (level - 1)));
        }
        lives.tell(opened("leaf").parent("part", "l9").is("part.points", real(0.1)));

        assertEquals(real(0.1), value("l0", "part.weight"));
        assertEquals(real(0.1), value("l9", "part.weight"));
    }

    @Test
    void aChangeCostsTheDepthOfTheTreeAndNotTheNumberOfSiblings() {
        lives.tell(opened("top")).tell(opened("mid").parent("part", "top"));
        for (int i = 0; i < 300; i++) {
            lives.tell(opened("c" + i).parent("part", "mid").is("part.points", real(1)));
        }
        int before = lives.steps;

        lives.tell(part("c7", T0 + HOUR).is("part.points", real(2)));

        assertEquals(3, lives.steps - before);
        assertEquals(real(301), value("top", "part.weight"));
    }

    @Test
    void whatChangesNothingForTheParentIsNotTold() {
        lives.tell(opened("p")).tell(opened("a").parent("part", "p"));
        int before = lives.steps;

        lives.tell(part("a", T0 + HOUR).says("part.told", "begun"));

        assertEquals(1, lives.steps - before);
    }

    @Test
    void aLateParentKnowsItsChildrenFromTheStart() {
        lives.tell(opened("a").parent("part", "p").is("part.points", real(2)));
        assertEquals(Instance.Stage.SHADOW, instance("p").stage());
        assertNull(instance("p").firstAt());
        assertTrue(instance("p").timers().due().isEmpty()
                || !instance("p").timers().due().containsKey(Purpose.ADOPT));

        lives.tell(opened("p"));

        assertEquals(real(2), value("p", "part.weight"));
        assertEquals(
                real(2), lives.spans.get(lives.spans.size() - 1).attributes().get("part.weight"));
    }

    @Test
    void aChildThatMovesLeavesTheOneAndJoinsTheOther() {
        lives.tell(opened("p")).tell(opened("q"));
        lives.tell(opened("a").parent("part", "p").is("part.points", real(2)));

        lives.tell(part("a", T0 + HOUR).parent("part", "q").is("part.points", real(5)));

        assertNull(value("p", "part.weight"));
        assertEquals(0, instance("p").kin().members());
        assertEquals(Kin.none().sums(), instance("p").kin().sums());
        assertEquals(real(5), value("q", "part.weight"));
    }

    @Test
    void aChildWithoutAParentCountsNowhere() {
        lives.tell(opened("p")).tell(opened("a").parent("part", "p").is("part.points", real(2)));

        lives.tell(part("a", T0 + HOUR).noParent());

        assertEquals(0, instance("p").kin().members());
        assertNull(instance("a").kin().membership());
    }

    @Test
    void aChildThatLeavesCountsNoMoreAndCountsAgainWhenItComesBack() {
        lives.tell(opened("p")).tell(opened("a").parent("part", "p").is("part.points", real(2)));

        lives.tell(part("a", T0 + HOUR).is("part.gone", AttributeValue.of(true)));
        assertNull(value("p", "part.weight"));

        lives.tell(part("a", T0 + 2 * HOUR).is("part.gone", AttributeValue.of(false)));
        assertEquals(real(2), value("p", "part.weight"));
    }

    @Test
    void aShadowCountsOnlyOnceItIsOpen() {
        lives.tell(opened("p")).tell(part("a", T0).parent("part", "p").is("part.points", real(2)));
        assertNull(value("p", "part.weight"));

        lives.tell(part("a", T0 + SECOND).start(T0));
        assertEquals(real(2), value("p", "part.weight"));
    }

    @Test
    void anEndedChildCountsOn() {
        lives.tell(opened("p"))
                .tell(opened("a").parent("part", "p").is("part.points", real(2)))
                .tell(part("a", T0 + HOUR).says("part.told", "done"));

        assertEquals(real(2), value("p", "part.weight"));
        assertEquals(real(2), value("p", "part.done"));
    }

    @Test
    void theSumWinsOverWhatAMappingTells() {
        lives.tell(opened("p").is("part.weight", real(99)));
        assertNull(value("p", "part.weight"));

        lives.tell(opened("a").parent("part", "p").is("part.points", real(2)));
        assertEquals(real(2), value("p", "part.weight"));
    }

    @Test
    void aShareThatIsTooLargeCountsAsNothing() {
        lives.tell(opened("p")).tell(opened("a").parent("part", "p").is("part.points", real(9e12)));
        assertEquals(real(9e12), value("p", "part.weight"));
        assertFalse(lives.notes.contains(Note.NOT_A_SUM));

        lives.tell(part("a", T0 + SECOND).is("part.points", real(1e13)));
        assertEquals(real(0), value("p", "part.weight"));
        assertTrue(lives.notes.contains(Note.NOT_A_SUM));
    }

    @Test
    void tenthsAddUpToTheLastDigit() {
        lives.tell(opened("p"));
        for (int i = 0; i < 10; i++) {
            lives.tell(opened("c" + i).parent("part", "p").is("part.points", real(0.1)));
        }

        assertEquals(real(1.0), value("p", "part.weight"));
    }

    @Test
    void aPhaseThatIsDerivedFromSumsChangesWithThem() {
        lives.tell(opened("p"))
                .tell(opened("a").parent("part", "p").is("part.points", real(2)))
                .tell(part("a", T0 + HOUR).says("part.told", "done"));

        assertEquals("ready", instance("p").phase().value());
        assertTrue(lives.events().contains("part.status_changed"));
        assertEquals(T0 + HOUR, instance("p").phase().start());
    }

    @Test
    void aChangeOfSumsAloneIsNoActivityAndAtMostOneLogAMinute() {
        lives.tell(opened("p")).tell(opened("a").parent("part", "p").is("part.points", real(1)));
        int spans = ofTrace("p");
        lives.tell(part("a", T0 + HOUR).is("part.points", real(2)))
                .tell(part("a", T0 + HOUR + SECOND).is("part.points", real(3)))
                .tell(part("a", T0 + HOUR + 2 * SECOND).is("part.points", real(4)));

        assertEquals(spans, ofTrace("p"));
        assertEquals(1, rolledUp().size());
        assertEquals(real(1), rolledUp().get(0).body().get("part.weight_from"));

        long due = instance("p").timers().due().get(Purpose.ROLL_UP);
        assertEquals(T0 + HOUR + 60 * SECOND, due);
        lives.wake("p", Purpose.ROLL_UP);
        assertEquals(2, rolledUp().size());
        assertEquals(real(2), rolledUp().get(1).body().get("part.weight_from"));
        assertEquals(real(4), rolledUp().get(1).body().get("part.weight"));
        assertEquals(due, rolledUp().get(1).time());
        assertFalse(instance("p").timers().due().containsKey(Purpose.ROLL_UP));

        lives.tell(part("a", T0 + HOUR + 120 * SECOND - 1).is("part.points", real(5)));
        assertEquals(2, rolledUp().size());
    }

    @Test
    void aMinuteLaterTheNextChangeIsLoggedAtOnce() {
        lives.tell(opened("p")).tell(opened("a").parent("part", "p").is("part.points", real(1)));
        lives.tell(part("a", T0 + HOUR).is("part.points", real(2)))
                .tell(part("a", T0 + HOUR + 60 * SECOND).is("part.points", real(3)));

        assertEquals(2, rolledUp().size());
    }

    @Test
    void whatADeliveryToldMeanwhileIsNotToldAgain() {
        lives.tell(opened("p")).tell(opened("a").parent("part", "p").is("part.points", real(1)));
        lives.tell(part("a", T0 + HOUR).is("part.points", real(2)))
                .tell(part("a", T0 + HOUR + SECOND).is("part.points", real(3)))
                .tell(part("p", T0 + HOUR + 2 * SECOND).says("part.told", "begun"));
        long told =
                lives.events().stream().filter("part.status_changed"::equals).count();

        lives.wake("p", Purpose.ROLL_UP);

        assertEquals(
                told,
                lives.events().stream().filter("part.status_changed"::equals).count());
        assertEquals(2, rolledUp().size());
    }

    @Test
    void anEndedParentLogsNoSums() {
        lives.tell(opened("p")).tell(opened("a").parent("part", "p").is("part.points", real(1)));
        lives.tell(part("a", T0 + HOUR).is("part.points", real(2)))
                .tell(part("a", T0 + HOUR + SECOND).is("part.points", real(3)))
                .tell(part("p", T0 + HOUR + 2 * SECOND).says("part.told", "dropped"));

        assertTrue(instance("p").timers().due().isEmpty());
        lives.tell(part("a", T0 + 2 * HOUR).is("part.points", real(4)));
        assertEquals(1, rolledUp().size());
        assertEquals(real(4), value("p", "part.weight"));
    }

    @Test
    void parentsInACircleStopAndHealOnceTheCircleIsBroken() {
        lives.tell(opened("a").parent("part", "b").is("part.points", real(1)));
        lives.tell(opened("b").parent("part", "a").is("part.points", real(2)));
        assertTrue(lives.steps < 300, "stepped " + lives.steps);
        assertTrue(lives.notes.contains(Note.PARENT_CYCLE) || lives.steps < 20);

        lives.tell(part("a", T0 + HOUR).noParent());
        lives.tell(part("b", T0 + 2 * HOUR).is("part.points", real(3)));

        assertEquals(real(3), value("a", "part.weight"));
        assertNull(value("b", "part.weight"));
    }

    @Test
    void nobodyIsItsOwnParent() {
        lives.tell(opened("a").parent("part", "a").is("part.points", real(1)));

        assertEquals(1, lives.steps);
        assertTrue(lives.notes.contains(Note.PARENT_CYCLE));
        assertNull(value("a", "part.weight"));
    }

    @Test
    void aTreeOfTheDepthOfTheHopLimitIsSummedUpAndOneLevelMoreIsNot() {
        int levels = Limits.defaults().hops() - 1;
        for (int level = 1; level <= levels; level++) {
            lives.tell(opened("l" + level).parent("part", "l" + (level - 1)));
        }

        lives.tell(part("l" + levels, T0 + HOUR).is("part.points", real(1)));
        assertEquals(1_000_000, instance("l0").kin().sums().get("part.weight"));
        assertFalse(lives.notes.contains(Note.PARENT_CYCLE));

        lives.tell(opened("deeper").parent("part", "l" + levels).is("part.points", real(5)));
        assertEquals(1_000_000, instance("l0").kin().sums().get("part.weight"));
        assertTrue(lives.notes.contains(Note.PARENT_CYCLE));

        lives.tell(part("l1", T0 + 2 * HOUR).says("part.told", "begun"));
        assertEquals(5_000_000, instance("l0").kin().sums().get("part.weight"));
    }

    @Test
    void aChildOfAnOpenAnchorIsToldThere() {
        lives.tell(opened("p")).tell(opened("a").parent("part", "p"));

        var added = lives.spans.stream()
                .filter(span -> span.traceId().equals(TelemetryIds.traceId("p")))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertEquals("part.child_came", added.name());
        assertEquals(AttributeValue.of(1), added.attributes().get("part.count"));
        assertEquals(TelemetryIds.traceId("a"), added.links().get(0).traceId());
        assertEquals(
                AttributeValue.of("child"), added.links().get(0).attributes().get("contextcore.link"));
        assertTrue(lives.events().contains("part.child_came"));
    }

    private List<LogRecord> rolledUp() {
        return lives.logs.stream()
                .filter(log -> log.eventName().equals("part.rolled_up"))
                .toList();
    }

    private int ofTrace(String key) {
        return (int) lives.spans.stream()
                .filter(span -> span.traceId().equals(TelemetryIds.traceId(key)))
                .count();
    }

    private AttributeValue value(String key, String name) {
        return Trees.values(lives, key).get(name);
    }

    private Instance instance(String key) {
        return (Instance) lives.rows.get(key);
    }
}
