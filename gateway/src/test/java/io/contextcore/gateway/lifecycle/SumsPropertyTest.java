package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.SECOND;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Kin.Membership;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleVariable;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.model.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums that live on differences equal a recomputation, whatever happens in whatever order. */
final class SumsPropertyTest {

    private static final int HISTORIES = 100;
    private static final int PARTS = 12;
    private static final int SIGNALS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sumsAndTalliesEqualARecomputation(long seed) {
        Random random = new Random(seed);
        Seen seen = new Seen();
        for (int history = 0; history < HISTORIES; history++) {
            Lives lives = Trees.lives();
            boolean late = false;
            for (SignalBuilder signal : signals(random, seen)) {
                lives.tell(signal, T0 + SIGNALS * SECOND);
                late |= parts(lives).stream()
                        .anyMatch(part ->
                                part.stage() == Stage.SHADOW && part.kin().members() > 0);
            }
            seen.lateParent += late ? 1 : 0;
            assertSums(lives);
            assertTallies(lives);
        }
        seen.assertAll();
    }

    @Test
    void theOrderOfArrivalMakesNoDifferenceForSumsAndTallies() {
        Random random = new Random(4);
        for (int history = 0; history < HISTORIES; history++) {
            List<SignalBuilder> signals = signals(random, new Seen());
            SortedMap<String, Object> first = state(signals);
            Collections.shuffle(signals, random);
            assertEquals(first, state(signals));
        }
    }

    @Test
    void circlesOfParentsEndSoonAndHealOnceTheyAreBroken() {
        Random random = new Random(5);
        int circles = 0;
        for (int history = 0; history < HISTORIES; history++) {
            Lives lives = Trees.lives();
            for (int i = 0; i < PARTS; i++) {
                SignalBuilder opened = Trees.opened(key(i)).is("part.points", Trees.real(1 + i));
                lives.tell(opened.parent("part", key(random.nextInt(PARTS))));
                assertTrue(lives.steps < 20_000, "steps: " + lives.steps);
            }
            circles += lives.notes.contains(Note.PARENT_CYCLE) ? 1 : 0;
            assertRemembered(lives);
            for (int i = 0; i < PARTS; i++) {
                SignalBuilder moved = Trees.part(key(i), T0 + SECOND);
                lives.tell(i == 0 ? moved.noParent() : moved.parent("part", key(random.nextInt(i))));
            }
            for (int i = PARTS; i-- > 0; ) {
                lives.tell(Trees.part(key(i), T0 + 2 * SECOND).says("part.told", "begun"));
            }
            assertRemembered(lives);
            assertSums(lives);
        }
        assertTrue(circles > HISTORIES / 20, "histories with a circle: " + circles);
    }

    /** What the histories of a run held. */
    private static final class Seen {
        private int moved;
        private int lateParent;
        private int left;

        private void assertAll() {
            for (int times : List.of(moved, lateParent, left)) {
                assertTrue(times > HISTORIES / 20, moved + " " + lateParent + " " + left);
            }
        }
    }

    private static List<SignalBuilder> signals(Random random, Seen seen) {
        List<SignalBuilder> signals = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            int parent = random.nextInt(i + 1);
            SignalBuilder opened = Trees.opened(key(i));
            signals.add(parent == i ? opened : opened.parent("part", key(parent)));
        }
        for (int n = PARTS; n < SIGNALS; n++) {
            int i = random.nextInt(PARTS);
            SignalBuilder signal = Trees.part(key(i), T0 + (1 + random.nextInt(SIGNALS)) * SECOND + n);
            switch (random.nextInt(6)) {
                case 0 -> signal.is("part.points", Trees.real(random.nextInt(1_000) / 10.0));
                case 1 ->
                    signal.says(
                            "part.told",
                            List.of("new", "begun", "done", "dropped").get(random.nextInt(4)));
                case 2 -> signal.says("part.place", List.of("here", "there").get(random.nextInt(2)));
                case 3 ->
                    signal.says("part.colour", List.of("red", "blue", "green").get(random.nextInt(3)));
                case 4 -> {
                    signal.is("part.gone", AttributeValue.of(random.nextInt(3) == 0));
                    seen.left++;
                }
                default -> {
                    if (i == 0 || random.nextInt(4) == 0) {
                        signal.noParent();
                    } else {
                        signal.parent("part", key(random.nextInt(i)));
                    }
                    seen.moved++;
                }
            }
            signals.add(signal);
        }
        Collections.shuffle(signals, random);
        return signals;
    }

    private static String key(int i) {
        return String.format(Locale.ROOT, "p%02d", i);
    }

    /** Sums and groups by key, without what depends on the time of telling. */
    private static SortedMap<String, Object> state(List<SignalBuilder> signals) {
        Lives lives = Trees.lives();
        signals.forEach(signal -> lives.tell(signal, T0 + SIGNALS * SECOND));
        SortedMap<String, Object> state = new TreeMap<>();
        lives.rows.forEach((key, row) -> {
            if (row instanceof Instance instance) {
                state.put(key, instance.kin().members() + " " + instance.kin().sums());
            } else if (row instanceof Tally tally) {
                state.put(key, live(tally));
            }
        });
        state.values().removeIf(Map.of()::equals);
        return state;
    }

    private static void assertSums(Lives lives) {
        for (Instance parent : parts(lives)) {
            List<Instance> children = parts(lives).stream()
                    .filter(child -> counts(child) && parent.key().equals(parentOf(child)))
                    .toList();
            SortedMap<String, Long> sums = new TreeMap<>();
            for (Instance child : children) {
                sums = Millionths.sum(sums, shares(child));
            }
            assertEquals(children.size(), parent.kin().members(), parent.key());
            assertEquals(sums, parent.kin().sums(), parent.key());
            assertEquals(weight(lives, parent), sums.getOrDefault("part.weight", 0L), parent.key());
        }
    }

    /** The sum over the whole tree below, by a walk over it. */
    private static long weight(Lives lives, Instance parent) {
        long weight = 0;
        for (Instance child : parts(lives)) {
            if (counts(child) && parent.key().equals(parentOf(child))) {
                var points = child.attributes().get("part.points");
                boolean leaf = child.kin().members() == 0;
                weight += !leaf
                        ? weight(lives, child)
                        : points == null
                                ? 0
                                : Math.round((Double) points.value().plain() * 1_000_000);
            }
        }
        return weight;
    }

    /** Each parent's sums are what its children remember to have told. */
    private static void assertRemembered(Lives lives) {
        for (Instance parent : parts(lives)) {
            SortedMap<String, Long> sums = new TreeMap<>();
            for (Instance child : parts(lives)) {
                Membership told = child.kin().membership();
                if (told != null && told.parent().name().equals(parent.key())) {
                    sums = Millionths.sum(sums, told.shares());
                }
            }
            assertEquals(sums, parent.kin().sums(), parent.key());
        }
    }

    private static void assertTallies(Lives lives) {
        SortedMap<String, SortedMap<String, String>> expected = new TreeMap<>();
        SortedMap<String, List<Instance>> members = new TreeMap<>();
        for (Instance part : parts(lives)) {
            Map<String, AttributeValue> values = Trees.values(lives, part.key());
            if (counts(part) && values.get("part.place") instanceof AttributeValue.Text place) {
                SortedMap<String, AttributeValue> group = new TreeMap<>(values);
                group.keySet().retainAll(List.of("part.told", "part.colour"));
                String tally = Tally.key("part", "place.snapshot", "at/" + place.value());
                members.computeIfAbsent(tally + "|" + Tally.groupKey(group), key -> new ArrayList<>())
                        .add(part);
                expected.computeIfAbsent(tally, key -> new TreeMap<>()).put(Tally.groupKey(group), "");
            }
        }
        expected.forEach((tally, groups) -> groups.replaceAll((group, none) -> {
            SortedMap<String, Long> sums = new TreeMap<>();
            for (Instance part : members.get(tally + "|" + group)) {
                sums.merge("part.count", 1_000_000L, Long::sum);
                var points = part.attributes().get("part.points");
                sums.merge(
                        "part.points",
                        points == null ? 0 : Math.round((Double) points.value().plain() * 1_000_000),
                        Long::sum);
            }
            sums.values().removeIf(sum -> sum == 0);
            return members.get(tally + "|" + group).size() + " " + sums;
        }));
        SortedMap<String, SortedMap<String, String>> actual = new TreeMap<>();
        lives.rows.values().stream()
                .filter(Tally.class::isInstance)
                .map(Tally.class::cast)
                .filter(tally -> !live(tally).isEmpty())
                .forEach(tally -> actual.put(tally.key(), live(tally)));
        assertEquals(expected, actual);
    }

    private static SortedMap<String, String> live(Tally tally) {
        SortedMap<String, String> groups = new TreeMap<>();
        tally.groups().forEach((key, group) -> {
            if (group.members() != 0 || !group.sums().isEmpty()) {
                groups.put(key, group.members() + " " + group.sums());
            }
        });
        return groups;
    }

    private static List<Instance> parts(Lives lives) {
        return lives.rows.values().stream()
                .filter(Instance.class::isInstance)
                .map(Instance.class::cast)
                .toList();
    }

    private static boolean counts(Instance part) {
        var gone = part.attributes().get("part.gone");
        return part.stage() != Stage.SHADOW
                && (gone == null || !AttributeValue.of(true).equals(gone.value()));
    }

    private static String parentOf(Instance child) {
        return child.parent() == null || child.parent().value() == null
                ? ""
                : child.parent().value().name();
    }

    private static SortedMap<String, Long> shares(Instance child) {
        LifecycleDefinition definition = Trees.part();
        View view = View.known(Draft.of(child), definition, Trees.conventions());
        SortedMap<String, Long> shares = new TreeMap<>();
        for (Map.Entry<String, Expression> rollup : definition.below().rollups().entrySet()) {
            Scope scope = new Scope(LifecycleVariable.values().length, 1_000)
                    .set(LifecycleVariable.CHILD.ordinal(), view.plain());
            shares.put(
                    rollup.getKey(),
                    Millionths.of(rollup.getKey(), rollup.getValue().evaluate(scope), new ArrayList<>()));
        }
        shares.values().removeIf(share -> share == 0);
        return shares;
    }
}
