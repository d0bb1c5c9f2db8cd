package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetryIds;
import io.contextcore.gateway.model.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {

    private static final String TRACE = "0123456789abcdef0123456789abcdef";

    private static Signal signal(String rest, String body) {
        String file = "lifecycles:\n  - lifecycle: order\n    key: shop/${payload.id}\n" + rest.indent(4);
        Evaluation evaluation = Shop.mapping(file).evaluate(Shop.delivery(body));
        assertEquals(1, evaluation.signals().size());
        return evaluation.signals().get(0);
    }

    @Test
    void aDeliveryBecomesASignal() {
        Signal signal = signal(
                """
                aliases: ["shop/${payload.code}", "shop/${payload.none}"]
                parent: shop/${payload.batch}
                at: ${payload.at}
                start: ${payload.start}
                attributes:
                  order.id: ${payload.id}
                  order.state: ${lookup('shop.state', payload.state, 'new')}
                """,
                "{'id': '1', 'code': 'c', 'batch': 9, 'at': '2026-03-02T09:00:00Z', 'start': '2026-03-01T09:00:00Z', 'state': 'done'}");

        assertEquals(Reference.key("order", "shop/1"), signal.target());
        assertEquals(List.of("shop/c"), signal.aliases());
        assertEquals(Told.of(Reference.key("order", "shop/9")), signal.parent());
        assertEquals(Nanos.of(Instant.parse("2026-03-02T09:00:00Z")), signal.at());
        assertEquals(Nanos.of(Instant.parse("2026-03-01T09:00:00Z")), signal.start());
        assertEquals(
                Map.of("order.id", Told.of(AttributeValue.of("1")), "order.state", Told.of(AttributeValue.of("paid"))),
                signal.attributes());
        assertEquals(new Origin("acme", "acme//d1", 7, "", 0, 0), signal.origin());
        assertEquals(Shop.RECEIVED, signal.receivedNanos());
    }

    @Test
    void absentIsNotToldAndNullIsToldToBeNothing() {
        Signal signal = signal(
                """
                parent: {lifecycle: order, key: "${payload.parent}"}
                end: ${payload.end}
                outcome: ${payload.outcome}
                attributes: {order.id: "${payload.absent}", order.state: "${payload.state}"}
                sets: {order.held_by: {a: "${payload.a}", b: "${payload.absent}", c: "${payload.c}"}}
                """, "{'id': 1, 'parent': null, 'end': null, 'outcome': null, 'state': null, 'a': null, 'c': true}");

        assertEquals(Told.nothing(), signal.parent());
        assertEquals(Told.nothing(), signal.end());
        assertEquals(Told.nothing(), signal.outcome());
        assertEquals(Map.of("order.state", Told.nothing()), signal.attributes());
        assertEquals(Map.of("order.held_by", Map.of("a", false, "c", true)), signal.sets());

        Signal silent =
                signal("parent: x/${payload.parent}\nend: ${payload.end}\noutcome: ${payload.outcome}\n", "{'id': 1}");
        assertNull(silent.parent());
        assertNull(silent.end());
        assertNull(silent.outcome());
        assertEquals(Shop.RECEIVED, silent.at(), "without a time, the receipt");
    }

    @Test
    void clearedSaysNullForWhatIsLeftOut() {
        String rest = "cleared: [order.id, order.state]\nattributes: {order.id: \"${payload.name}\"}\n";

        assertEquals(
                Map.of("order.id", Told.of(AttributeValue.of("x")), "order.state", Told.nothing()),
                signal(rest, "{'id': 1, 'name': 'x'}").attributes());
    }

    @Test
    void anAbsentKeyIsAnErrorUnlessWhenExcludesIt() {
        EvaluationException e = assertThrows(EvaluationException.class, () -> signal("", "{}"));

        assertTrue(e.describe().startsWith("order.yaml:7:10: lifecycles[0].key: absent does not fit"), e.describe());
        assertTrue(Shop.mapping("lifecycles: [{lifecycle: order, when: has(payload.id), key: \"x/${payload.id}\"}]\n")
                .evaluate(Shop.delivery("{}"))
                .signals()
                .isEmpty());
    }

    @Test
    void aTimeMayBeFiveMinutesAhead() {
        String rest = "at: ${payload.at}\nend: ${payload.end}\nstart: ${payload.start}\n";

        assertEquals(
                Nanos.of(Instant.parse("2026-03-02T10:05:00Z")),
                signal(rest, "{'id': 1, 'at': '2026-03-02T10:05:00Z'}").at());
        assertEquals(
                Shop.RECEIVED,
                signal(rest, "{'id': 1, 'at': '2026-03-02T10:05:00.001Z'}").at());
        Signal backwards = signal(rest, "{'id': 1, 'start': '2026-03-02T09:00:00Z', 'end': '2026-03-02T08:00:00Z'}");
        assertEquals(Told.of(backwards.start()), backwards.end());
    }

    @Test
    void whatWasClampedOrCutIsNoted() {
        Program program = Shop.mapping("""
                lifecycles:
                  - {lifecycle: order, key: a, at: "${payload.at}", start: "${payload.at}", end: "2020-01-01", attributes: {order.id: "${payload.text}"}}
                """);

        Evaluation evaluation =
                program.evaluate(Shop.delivery("{'at': '2026-03-03T00:00:00Z', 'text': '" + "x".repeat(2_001) + "'}"));

        assertEquals(List.of("time-clamped", "time-clamped", "end-clamped", "attribute-cut"), evaluation.notes());
        Evaluation whole = program.evaluate(Shop.delivery("{'text': '" + "x".repeat(2_000) + "'}"));
        assertFalse(whole.notes().contains("attribute-cut"), "at the cap nothing is cut");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        Signal signal = signal(
                "attributes: {order.id: \"${payload.text}\"}\n", "{'id': 1, 'text': '" + "x".repeat(1_999) + "🌍'}");

        assertEquals(
                Told.of(AttributeValue.of("x".repeat(1_999))),
                signal.attributes().get("order.id"));
    }

    @Test
    void linksGoToWhatHasAName() {
        Signal signal = signal("""
                links:
                  - {for_each: payload.others, as: other, when: other != 2, lifecycle: order, key: "shop/${other}"}
                  - {lifecycle: order, alias: "shop/${payload.none}"}
                """, "{'id': 1, 'others': [1, 2, 3]}");

        assertEquals(
                List.of(Reference.key("order", "shop/1"), Reference.key("order", "shop/3")),
                signal.links().stream().map(link -> link.target()).toList());
    }

    @Test
    void aKeyCountsBeforeAnAlias() {
        String parent = "parent: {lifecycle: order, key: \"${payload.key}\", alias: \"${payload.alias}\"}\n";

        assertEquals(
                Told.of(Reference.key("order", "k")),
                signal(parent, "{'id': 1, 'key': 'k', 'alias': 'a'}").parent());
        assertEquals(
                Told.of(Reference.alias("order", "a")),
                signal(parent, "{'id': 1, 'key': null, 'alias': 'a'}").parent());
        assertEquals(Told.nothing(), signal(parent, "{'id': 1, 'key': null}").parent());
    }

    @Test
    void aLifecycleThatAnExpressionNamesMustExist() {
        EvaluationException e = assertThrows(
                EvaluationException.class,
                () -> signal("parent: {lifecycle: \"${payload.of}\", key: k}\n", "{'id': 1, 'of': 'ordr'}"));

        assertTrue(e.describe().contains("'ordr' does not fit (expected a lifecycle, nearest: order)"), e.describe());
    }

    @Test
    void aValueOutsideTheAllowedOnesIsAnError() {
        EvaluationException e = assertThrows(
                EvaluationException.class,
                () -> signal("attributes: {order.state: \"${payload.state}\"}\n", "{'id': 1, 'state': 'lost'}"));

        assertTrue(e.describe().startsWith("order.yaml:8:"), e.describe());
        assertTrue(e.describe().contains("'lost'"), e.describe());
    }

    @Test
    void severalMappingsSayTheirPart() {
        Program program = Shop.load(
                Shop.files(
                        "a.yaml",
                                "apiVersion: contextcore.io/v1\nmapping: a\nkind: shop\nevents: [order]\nlifecycles: [{lifecycle: order, key: k}]\n",
                        "b.yaml",
                                "apiVersion: contextcore.io/v1\nmapping: b\nkind: shop\nevents: \"*\"\nlifecycles: [{lifecycle: order, key: k}]\n",
                        "c.yaml",
                                "apiVersion: contextcore.io/v1\nmapping: c\nkind: shop\nevents: [other]\nlifecycles: [{lifecycle: order, key: k}]\n"));

        Evaluation evaluation = program.evaluate(Shop.delivery("{}"));

        assertEquals(List.of("a", "b"), evaluation.mappings());
        assertEquals(
                List.of(0L, 1L),
                evaluation.signals().stream().map(signal -> signal.origin().n()).toList());
        assertNull(evaluation.ignored());
    }

    @Test
    void aDeliveryThatNobodyWantsSaysWhy() {
        Program program = Shop.mapping("""
                ignore: [{when: payload.test, reason: test-order}]
                when: payload.id > 0
                logs: [{event: order.noted, when: payload.id != 5}]
                """);

        assertEquals(
                "no-mapping", program.evaluate(Shop.delivery("other", "{}")).ignored());
        assertEquals(
                "test-order",
                program.evaluate(Shop.delivery("{'id': 1, 'test': true}")).ignored());
        assertEquals("when-false", program.evaluate(Shop.delivery("{'id': 0}")).ignored());
        assertEquals(
                "when-false", program.evaluate(Shop.delivery("{}")).ignored(), "an absent condition does not hold");
        assertEquals("when-false", program.evaluate(Shop.delivery("{'id': 5}")).ignored(), "no part of it held");
        assertNull(program.evaluate(Shop.delivery("{'id': 1}")).ignored());
    }

    @Test
    void spansOfAListShareALane() {
        Program program = Shop.mapping("""
                spans:
                  - for_each: payload.steps
                    as: step
                    trace_id: %s
                    span_id: ${substring(sha256(step.name), 0, 16)}
                    name: ${step.name}
                    start: ${step.start}
                    end: ${step.end}
                    status: "${step.ok ? 'ok' : 'error'}"
                    message: it failed
                    links: [{trace_id: "${step.link}", span_id: "0123456789abcdef"}]
                """.replace("%s", TRACE));

        List<Emission> emissions = program.evaluate(
                        Shop.delivery("{'steps': [{'name': 'a', 'start': 1772442000, 'end': 1772442001, 'ok': true},"
                                + "{'name': 'b', 'start': 1772442001, 'end': 1772442000, 'ok': false, 'link': '" + TRACE
                                + "'}]}"))
                .emissions();

        assertEquals(1, emissions.size());
        assertEquals(TRACE, emissions.get(0).key());
        Span first = emissions.get(0).spans().get(0);
        Span second = emissions.get(0).spans().get(1);
        assertEquals(Span.Status.OK, first.status());
        assertTrue(first.links().isEmpty(), "a link without an id is left out");
        assertEquals(Span.Status.error("it failed"), second.status());
        assertEquals(second.start(), second.end(), "an end before its start is clamped");
        assertEquals(TRACE, second.links().get(0).traceId());
    }

    @Test
    void anIdMustBeHex() {
        Program program = Shop.mapping("""
                spans:
                  - {trace_id: "${payload.trace}", span_id: "0123456789abcdef", name: a, start: "2026-01-01", end: "2026-01-01"}
                """);

        for (String bad : List.of(
                "'x'", "'" + "0".repeat(32) + "'", "'" + TRACE.toUpperCase(java.util.Locale.ROOT) + "'", "null")) {
            assertThrows(
                    EvaluationException.class, () -> program.evaluate(Shop.delivery("{'trace': " + bad + "}")), bad);
        }
    }

    @Test
    void moreSpansAndLogsThanAllowedAreLeftOutAndNoted() {
        Program program = Shop.mapping("""
                spans:
                  - {for_each: payload.list, trace_id: %s, span_id: "0123456789abcdef", name: a, start: "2026-01-01", end: "2026-01-01"}
                logs:
                  - {for_each: payload.list, event: a}
                """.replace("%s", TRACE));

        Evaluation atTheCap = program.evaluate(Shop.delivery("{'list': [" + "1,".repeat(999) + "1]}"));
        Evaluation onePast = program.evaluate(Shop.delivery("{'list': [" + "1,".repeat(1_000) + "1]}"));

        assertEquals(List.of(), atTheCap.notes());
        assertEquals(List.of("spans-capped", "logs-capped"), onePast.notes());
        assertEquals(
                1_000,
                onePast.emissions().stream().mapToInt(e -> e.spans().size()).sum());
        assertEquals(
                1_000,
                onePast.emissions().stream().mapToInt(e -> e.logs().size()).sum());
    }

    @Test
    void aLogOfAnInstanceCarriesItsIds() {
        Program program = Shop.mapping("""
                logs:
                  - event: order.noted
                    at: ${payload.at}
                    severity: warn
                    of: {lifecycle: order, key: "shop/${payload.id}"}
                    attributes: {order.id: "${payload.id}", order.state: paid}
                  - {event: order.alone}
                """);

        List<Emission> emissions = program.evaluate(Shop.delivery("{'id': 'x', 'at': '2026-03-02T09:00:00Z'}"))
                .emissions();

        LogRecord log = emissions.get(0).logs().get(0);
        assertEquals("shop/x", emissions.get(0).key());
        assertEquals(TelemetryIds.traceId("shop/x"), log.traceId());
        assertEquals(TelemetryIds.spanId("shop/x", "root"), log.spanId());
        assertEquals(LogRecord.Severity.WARN, log.severity());
        assertEquals(Nanos.of(Instant.parse("2026-03-02T09:00:00Z")), log.time());
        assertEquals(Shop.RECEIVED, log.observed());
        assertEquals(Map.of("order.id", AttributeValue.of("x")), log.attributes(), "only what is indexed");
        assertEquals(2, log.body().size());
        LogRecord alone = emissions.get(1).logs().get(0);
        assertNull(alone.traceId());
        assertEquals("acme//d1", emissions.get(1).key());
    }

    @Test
    void aTraceHearsOfEveryExpression() {
        List<String> heard = new ArrayList<>();
        Program program = Shop.load(
                Shop.files(
                        "a.yaml",
                        Shop.order("vars: {a: payload.id + 1}\nlogs: [{event: \"order.${a}\"}]\n"),
                        "b.yaml",
                        "apiVersion: contextcore.io/v1\nmapping: z\nkind: shop\nevents: \"*\"\nwhen: \"false\"\nlogs: [{event: x}]\n"));

        program.evaluate(Shop.delivery("{'id': 1}"), Facts.none(), new Trace() {
            @Override
            public void mapping(String name, String file) {
                heard.add(name + " " + file);
            }

            @Override
            public void expression(String what, String source, Location location, Object value) {
                heard.add(what + " " + location + " " + value);
            }

            @Override
            public void passed(String name, String reason) {
                heard.add(name + " " + reason);
            }
        });

        assertEquals(
                List.of(
                        "shop.order a.yaml",
                        "vars.a a.yaml:5:11 2",
                        "logs[0].event a.yaml:6:17 order.2",
                        "z b.yaml",
                        "when b.yaml:5:8 false",
                        "z when-false"),
                heard);
    }

    @Test
    void anEmptyBodyIsAbsent() {
        Program program = Shop.mapping("logs: [{event: order.noted, when: payload == absent}]\n");

        Evaluation evaluation = program.evaluate(new io.contextcore.gateway.model.Delivery(
                1, "acme", "shop", "order", "acme//d", Map.of(), MissingNode.getInstance(), Shop.RECEIVED));

        assertEquals(List.of("shop.order"), evaluation.mappings());
    }

    @Test
    void theBudgetHoldsForTheWholeDelivery() {
        String log = "{event: a, when: \"payload.list.exists(x, payload.list.exists(y, y == 0))\"}";
        Program once = Shop.mapping("logs: [" + log + ", {event: b}]\n");
        Program twice = Shop.mapping("logs: [" + log + ", " + log + "]\n");
        String list = "[" + "1,".repeat(270) + "1]";

        var delivery = Shop.delivery("{'list': " + list + "}");

        assertEquals(List.of("shop.order"), once.evaluate(delivery).mappings());
        EvaluationException e = assertThrows(EvaluationException.class, () -> twice.evaluate(delivery));
        assertTrue(e.describe().contains("budget"), e.describe());
    }
}
