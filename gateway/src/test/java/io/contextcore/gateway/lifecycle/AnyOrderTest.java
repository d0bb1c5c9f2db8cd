package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.KEY;
import static io.contextcore.gateway.lifecycle.Lives.T0;
import static io.contextcore.gateway.lifecycle.Lives.opening;
import static io.contextcore.gateway.lifecycle.Lives.order;
import static io.contextcore.gateway.lifecycle.Trees.job;
import static io.contextcore.gateway.lifecycle.Trees.opened;
import static io.contextcore.gateway.lifecycle.Trees.part;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.lifecycle.Lives.SignalBuilder;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.RuleTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rows S1 to S5 of mappings/README.md, by one example each; {@link Arrivals} asks them of histories made by chance. */
final class AnyOrderTest {

    private static final long RECEIVED = T0 + 100 * HOUR;

    @Test
    void everyRowOfTheTableHasItsTest() {
        RuleTable.agrees("S", AnyOrderTest.class);
    }

    @Test
    @Promise("any-order-one-state")
    void s1_every_order_ends_in_the_same_state() {
        List<SignalBuilder> events = List.of(
                opening().member("order.holds", "h", true),
                order(KEY, T0 + HOUR).says("order.told", "packed").link("order", "shop/3"),
                order(KEY, T0 + 2 * HOUR).says("order.title", null).member("order.holds", "h", false),
                order(KEY, T0 + 3 * HOUR).says("order.told", "done").end(T0 + 3 * HOUR));
        Instance expected = told(events, 0, 1, 2, 3).instance();

        for (List<Integer> arrival : permutations(List.of(0, 1, 2, 3))) {
            Instance state = told(events, arrival.toArray(Integer[]::new)).instance();
            assertEquals(Stage.ENDED, state.stage(), arrival::toString);
            assertEquals(values(expected.attributes()), values(state.attributes()), arrival::toString);
            assertEquals(expected.derived(), state.derived(), arrival::toString);
            assertEquals(expected.links(), state.links(), arrival::toString);
            assertEquals(expected.start(), state.start(), arrival::toString);
            assertEquals(T0 + 3 * HOUR, state.endedAt(), arrival::toString);
        }
    }

    @Test
    @Promise("any-order-one-state")
    void s2_every_order_sends_the_same_anchor() {
        List<SignalBuilder> events = List.of(opening(), order(KEY, T0 + HOUR).says("order.told", "packed"), opening());

        for (List<Integer> arrival : permutations(List.of(0, 1, 2))) {
            Lives lives = told(events, arrival.toArray(Integer[]::new));
            assertEquals(1, ids(lives, "root").size(), arrival::toString);
        }
    }

    @Test
    void s3_a_generation_is_one_that_was_heard_to_end() {
        List<SignalBuilder> events = List.of(
                opening(),
                order(KEY, T0 + HOUR).says("order.told", "done"),
                order(KEY, T0 + 2 * HOUR).says("order.told", "packed"),
                order(KEY, T0 + 3 * HOUR).says("order.told", "done"));
        Lives asItWas = told(events, 0, 1, 2, 3);
        Lives otherwise = told(events, 0, 2, 1, 3);

        assertEquals(2, asItWas.instance().generation());
        assertEquals(1, otherwise.instance().generation(), "its first end was old when it was heard of");
        assertEquals(2, ids(asItWas, "completion/1", "completion/2").size());
        assertEquals(
                ids(asItWas, "completion/1"), ids(otherwise, "completion/1", "completion/2"), "one that ended, one id");
    }

    @Test
    @Promise("any-order-one-state")
    void s4_every_order_sends_each_link_once() {
        List<SignalBuilder> events = List.of(
                opening(),
                order(KEY, T0 + HOUR).link("order", "shop/3"),
                order(KEY, T0 + 2 * HOUR).says("order.told", "packed").link("order", "shop/3"));

        for (List<Integer> arrival : permutations(List.of(0, 1, 2))) {
            List<String> linked = told(events, arrival.toArray(Integer[]::new)).spans.stream()
                    .flatMap(span -> span.links().stream())
                    .map(link -> link.traceId())
                    .toList();
            assertEquals(List.of(TelemetryIds.traceId("shop/3")), linked, arrival::toString);
        }
    }

    @Test
    void s5_a_child_ends_with_the_end_that_is_heard_of_while_it_is_there() {
        SignalBuilder child = job("a", T0).start(T0).parent("part", "p");
        SignalBuilder end = part("p", T0 + HOUR).says("part.told", "done");
        SignalBuilder goesOn = part("p", T0 + 2 * HOUR).says("part.told", "new");
        SignalBuilder endsAgain = part("p", T0 + 3 * HOUR).says("part.told", "done");

        Lives asItWas = tree(opened("p"), child, end, goesOn);
        assertEquals(Stage.ENDED, stage(asItWas));
        assertEquals(T0 + HOUR, asItWas.span("job").end(), "sent, and the parent's going on does not unsend it");
        assertEquals(Stage.OPEN, stage(tree(opened("p"), child, goesOn, end)), "the end was old when it was heard of");
        assertEquals(
                Stage.OPEN, stage(tree(opened("p"), end, goesOn, child)), "it came when the parent was open again");
        for (Lives lives : List.of(
                tree(opened("p"), child, end, goesOn, endsAgain),
                tree(opened("p"), child, goesOn, endsAgain, end),
                tree(opened("p"), endsAgain, end, goesOn, child),
                tree(child, endsAgain, opened("p")))) {
            assertEquals(Stage.ENDED, stage(lives), "below one that has ended nothing is open");
        }
    }

    private static Stage stage(Lives lives) {
        return ((Instance) lives.rows.get("a")).stage();
    }

    private static Lives tree(SignalBuilder... events) {
        Lives lives = Trees.lives();
        for (SignalBuilder event : events) {
            lives.tell(event, RECEIVED);
        }
        return lives;
    }

    private static Lives told(List<SignalBuilder> events, Integer... arrival) {
        Lives lives = new Lives();
        Arrays.stream(arrival).forEach(event -> lives.tell(events.get(event), RECEIVED));
        return lives;
    }

    private static List<String> values(Map<String, ? extends Cell<?>> cells) {
        return cells.entrySet().stream()
                .map(cell -> cell.getKey() + "=" + cell.getValue().value() + "@"
                        + cell.getValue().at())
                .toList();
    }

    private static Set<String> ids(Lives lives, String... parts) {
        Set<String> ids =
                Arrays.stream(parts).map(part -> TelemetryIds.spanId(KEY, part)).collect(Collectors.toSet());
        return lives.spans.stream()
                .map(span -> span.spanId())
                .filter(ids::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<List<Integer>> permutations(List<Integer> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (Integer first : of) {
            List<Integer> rest =
                    of.stream().filter(other -> !other.equals(first)).toList();
            for (List<Integer> tail : permutations(rest)) {
                List<Integer> whole = new ArrayList<>(List.of(first));
                whole.addAll(tail);
                all.add(whole);
            }
        }
        return all;
    }
}
