package io.contextcore.gateway.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.lifecycle.History.Event;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetryIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What holds of a history in whatever order its events arrive: rows S1 to S5 of the table in {@code mappings/README.md}. State
 * converges; what was sent cannot be unsent, so there each rule says exactly what may differ.
 */
final class Arrivals {

    private static final Set<String> TERMINAL = Set.of("done", "dropped");
    /** Links that tell of something else than what mappings say of an instance's links. */
    private static final Set<String> ROLES = Set.of("parent", "child", "former_generation", "moved_to");

    private Arrivals() {}

    /** Two orders of arrival of the same events. */
    static void same(List<Event> events, Universe one, Universe other) {
        assertEquals(converged(one), converged(other), "in another order of arrival");
        for (Universe universe : List.of(one, other)) {
            Map<String, List<Span>> spans = spans(universe);
            eachHasItsAnchorAndCompletions(universe, spans);
            nobodyReopensOftenerThanItDid(universe, events);
            everyLinkIsSentOnce(universe, spans);
            whoIsBelowAnEndedOneHasEnded(universe);
        }
        assertEquals(idsOfOneLife(one, other), idsOfOneLife(other, one), "ids in another order of arrival");
    }

    /** S1: the state, without what depends on what was heard when. */
    static Map<String, Object> converged(Universe universe) {
        Map<String, Object> state = new TreeMap<>();
        for (Instance instance : universe.instances()) {
            TreeMap<String, Long> sums = new TreeMap<>(instance.kin().sums());
            sums.values().removeIf(sum -> sum == 0);
            List<Object> known = new ArrayList<>(List.of(
                    endedFromAbove(instance) ? "open, or ended with the one above" : stage(instance),
                    instance.attributes(),
                    instance.sets(),
                    instance.derived(),
                    sums,
                    instance.kin().members(),
                    named(universe, instance)));
            known.add(instance.start());
            known.add(instance.end());
            known.add(instance.outcome());
            known.add(parent(universe, instance));
            state.put(name(universe, Reference.key(instance.lifecycle(), instance.key())), known);
        }
        return state;
    }

    /** Whether it stays open is left to {@link #whoIsBelowAnEndedOneHasEnded}. */
    private static boolean endedFromAbove(Instance instance) {
        return instance.lifecycle().equals("visit")
                && (instance.stage() == Stage.OPEN || instance.kin().endedAbove() != null);
    }

    private static String stage(Instance instance) {
        return instance.stage().name();
    }

    private static Set<String> named(Universe universe, Instance instance) {
        return instance.links().stream()
                .map(link -> name(universe, link.target()) + link.attributes())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable String parent(Universe universe, Instance instance) {
        Reference parent = instance.parent() == null ? null : instance.parent().value();
        return parent == null ? null : name(universe, parent);
    }

    /**
     * S2, S3: an instance that has opened has one anchor, and a completion of each generation that has ended. What turned out
     * to be another one has what it had until then.
     */
    private static void eachHasItsAnchorAndCompletions(Universe universe, Map<String, List<Span>> spans) {
        Set<String> expected = new TreeSet<>();
        for (Instance order : orders(universe)) {
            if (order.stage() != Stage.SHADOW) {
                expected.add(id(order.key(), TelemetryIds.rootPart()));
                int ended = order.stage() == Stage.ENDED ? order.generation() : order.generation() - 1;
                for (int generation = 1; generation <= ended; generation++) {
                    expected.add(id(order.key(), TelemetryIds.completionPart(generation)));
                }
            }
        }
        for (Row row : universe.rows.values()) {
            if (row instanceof Row.Alias alias && spans.containsKey(alias.key())) {
                expected.add(id(alias.key(), TelemetryIds.rootPart()));
                long ended = role(spans.get(alias.key()), "completion").count();
                assertTrue(ended > 0, () -> "moved without an end: " + alias.key());
                for (int generation = 1; generation <= ended; generation++) {
                    expected.add(id(alias.key(), TelemetryIds.completionPart(generation)));
                }
            }
        }
        Set<String> sent = spans.values().stream()
                .flatMap(of -> Stream.concat(role(of, "anchor"), role(of, "completion")))
                .map(Arrivals::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, sent, "anchors and completions");
    }

    /** S3: a generation more for each reopening that was heard of, and none that did not happen. */
    private static void nobodyReopensOftenerThanItDid(Universe universe, List<Event> events) {
        for (Instance order : orders(universe)) {
            int most = 1 + reopenings(events, key -> universe.owner(key) == order);
            assertTrue(
                    order.generation() <= most,
                    () -> order.key() + " is in generation " + order.generation() + ", of at most " + most);
        }
    }

    /** How often a terminal status was followed by another, as it happened. */
    private static int reopenings(List<Event> events, Predicate<String> about) {
        List<Boolean> terminal = events.stream()
                .map(Event::signal)
                .filter(signal -> about.test(signal.target().name())
                        && signal.attributes().containsKey("order.told"))
                .sorted(Comparator.comparingLong(Signal::at)
                        .thenComparing(signal -> signal.origin().sequence()))
                .map(signal -> TERMINAL.contains(((AttributeValue.Text)
                                signal.attributes().get("order.told").value())
                        .value()))
                .toList();
        int count = 0;
        for (int i = 1; i < terminal.size(); i++) {
            count += terminal.get(i - 1) && !terminal.get(i) ? 1 : 0;
        }
        return count;
    }

    /** S4: on the anchor, or on an activity where it was learnt later. */
    private static void everyLinkIsSentOnce(Universe universe, Map<String, List<Span>> spans) {
        for (Instance order : orders(universe)) {
            if (order.stage() == Stage.SHADOW) {
                continue;
            }
            List<String> sent = links(spans.get(order.key()))
                    .filter(link -> !ROLES.contains(role(link.attributes())))
                    .map(link -> link.traceId() + link.attributes())
                    .sorted()
                    .toList();
            List<String> known =
                    order.links().stream().map(Arrivals::sent).sorted().toList();
            assertEquals(known, sent, () -> "links of " + order.key());
            Reference parent = order.parent() == null ? null : order.parent().value();
            if (parent != null) {
                String above = Identity.derived(parent.name()).traceId();
                assertTrue(
                        links(spans.get(order.key()))
                                .anyMatch(link -> role(link.attributes()).equals("parent")
                                        && link.traceId().equals(above)),
                        () -> "no link to the parent of " + order.key());
            }
        }
    }

    /**
     * S5: who is below an ended one has ended, with it or before; who is below one that is open is open, unless it had an end
     * of its own, or ended with that one before that went on.
     */
    private static void whoIsBelowAnEndedOneHasEnded(Universe universe) {
        Map<String, Set<String>> open = new HashMap<>();
        for (Instance visit : universe.instances()) {
            if (!visit.lifecycle().equals("visit") || visit.stage() == Stage.SHADOW) {
                continue;
            }
            Reference parent = visit.parent() == null ? null : visit.parent().value();
            Instance above = parent == null ? null : universe.owner(parent.name());
            boolean own = visit.end() != null;
            if (visit.stage() == Stage.OPEN) {
                assertTrue(!own && (above == null || above.stage() != Stage.ENDED), () -> "still open: " + visit.key());
                if (above != null) {
                    open.computeIfAbsent(above.key(), key -> new TreeSet<>()).add(visit.key());
                }
            } else if (!own) {
                assertNotNull(visit.kin().endedAbove(), () -> "ended by nobody: " + visit.key());
                assertNotNull(above, () -> "ended by nobody: " + visit.key());
                assertTrue(
                        above.stage() == Stage.ENDED || hadEnded(universe, above),
                        () -> "ended with one that never did: " + visit.key());
            }
        }
        for (Instance order : orders(universe)) {
            Set<String> listed = order.kin().children().stream()
                    .map(child -> child.child().name())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(open.getOrDefault(order.key(), Set.of()), listed, () -> "open children of " + order.key());
        }
    }

    private static boolean hadEnded(Universe universe, Instance instance) {
        return spans(universe).entrySet().stream()
                .filter(of -> universe.owner(of.getKey()) == instance)
                .anyMatch(of -> role(of.getValue(), "completion").findAny().isPresent());
    }

    /** Anchors and completions of those that have one key, and one life in both orders. */
    private static Set<String> idsOfOneLife(Universe universe, Universe other) {
        Set<String> ids = new TreeSet<>();
        spans(universe).forEach((key, spans) -> {
            boolean oneKey = isInstance(universe, key) && isInstance(other, key) && !joined(universe, key);
            if (oneKey) {
                role(spans, "anchor").map(Arrivals::id).forEach(ids::add);
            }
            if (oneKey && generation(universe, key) == 1 && generation(other, key) == 1) {
                role(spans, "completion").map(Arrivals::id).forEach(ids::add);
            }
        });
        return ids;
    }

    private static boolean isInstance(Universe universe, String key) {
        return universe.rows.get(key) instanceof Instance;
    }

    private static int generation(Universe universe, String key) {
        return ((Instance) universe.rows.get(key)).generation();
    }

    private static boolean joined(Universe universe, String key) {
        return !name(universe, Reference.key("order", key)).equals(key)
                || universe.rows.keySet().stream()
                        .filter(row -> row.startsWith("shop/") && !row.equals(key))
                        .anyMatch(row -> universe.owner(row) == universe.owner(key));
    }

    private static List<Instance> orders(Universe universe) {
        return universe.instances().stream()
                .filter(instance -> instance.lifecycle().equals("order"))
                .toList();
    }

    private static Map<String, List<Span>> spans(Universe universe) {
        return universe.spans.stream()
                .collect(Collectors.groupingBy(
                        span -> ((AttributeValue.Text) span.attributes().get("contextcore.key")).value()));
    }

    private static Stream<Span> role(List<Span> spans, String role) {
        return spans.stream()
                .filter(span -> AttributeValue.of(role).equals(span.attributes().get("contextcore.span")));
    }

    private static Stream<Span.SpanLink> links(List<Span> spans) {
        return spans.stream().flatMap(span -> span.links().stream());
    }

    private static String sent(Link link) {
        return Identity.derived(link.target().name()).traceId() + link.attributes();
    }

    private static String role(Map<String, AttributeValue> attributes) {
        return attributes.get("contextcore.link") instanceof AttributeValue.Text role ? role.value() : "";
    }

    private static String id(Span span) {
        return span.traceId() + "/" + span.spanId();
    }

    private static String id(String key, String part) {
        return TelemetryIds.traceId(key) + "/" + TelemetryIds.spanId(key, part);
    }

    /**
     * The first of all keys that lead to the same instance: of two keys of one thing the one that was heard first stays, so
     * here it stands under the same name in any case.
     */
    static String name(Universe universe, Reference reference) {
        Instance owner = universe.owner(reference.name());
        return owner == null
                ? reference.name()
                : universe.rows.keySet().stream()
                        .filter(key -> key.startsWith("shop/"))
                        .filter(key -> universe.owner(key) == owner)
                        .findFirst()
                        .orElse(owner.key());
    }
}
