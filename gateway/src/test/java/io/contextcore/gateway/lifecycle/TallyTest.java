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
import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts and sums of instances by group. */
final class TallyTest {

    private static final String HERE = Tally.key("part", "place.snapshot", "at/here");

    private final Lives lives = Trees.lives();

    @Test
    void instancesAreCountedByGroupAndTheirMeasuresSummedUp() {
        lives.tell(placed("a", "red", 1)).tell(placed("b", "red", 2)).tell(placed("c", "blue", 4));

        List<LogRecord> logs = sent(Purpose.TALLY);

        assertEquals(2, logs.size());
        LogRecord red = of(logs, "red");
        assertEquals("place.snapshot", red.eventName());
        assertEquals(AttributeValue.of(2), red.body().get("part.count"));
        assertEquals(real(3), red.body().get("part.points"));
        assertEquals(AttributeValue.of("here"), red.body().get("part.place"));
        assertEquals(AttributeValue.of("new"), red.body().get("part.told"));
        assertEquals(TelemetryIds.traceId(HERE), red.traceId());
        assertEquals(TelemetryIds.spanId(HERE, "root"), red.spanId());
        assertEquals(AttributeValue.of(1), of(logs, "blue").body().get("part.count"));
    }

    @Test
    void changesOfOneMomentAreOneLog() {
        lives.tell(placed("a", "red", 1)).tell(placed("b", "red", 2));

        assertEquals(T0 + TallyStep.SETTLE_NANOS, tally().timers().due().get(Purpose.TALLY));
        List<LogRecord> logs = sent(Purpose.TALLY);

        assertEquals(1, logs.size());
        assertEquals(T0 + TallyStep.SETTLE_NANOS, logs.get(0).time());
        assertFalse(tally().timers().due().containsKey(Purpose.TALLY));
    }

    @Test
    void whatHasNotChangedIsNotSentAndWhatChangesIsSentAtMostOnceAMinute() {
        lives.tell(placed("a", "red", 1)).tell(placed("b", "blue", 1));
        sent(Purpose.TALLY);

        lives.tell(part("a", T0 + 2 * SECOND).is("part.points", real(7)));

        assertEquals(T0 + 61 * SECOND, tally().timers().due().get(Purpose.TALLY));
        List<LogRecord> logs = sent(Purpose.TALLY);
        assertEquals(1, logs.size());
        assertEquals(real(7), of(logs, "red").body().get("part.points"));
    }

    @Test
    void aMemberThatMovesLeavesItsGroupAndAnEmptiedGroupIsToldOnceMore() {
        lives.tell(placed("a", "red", 1));
        sent(Purpose.TALLY);
        lives.tell(part("a", T0 + HOUR).says("part.colour", "blue"));

        List<LogRecord> logs = sent(Purpose.TALLY);

        assertEquals(AttributeValue.of(0), of(logs, "red").body().get("part.count"));
        assertEquals(real(0), of(logs, "red").body().get("part.points"));
        assertEquals(AttributeValue.of(1), of(logs, "blue").body().get("part.count"));
        assertEquals(1, tally().groups().size());
        assertEquals(1, sent(Purpose.TALLY_REPEAT).size());
    }

    @Test
    void allGroupsAreToldAgainEveryFiveMinutesAndWhatWasMissedIsNotMadeUp() {
        lives.tell(placed("a", "red", 1)).tell(placed("b", "blue", 1));
        sent(Purpose.TALLY);
        long due = tally().timers().due().get(Purpose.TALLY_REPEAT);
        assertEquals(0, due % TallyStep.REPEAT_NANOS);
        assertTrue(due > T0 && due <= T0 + TallyStep.REPEAT_NANOS);

        List<LogRecord> logs = sent(Purpose.TALLY_REPEAT);

        assertEquals(2, logs.size());
        assertEquals(due, logs.get(0).time());
        assertEquals(due + TallyStep.REPEAT_NANOS, tally().timers().due().get(Purpose.TALLY_REPEAT));
        long later = due + 10 * TallyStep.REPEAT_NANOS;
        StepResult late = lives.engine.wake(tally(), Purpose.TALLY_REPEAT, due, later, true);
        assertEquals(later + TallyStep.REPEAT_NANOS, late.row().timers().due().get(Purpose.TALLY_REPEAT));
    }

    @Test
    void aTallyWithoutMembersGoesOnceItHasSaidSo() {
        lives.tell(placed("a", "red", 1));
        lives.tell(part("a", T0 + SECOND).is("part.gone", AttributeValue.of(true)));

        List<LogRecord> logs = sent(Purpose.TALLY);

        assertEquals(AttributeValue.of(0), logs.get(0).body().get("part.count"));
        assertTrue(tally().groups().isEmpty());
        assertEquals(T0 + 61 * SECOND, tally().timers().due().get(Purpose.TALLY));
        assertEquals(List.of(), sent(Purpose.TALLY), "nothing is told twice");
        assertNull(lives.rows.get(HERE));
        lives.tell(part("a", T0 + 2 * SECOND).is("part.gone", AttributeValue.of(false)));
        assertEquals(1, tally().groups().size());
    }

    @Test
    void aGroupThatComesAndGoesIsToldOnceAMinute() {
        lives.tell(placed("a", "red", 1));
        List<Long> told = new ArrayList<>();
        for (int flip = 1; flip <= 8; flip++) {
            long due = tally().timers().due().get(Purpose.TALLY);
            told.add(due);
            assertEquals(1, sent(Purpose.TALLY).size());
            long now = due + SECOND;
            lives.tell(part("a", now).is("part.gone", AttributeValue.of(flip % 2 == 1)), now);
        }
        for (int i = 1; i < told.size(); i++) {
            assertEquals(TallyStep.INTERVAL_NANOS, told.get(i) - told.get(i - 1));
        }
    }

    @Test
    void whoIsNamedOnlyOrWithoutAPlaceIsNotCounted() {
        lives.tell(part("a", T0).says("part.place", "here"));
        lives.tell(opened("b"));

        assertNull(lives.rows.get(HERE));
        lives.tell(part("a", T0 + SECOND).start(T0));
        assertEquals(1, tally().groups().values().iterator().next().members());
    }

    @Test
    void anEndedInstanceCountsOn() {
        lives.tell(placed("a", "red", 1)).tell(part("a", T0 + SECOND).says("part.told", "done"));

        assertEquals(AttributeValue.of("done"), ofMembers().get(0).values().get("part.told"));
    }

    @Test
    void aChangeOfPlaceMovesToAnotherTally() {
        lives.tell(placed("a", "red", 1)).tell(part("a", T0 + SECOND).says("part.place", "there"));

        assertTrue(ofMembers().isEmpty());
        Tally there = (Tally) lives.rows.get(Tally.key("part", "place.snapshot", "at/there"));
        assertEquals(1, there.groups().values().iterator().next().members());
    }

    @Test
    void whatChangesNothingForATallyIsNotTold() {
        lives.tell(placed("a", "red", 1));
        int before = lives.steps;

        lives.tell(part("a", T0 + SECOND).says("part.place", "here"));

        assertEquals(1, lives.steps - before);
    }

    @Test
    void atTheCapGroupsAreWholeAndOnePastItIsCountedWithTheSurplus() {
        Limits limits = Limits.defaults();
        Map<String, Tally.Group> groups;
        for (int i = 0; i < limits.tallyGroups(); i++) {
            lives.tell(placed("p" + i, "c" + i, 1));
        }
        assertFalse(lives.notes.contains(Note.TALLY_CAPPED));
        assertEquals(limits.tallyGroups(), tally().groups().size());

        lives.tell(placed("x", "x", 3)).tell(placed("y", "y", 5));
        assertTrue(lives.notes.contains(Note.TALLY_CAPPED));
        assertEquals(limits.tallyGroups() + 1, tally().groups().size());
        LogRecord surplus = sent(Purpose.TALLY).stream()
                .filter(log -> log.body().containsKey("contextcore.overflow"))
                .findFirst()
                .orElseThrow();
        assertEquals(AttributeValue.of(2), surplus.body().get("part.count"));
        assertEquals(real(8), surplus.body().get("part.points"));
        assertNull(surplus.body().get("part.colour"));

        lives.tell(part("p0", T0 + HOUR).says("part.colour", "x"));
        lives.tell(part("x", T0 + HOUR).is("part.gone", AttributeValue.of(true)));
        lives.tell(part("y", T0 + HOUR).is("part.gone", AttributeValue.of(true)));
        lives.tell(part("p0", T0 + HOUR + SECOND).is("part.gone", AttributeValue.of(true)));
        sent(Purpose.TALLY);
        groups = tally().groups();
        assertEquals(limits.tallyGroups() - 1, groups.size());
        assertTrue(groups.values().stream().allMatch(group -> group.members() == 1));
    }

    private static SignalBuilder placed(String key, String colour, double points) {
        return opened(key)
                .says("part.place", "here")
                .says("part.colour", colour)
                .is("part.points", real(points));
    }

    private Tally tally() {
        return (Tally) lives.rows.get(HERE);
    }

    private List<Tally.Group> ofMembers() {
        return tally().groups().values().stream()
                .filter(group -> group.members() > 0)
                .toList();
    }

    /** What the tally sends when it is woken. */
    private List<LogRecord> sent(Purpose purpose) {
        int before = lives.logs.size();
        lives.wake(HERE, purpose);
        return new ArrayList<>(lives.logs.subList(before, lives.logs.size()));
    }

    private static LogRecord of(List<LogRecord> logs, String colour) {
        return logs.stream()
                .filter(log -> AttributeValue.of(colour).equals(log.body().get("part.colour")))
                .findFirst()
                .orElseThrow();
    }
}
