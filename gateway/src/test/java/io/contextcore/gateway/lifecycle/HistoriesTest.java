package io.contextcore.gateway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.History.Event;
import io.contextcore.gateway.lifecycle.History.Trait;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.store.RowBytes;
import io.contextcore.gateway.testing.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What must hold for every history, tried on many of them. A failure names its seed: {@code -Dhistories.seed=N} plays that
 * one alone; {@code -Dhistories=100000} plays more.
 */
final class HistoriesTest {

    private static final long FIRST_SEED = Long.getLong("histories.seed", 1);
    private static final int COUNT =
            System.getProperty("histories.seed") == null ? Integer.getInteger("histories", 10_000) : 1;
    /** Each history of so many is watched until all of it is forgotten. */
    private static final int LONG_AFTER = 50;

    @Test
    @Promise("no-id-for-two-contents")
    void everyHistoryKeepsWhatTheEnginePromises() {
        Map<Trait, Long> traits = LongStream.range(FIRST_SEED, FIRST_SEED + COUNT)
                .parallel()
                .mapToObj(HistoriesTest::checked)
                .flatMap(history -> history.traits().stream())
                .collect(
                        Collectors.groupingBy(trait -> trait, () -> new EnumMap<>(Trait.class), Collectors.counting()));
        System.out.println(COUNT + " histories, of which " + traits);
        if (COUNT > 1) {
            for (Trait trait : Trait.values()) {
                assertTrue(traits.getOrDefault(trait, 0L) >= COUNT / 20, () -> "too few histories with " + trait);
            }
        }
    }

    private static History checked(long seed) {
        History history = History.of(seed);
        try {
            check(history);
            return history;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + " " + history.traits() + ": " + e.getMessage(), e);
        }
    }

    private static void check(History history) {
        Universe universe = new Universe(1, history.seed()).play(history.events());
        assertAll(
                () -> aRepeatedDeliveryChangesNothing(universe, history),
                () -> figuresEqualARecomputation(universe),
                () -> rowsReadBackAsTheyWereWritten(universe),
                () -> nothingGrowsBeyondItsCap(universe));
        int partitions = history.seed() % 2 == 0 ? 2 : 16;
        Universe split = new Universe(partitions, history.seed()).play(history.events());
        assertEquals(finalState(universe), finalState(split), () -> "on " + partitions + " partitions");
        ordersOfArrival(history);
        long last = history.events().get(history.events().size() - 1).received();
        universe.until(last + 2 * Shop.DAY);
        figuresEqualARecomputation(universe);
        if (history.seed() % LONG_AFTER == 0) {
            universe.until(last + Shop.FORGET + 2 * Shop.DAY);
        }
        assertAll(
                () -> noSpanIdStandsForTwoContents(universe.spans),
                () -> everyLogBelongsToASpan(universe.logs),
                () -> phasesTileTheTime(universe),
                () -> figuresOfTalliesEqualARecomputation(universe));
    }

    /** All that happened is told within a second, long after, in whatever order: it comes to the same. */
    private static void ordersOfArrival(History history) {
        long base = History.T0 + 40 * Shop.DAY;
        List<Event> shuffled = new ArrayList<>(history.events());
        Collections.shuffle(shuffled, new Random(history.seed()));
        Arrivals.same(history.events(), arrival(history.events(), base), arrival(shuffled, base));
    }

    private static Universe arrival(List<Event> events, long base) {
        List<Event> arriving = new ArrayList<>();
        events.forEach(event -> arriving.add(event.at(base + arriving.size())));
        return new Universe(1, 0).play(arriving);
    }

    private static void aRepeatedDeliveryChangesNothing(Universe universe, History history) {
        for (Event event : history.events()) {
            long last = history.events().get(history.events().size() - 1).received();
            StepResult again = universe.again(event.signal(), last);
            assertEquals(List.of(), again.emission().spans(), "spans of a redelivery");
            assertEquals(List.of(), again.emission().logs(), "logs of a redelivery");
        }
    }

    private static void noSpanIdStandsForTwoContents(List<Span> spans) {
        Map<String, Span> byId = new HashMap<>();
        for (Span span : spans) {
            Span known = byId.put(span.traceId() + "/" + span.spanId(), span);
            assertTrue(known == null, () -> "sent twice: " + known + "\nand " + span);
        }
    }

    private static void everyLogBelongsToASpan(List<LogRecord> logs) {
        for (LogRecord log : logs) {
            if (!log.eventName().endsWith(".unresolved")) {
                assertNotNull(log.traceId(), log.eventName());
                assertNotNull(log.spanId(), log.eventName());
            }
        }
    }

    /** Within a generation, each phase begins where the one before it ended, and the open one where the last one did. */
    private static void phasesTileTheTime(Universe universe) {
        Map<String, List<Span>> phases = universe.spans.stream()
                .filter(span -> span.attributes().get("contextcore.span") instanceof AttributeValue.Text role
                        && role.value().equals("phase"))
                .collect(Collectors.groupingBy(span -> span.traceId() + " "
                        + ((AttributeValue.Int) span.attributes().get("order.generation")).value()));
        phases.forEach((generation, sent) -> {
            for (int i = 1; i < sent.size(); i++) {
                assertEquals(sent.get(i - 1).end(), sent.get(i).start(), generation);
            }
        });
    }

    private static void figuresEqualARecomputation(Universe universe) {
        Recomputed recomputed = new Recomputed(universe);
        for (Instance instance : universe.instances()) {
            if (instance.lifecycle().equals("order")) {
                TreeMap<String, Long> sums = new TreeMap<>(instance.kin().sums());
                sums.values().removeIf(sum -> sum == 0);
                assertEquals(recomputed.sums(instance), sums, "sums of " + instance.key());
            }
        }
        figuresOfTalliesEqualARecomputation(universe);
    }

    private static void figuresOfTalliesEqualARecomputation(Universe universe) {
        TreeMap<String, List<Long>> kept = new TreeMap<>();
        for (Row row : universe.rows.values()) {
            if (row instanceof Tally tally) {
                String shop = ((AttributeValue.Text) tally.common().get("order.shop")).value();
                for (Tally.Group group : tally.groups().values()) {
                    if (group.members() > 0) {
                        AttributeValue status = group.values().get("order.status");
                        kept.put(
                                shop + " " + (status instanceof AttributeValue.Text text ? text.value() : ""),
                                List.of(group.members(), group.sums().getOrDefault("order.points", 0L)));
                    }
                }
            }
        }
        assertEquals(new Recomputed(universe).tallies(), kept, "tallies");
    }

    private static void rowsReadBackAsTheyWereWritten(Universe universe) {
        universe.rows.values().forEach(row -> assertEquals(row, RowBytes.roundTrip(row)));
    }

    private static void nothingGrowsBeyondItsCap(Universe universe) {
        Limits limits = Limits.defaults();
        for (Instance instance : universe.instances()) {
            assertTrue(instance.aliases().size() <= limits.aliases());
            assertTrue(instance.links().size() <= limits.links());
            assertTrue(instance.kin().children().size() <= limits.children());
        }
    }

    /** What must be the same however the keys are spread: all of it, but for what is numbered by chance. */
    private static Map<String, Object> finalState(Universe universe) {
        Map<String, Object> state = new TreeMap<>(Arrivals.converged(universe));
        for (Instance instance : universe.instances()) {
            Set<String> children = new TreeSet<>();
            instance.kin().children().forEach(child -> children.add(Arrivals.name(universe, child.child())));
            state.put("stage of " + Arrivals.name(universe, Reference.key("", instance.key())), instance.stage());
            state.put("children of " + Arrivals.name(universe, Reference.key("", instance.key())), children);
        }
        return state;
    }
}
