package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Derived;
import io.contextcore.gateway.model.LifecycleDefinition.Listed;
import io.contextcore.gateway.model.LifecycleDefinition.Snapshot;
import io.contextcore.gateway.model.LifecycleDefinition.TallyRule;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.LifecycleVariable;
import io.contextcore.gateway.model.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleReaderTest {

    private static final String SPAN = """
            apiVersion: contextcore.io/v1
            lifecycle: order
            span: {name: order, root: span}
            """;

    @Test
    void aLifecycleSaysNothingOfWhatItDoesNotUse() {
        LifecycleDefinition order = order(Shop.LIFECYCLE);

        assertEquals(Map.of(), order.below().rollups());
        assertEquals(Map.of(), order.below().listed());
        assertNull(order.below().leave());
        assertEquals(List.of(), order.tallies());
        assertEquals(List.of(), order.snapshots());
        assertEquals(new Times(hours(24), null, 0, null, hours(24 * 400)), order.times());
        assertEquals(hours(24 * 7), order(SPAN).times().tombstoneNanos());
    }

    @Test
    void aRollUpSeesTheChild() {
        LifecycleDefinition order = order(Shop.LIFECYCLE + """
                rollup:
                  order.price: coalesce(child['order.price'], 1.5)
                  order.code: 1
                """);

        assertEquals(
                Set.of("order.code", "order.price"), order.below().rollups().keySet());
        Expression price = order.below().rollups().get("order.price");
        assertEquals(2.5, price.evaluate(seeing(LifecycleVariable.CHILD, Map.of("order.price", 2.5))));
        assertEquals(1.5, price.evaluate(seeing(LifecycleVariable.CHILD, Map.of())));
        assertEquals(1L, order.below().rollups().get("order.code").evaluate(seeing(LifecycleVariable.CHILD, Map.of())));
    }

    @Test
    void whatLeavesIsToldByItsAttributesAndItsOutcome() {
        Expression leave = order(Shop.LIFECYCLE + "leave: after['order.gift'] == true && outcome == 'lost'\n")
                .below()
                .leave();

        assertNotNull(leave);
        Scope scope = seeing(LifecycleVariable.AFTER, Map.of("order.gift", true));
        assertEquals(false, leave.evaluate(scope));
        assertEquals(true, leave.evaluate(scope.set(LifecycleVariable.OUTCOME.ordinal(), "lost")));
    }

    @Test
    void whatIsOverdueWaitsForWhatItsConditionReads() {
        Derived gift = order(Shop.LIFECYCLE + """
                overdue:
                  order.gift: {when: "after['order.state'] == 'paid'", after: 90m}
                """).derive().get(0);

        assertEquals("order.gift", gift.attribute());
        assertEquals(Set.of("order.state"), gift.reads());
        assertEquals(Duration.ofMinutes(90).toNanos(), gift.overdueNanos());
        assertEquals(true, gift.expression().evaluate(seeing(LifecycleVariable.AFTER, Map.of("order.state", "paid"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "order.gift: {when: \"true\", after: 0s}|the time span is out of range (expected 1s to 36500d)",
                "order.gift: {when: \"true\"}|needs the key 'after'",
                "order.state: {when: \"true\", after: 1h}|the value is of type bool (expected type string",
                "order.gone: {when: \"true\", after: 1h}|'order.gone' is not declared",
                "order.price: {when: \"true\", after: 1h}|'order.price' is a roll-up as well (expected one of rollup and overdue)",
                "order.code: {when: \"true\", after: 1h}|'order.code' is derived as well (expected one of derive and overdue)",
                "order.gift: {when: \"size(after) > 1\", after: 1h}|does not name the attributes that it reads",
            })
    void anOverdueAttributeIsOneOfItsOwn(String rule, String problem) {
        List<String> problems = Shop.problems("lifecycle.yaml", Shop.LIFECYCLE + """
                rollup:
                  order.price: 1
                derive:
                  order.code: "2"
                overdue:
                  %s
                """.replace("%s", rule));

        assertTrue(problems.stream().anyMatch(text -> text.contains(problem)), problems::toString);
    }

    @Test
    void childrenAreListedByLifecycle() {
        assertEquals(
                Map.of("order", new Listed(Set.of("order.id", "order.state"), true, "cancelled")),
                order(
                                Shop.LIFECYCLE
                                        + "children: {order: {labels: [order.id, order.state], cascade: true, outcome: cancelled}}\n")
                        .below()
                        .listed());
        assertEquals(
                Map.of("order", new Listed(Set.of(), false, null)),
                order(Shop.LIFECYCLE + "children: {order: {}}\n").below().listed());
    }

    @Test
    void derivedAttributesAreSortedByWhatTheyRead() {
        List<Derived> derived = order(Shop.LIFECYCLE + """
                derive:
                  order.code: lookup('shop.code', after['order.state'], 0)
                  order.gift: attributes['order.code'] > 0 && has(after['order.id'])
                  order.state: after['order.id']
                """).derive();

        assertEquals(
                List.of("order.state", "order.code", "order.gift"),
                derived.stream().map(Derived::attribute).toList());
        assertEquals(Set.of("order.code", "order.id"), derived.get(2).reads());
    }

    @Test
    void derivedAttributesThatNeedEachOtherAreNamedWithTheirPlaces() {
        assertEquals(
                List.of("lifecycle.yaml:7:15: derived attributes need each other: 'order.code' reads 'order.price' at"
                        + " lifecycle.yaml:7:15, 'order.price' reads 'order.code' at lifecycle.yaml:9:16 (expected that they"
                        + " can be computed one after the other)"),
                Shop.problems("lifecycle.yaml", Shop.LIFECYCLE + """
                        derive:
                          order.code: size(text(after['order.price']))
                          order.id: text(after['order.code'])
                          order.price: after['order.code']
                        """));
        assertEquals(
                List.of("lifecycle.yaml:7:15: derived attributes need each other: 'order.code' reads 'order.code' at"
                        + " lifecycle.yaml:7:15 (expected that they can be computed one after the other)"),
                Shop.problems("lifecycle.yaml", Shop.LIFECYCLE + "derive:\n  order.code: after['order.code']\n"));
    }

    @Test
    void aDerivedAttributeNamesWhatItReads() {
        assertEquals(
                List.of("lifecycle.yaml:7:15: derive.order.code does not name the attributes that it reads (expected"
                        + " after['…'] with constant names, since derived attributes are computed in the order in which"
                        + " they read each other)"),
                Shop.problems("lifecycle.yaml", Shop.LIFECYCLE + "derive:\n  order.code: size(after)\n"));
    }

    /** What they were before is no function of what is known now: another order of arrival would give another value. */
    @Test
    void aDerivedAttributeDoesNotReadWhatWasBefore() {
        List<String> problems =
                Shop.problems("lifecycle.yaml", Shop.LIFECYCLE + "derive:\n  order.code: before['order.code']\n");

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("lifecycle.yaml:7:15: unknown variable 'before' (expected one of"),
                problems::toString);
    }

    @Test
    void aTallyHasGroupsAndMeasures() {
        TallyRule tally = order(Shop.LIFECYCLE + """
                tally:
                  - {into: "shop/${attributes['order.id']}", event: shop.snapshot, by: [order.state, order.gift], code: 1, price: "after['order.price']"}
                """).tallies().get(0);

        assertEquals("shop.snapshot", tally.event());
        assertEquals(Set.of("order.id"), tally.common());
        assertEquals(List.of("order.state", "order.gift"), tally.by());
        assertEquals(Set.of("order.code", "order.price"), tally.measures().keySet());
        assertEquals("shop/a", tally.into().evaluate(seeing(LifecycleVariable.ATTRIBUTES, Map.of("order.id", "a"))));
        assertEquals(1L, tally.measures().get("order.code").evaluate(seeing(LifecycleVariable.AFTER, Map.of())));
    }

    @Test
    void snapshotsAndTimesAreRead() {
        LifecycleDefinition order = order(Shop.LIFECYCLE + """
                snapshots:
                  - {event: order.snapshot, every: 6h}
                  - {event: order.kept, every: 30d, where: any}
                slice: 12h
                expire: 3h
                forget: 30d
                tombstone: 60d
                """);

        assertEquals(
                List.of(
                        new Snapshot("order.snapshot", hours(6), true),
                        new Snapshot("order.kept", hours(30 * 24), false)),
                order.snapshots());
        assertEquals(new Times(hours(12), hours(3), 0, hours(30 * 24), hours(60 * 24)), order.times());
        assertEquals(
                Duration.ofSeconds(5).toNanos(),
                order(SPAN + "hold: 5s\nforget: never\nexpire: never\n").times().holdNanos());
    }

    @Test
    void aNameStandsForAnExpressionOverTheKey() {
        LifecycleDefinition order = order("""
                apiVersion: contextcore.io/v1
                lifecycle: order
                vars:
                  number: capture(key, '^shop/(.*)$')
                  digest: sha256('n' + number)
                span:
                  name: order ${number}
                  root: span
                  span_id: ${substring(digest, 0, 16)}
                """);

        Scope scope = seeing(LifecycleVariable.KEY, "shop/7");
        assertEquals("order 7", order.spanName().evaluate(scope));
        assertNotNull(order.spanId());
        assertEquals(16, ((String) order.spanId().evaluate(scope)).length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rollup: {order.held_by: 1} | 10 | 'order.held_by' is of type strings (expected an attribute of type int or double)
            rollup: {order.code: "'a'"} | 23 | rollup.order.code: the value is of type string (expected a number)
            rollup: {order.cod: 1} | 10 | attribute 'order.cod' is not declared (expected a name of the conventions, nearest: order.code)
            rollup: {order.code: "child['order.prize']"} | 23 | rollup.order.code reads the attribute 'order.prize', which is not declared (expected a name of the conventions, nearest: order.price)
            leave: "'no'" | 9 | leave: the value is of type string (expected true or false)
            children: {orderr: {}} | 12 | there is no lifecycle 'orderr' (expected one of order, nearest: order)
            children: {order: {labels: [order.ids]}} | 29 | attribute 'order.ids' is not declared (expected a name of the conventions, nearest: order.id)
            children: {order: {outcome: lost}} | 29 | 'outcome' stands without 'cascade' (expected `cascade: true` beside it)
            tally: [{into: a, event: b, by: [order.stat], code: 1}] | 34 | attribute 'order.stat' is not declared (expected a name of the conventions, nearest: order.state)
            tally: [{into: a, event: b, by: [], cod: 1}] | 37 | attribute 'order.cod' is not declared (expected a name of the conventions, nearest: order.code)
            tally: [{into: a, event: b, by: []}] | 9 | tally[0] measures nothing (expected a key besides into, event and by: `count: 1`)
            tally: [{into: a, event: b, by: [], code: 1}, {into: c, event: b, by: [], code: 1}] | 64 | another tally of this lifecycle has the event 'b' already (expected another name)
            snapshots: [{event: a, every: 30s}] | 31 | the time span is out of range (expected 1m to 36500d)
            snapshots: [{event: a, every: 1h, where: closed}] | 42 | where: 'closed' does not fit (expected one of open, any)
            hold: 5s | 7 | 'hold' is for `root: span` (an anchor is sent at once and waits for no parent)
            slice: 0s | 8 | the time span is out of range (expected 1s to 36500d)
            forget: 40000d | 9 | the time span is out of range (expected 1s to 36500d)
            tombstone: 7d | 12 | 'tombstone' stands without 'forget' (expected `forget: 30d`, say, beside it)
            vars: {after: "1"} | 8 | the variable 'after' exists already (choose another name)
            """)
    void whatIsWrongIsTold(String line, int column, String problem) {
        assertEquals(
                List.of("lifecycle.yaml:6:" + column + ": " + problem),
                Shop.problems("lifecycle.yaml", Shop.LIFECYCLE + line + "\n"));
    }

    @Test
    void anAttributeIsRolledUpOrDerived() {
        assertEquals(
                List.of("lifecycle.yaml:7:10: 'order.code' is a roll-up as well (expected one of rollup and derive)"),
                Shop.problems("lifecycle.yaml", Shop.LIFECYCLE + "rollup: {order.code: 1}\nderive: {order.code: 1}\n"));
    }

    private static LifecycleDefinition order(String text) {
        return Shop.load(Shop.files("lifecycle.yaml", text)).lifecycles().get("order");
    }

    private static Scope seeing(LifecycleVariable variable, Object value) {
        return new Scope(LifecycleVariable.values().length, 1000).set(variable.ordinal(), value);
    }

    private static long hours(long hours) {
        return Duration.ofHours(hours).toNanos();
    }
}
