package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Trees.job;
import static io.contextcore.gateway.lifecycle.Trees.opened;
import static io.contextcore.gateway.lifecycle.Trees.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Kin;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Span;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Open children as their parent lists them: told together, ended together. */
final class ChildrenTest {

    private final Lives lives = Trees.lives();

    @Test
    void openChildrenOfAListedLifecycleAreListedWithTheirLabels() {
        lives.tell(opened("p"))
                .tell(begun("b", "hammer"))
                .tell(begun("a", "saw"))
                .tell(opened("sub").parent("part", "p"))
                .tell(Lives.signal("plain", "c", T0).start(T0).parent("part", "p"));

        assertEquals(
                List.of(
                        new Kin.Child(Reference.key("job", "a"), tool("saw")),
                        new Kin.Child(Reference.key("job", "b"), tool("hammer"))),
                instance("p").kin().children());
    }

    @Test
    void aLabelThatChangesIsListedAnew() {
        lives.tell(opened("p"))
                .tell(begun("a", "saw"))
                .tell(job("a", T0 + SECOND).says("job.tool", "file"));

        assertEquals(tool("file"), instance("p").kin().children().get(0).labels());
    }

    @Test
    void whoEndsOrMovesIsListedNoMore() {
        lives.tell(opened("p"))
                .tell(opened("q"))
                .tell(begun("a", "saw"))
                .tell(begun("b", "saw"))
                .tell(job("a", T0 + SECOND).end(T0 + SECOND))
                .tell(job("b", T0 + SECOND).parent("part", "q"));

        assertTrue(instance("p").kin().children().isEmpty());
        assertEquals(1, instance("q").kin().children().size());
        assertEquals(1, instance("p").kin().members());
    }

    @Test
    void atTheCapAllAreListedAndOnePastItIsNot() {
        int cap = Limits.defaults().children();
        lives.tell(opened("p"));
        for (int i = 0; i < cap; i++) {
            lives.tell(begun("j" + i, "saw"));
        }
        assertEquals(cap, instance("p").kin().children().size());
        assertFalse(lives.notes.contains(Note.CAPPED));

        lives.tell(begun("x", "saw"));
        assertEquals(cap, instance("p").kin().children().size());
        assertTrue(lives.notes.contains(Note.CAPPED));
        assertEquals(cap + 1, instance("p").kin().members());
    }

    @Test
    void whenTheParentEndsItsOpenChildrenEndWithItOnEveryLevel() {
        lives.tell(opened("p"))
                .tell(begun("a", "saw"))
                .tell(Lives.signal("step", "s", T0).start(T0).parent("job", "a"))
                .tell(part("p", T0 + HOUR).says("part.told", "done").end(T0 + HOUR));

        Span job = lives.span("job");
        assertEquals(T0 + HOUR, job.end());
        assertEquals(AttributeValue.of("interrupted"), job.attributes().get("job.outcome"));
        assertEquals(T0 + HOUR, lives.span("step").end());
        assertEquals(
                AttributeValue.of("parent-ended"),
                lives.span("step").attributes().get("step.outcome"));
        assertTrue(lives.events().containsAll(List.of("job.ended", "step.ended")));
        assertTrue(instance("p").kin().children().isEmpty());
        assertTrue(instance("a").kin().children().isEmpty());
    }

    @Test
    void whoComesToAnEndedParentEndsToo() {
        lives.tell(opened("p").says("part.told", "done").end(T0 + SECOND)).tell(begun("a", "saw"));

        assertEquals(Stage.ENDED, instance("a").stage());
        assertEquals(T0 + SECOND, instance("a").endedAt());
    }

    @Test
    void whoBeganAfterTheParentsEndLastsNoTime() {
        lives.tell(opened("p").says("part.told", "done").end(T0 + SECOND))
                .tell(job("a", T0 + HOUR).start(T0 + HOUR).parent("part", "p"));

        assertEquals(T0 + HOUR, instance("a").endedAt());
    }

    @Test
    void anEndThatIsToldOfTheChildItselfWinsInAnyOrder() {
        SignalBuilder end = job("a", T0 + 2 * SECOND).end(T0 + 2 * SECOND).outcome("success");
        SignalBuilder parentsEnd =
                part("p", T0 + HOUR).says("part.told", "done").end(T0 + HOUR);
        lives.tell(opened("p")).tell(begun("a", "saw")).tell(parentsEnd).tell(end);
        Lives other = Trees.lives()
                .tell(opened("p"))
                .tell(begun("a", "saw"))
                .tell(end)
                .tell(parentsEnd);

        assertEquals(T0 + 2 * SECOND, instance("a").endedAt());
        assertTrue(lives.notes.contains(Note.ENDED_LATE));
        assertFalse(other.notes.contains(Note.ENDED_LATE));
        for (Lives each : List.of(lives, other)) {
            Instance a = (Instance) each.rows.get("a");
            assertEquals(T0 + 2 * SECOND, a.endedAt());
            assertEquals("success", a.outcome().value());
            assertNull(a.kin().endedAbove());
        }
        assertEquals(1, lives.spanNames().stream().filter("job"::equals).count());
        assertEquals(T0 + HOUR, lives.span("job").end());
        assertEquals(T0 + 2 * SECOND, other.span("job").end());
    }

    @Test
    void thatItHasNoEndYetIsNoObstacleUnlessItIsToldLater() {
        lives.tell(opened("p"))
                .tell(begun("a", "saw").end(null))
                .tell(begun("b", "saw"))
                .tell(job("b", T0 + 2 * HOUR).end(null))
                .tell(part("p", T0 + HOUR).says("part.told", "done").end(T0 + HOUR));

        assertEquals(Stage.ENDED, instance("a").stage());
        assertEquals(Stage.OPEN, instance("b").stage());
    }

    @Test
    void aSignalToChildrenReachesThoseWithTheLabelsThatItNames() {
        lives.tell(opened("p"))
                .tell(begun("a", "saw"))
                .tell(begun("b", "hammer"))
                .tell(begun("c", "saw"));

        toChildren(Reference.key("part", "p"), tool("saw"));

        assertEquals(Stage.ENDED, instance("a").stage());
        assertEquals("stopped", instance("a").outcome().value());
        assertEquals(Stage.OPEN, instance("b").stage());
        assertEquals(Stage.ENDED, instance("c").stage());
        assertEquals(2, lives.spanNames().stream().filter("job"::equals).count());
    }

    @Test
    void aSignalToChildrenGoesByAnAliasOfTheParentToo() {
        lives.tell(opened("p").alias("P-1")).tell(begun("a", "saw"));

        toChildren(Reference.alias("part", "P-1"), new TreeMap<>());

        assertEquals(Stage.ENDED, instance("a").stage());
    }

    @Test
    void withoutSuchChildrenItIsOnlyNoted() {
        lives.tell(opened("p")).tell(begun("a", "saw"));
        Map<String, io.contextcore.gateway.model.Row> before = Map.copyOf(lives.rows);

        toChildren(Reference.key("part", "p"), tool("file"));
        toChildren(Reference.key("part", "unknown"), tool("saw"));

        assertEquals(before, lives.rows);
        assertEquals(2, lives.notes.stream().filter(Note.NO_CHILDREN::equals).count());
    }

    private void toChildren(Reference parent, TreeMap<String, AttributeValue> where) {
        long at = T0 + HOUR;
        Origin origin = new Origin("src", "src//to", 99, "", 0, 0);
        SignalBuilder stop = job("", at).end(at).outcome("stopped");
        lives.deliver(new Message.ToChildren(parent, where, stop.build(origin, at)), at);
    }

    private static SignalBuilder begun(String key, String tool) {
        return job(key, T0).start(T0).parent("part", "p").says("job.tool", tool);
    }

    private static TreeMap<String, AttributeValue> tool(String name) {
        return new TreeMap<>(Map.of("job.tool", AttributeValue.of(name)));
    }

    private Instance instance(String key) {
        return (Instance) lives.rows.get(key);
    }
}
