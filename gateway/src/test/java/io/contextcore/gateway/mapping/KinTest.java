package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Told;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mapping says to several instances at once, and what it remembers. */
class KinTest {

    private static final String LISTING = Shop.LIFECYCLE
            + "children: {order: {labels: [order.state]}}\nrollup: {order.price: \"child['order.price']\"}\n"
            + "overdue: {order.gift: {when: \"after['order.state'] == 'paid'\", after: 1h}}\n";

    private static List<Message> messages(String rest, String body) {
        return Shop.load(Shop.files("lifecycle.yaml", LISTING, "order.yaml", Shop.order(rest)))
                .evaluate(Shop.delivery(body))
                .messages();
    }

    @Test
    void aSignalGoesToTheChildrenThatAParentLists() {
        List<Message> messages = messages("""
                lifecycles:
                  - lifecycle: order
                    children: {lifecycle: order, key: "shop/${payload.id}", where: {order.state: "${payload.state}"}}
                    end: ${received}
                """, "{'id': 1, 'state': 'paid'}");

        Message.ToChildren told = (Message.ToChildren) messages.get(0);
        assertEquals(Reference.key("order", "shop/1"), told.parent());
        assertEquals(Map.of("order.state", AttributeValue.of("paid")), told.where());
        assertEquals(Reference.key("order", ""), told.signal().target());
        assertEquals(Told.of(Shop.RECEIVED), told.signal().end());
        assertEquals(new Origin("acme", "acme//d1", 7, "", 0, 0), told.origin());
    }

    @Test
    void theParentOfChildrenMayBeKnownByAnAlias() {
        Message.ToChildren told = (Message.ToChildren) messages(
                        "lifecycles: [{lifecycle: order, children: {lifecycle: order, alias: \"a/${payload.id}\"}}]\n",
                        "{'id': 1}")
                .get(0);

        assertEquals(Reference.alias("order", "a/1"), told.parent());
        assertEquals(Map.of(), told.where());
    }

    @Test
    void aLabelWithoutAValueIsAnError() {
        EvaluationException e = assertThrows(
                EvaluationException.class,
                () -> messages(
                        "lifecycles: [{lifecycle: order, children: {lifecycle: order, key: a, where: {order.state:"
                                + " \"${payload.state}\"}}}]\n",
                        "{}"));

        assertTrue(e.describe().contains("children.where.order.state: absent does not fit"), e.describe());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            children: {lifecycle: order, key: a}, key: b | 'children' stands beside key or alias (expected one or the other)
            children: {lifecycle: order, key: a, where: {order.id: b}} | 'order.id' is no label of the children that 'order' lists (expected one of order.state)
            children: {lifecycle: order} | the parent of children needs one of the keys key, alias
            key: a, attributes: {order.price: 1.5} | 'order.price' is a roll-up of lifecycle 'order' (expected an attribute that is not summed up over children)
            key: a, attributes: {order.gift: true} | 'order.gift' is an overdue attribute of lifecycle 'order' (expected an attribute that does not become true by itself)
            """)
    void whatCannotBeIsTold(String rest, String problem) {
        List<String> problems = Shop.problems(
                "lifecycle.yaml",
                LISTING,
                "order.yaml",
                Shop.order("lifecycles: [{lifecycle: order, " + rest + "}]\n"));

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).endsWith(": " + problem), problems::toString);
    }

    @Test
    void onlyChildrenThatAreListedCanBeTold() {
        assertEquals(
                List.of("order.yaml:5:43: lifecycle 'order' lists no children of lifecycle 'order' (expected them under"
                        + " `children` of its file)"),
                Shop.problems(
                        "order.yaml",
                        Shop.order("lifecycles: [{lifecycle: order, children: {lifecycle: order, key: a}}]\n")));
    }

    @Test
    void aLinkMaySayThatTheOtherGetsOneBack() {
        Signal signal = (Signal) messages("""
                lifecycles:
                  - lifecycle: order
                    key: a
                    links:
                      - {lifecycle: order, key: b, both: true}
                      - {lifecycle: order, key: c}
                """, "{}").get(0);

        SortedMap<String, AttributeValue> none = new TreeMap<>();
        assertEquals(
                List.of(
                        new Link(Reference.key("order", "b"), none, true),
                        new Link(Reference.key("order", "c"), none, false)),
                signal.links());
    }

    @Test
    void oneDeliveryMaySpeakOfSeveralInstances() {
        List<Message> messages = messages("""
                lifecycles:
                  - for_each: payload.orders
                    as: order
                    when: order.id != 2
                    lifecycle: order
                    key: shop/${order.id}
                    links: [{for_each: order.with, lifecycle: order, key: "shop/${item}"}]
                """, "{'orders': [{'id': 1, 'with': [7, 8]}, {'id': 2}, {'id': 3}]}");

        assertEquals(
                List.of("shop/1", "shop/3"),
                messages.stream().map(Message::addressee).toList());
        assertEquals(2, ((Signal) messages.get(0)).links().size());
        assertEquals(1, messages.get(1).origin().n());
    }

    @Test
    void asManyMessagesAsTheCapAndNoMore() {
        Limits limits = Limits.defaults();
        Program program = Shop.load(
                Shop.files(
                        "order.yaml",
                        Shop.order("lifecycles: [{for_each: payload.ids, lifecycle: order, key: \"shop/${item}\"}]\n")),
                limits);

        Evaluation full = program.evaluate(Shop.delivery(ids(limits.messagesPerDelivery())));
        Evaluation past = program.evaluate(Shop.delivery(ids(limits.messagesPerDelivery() + 1)));

        assertEquals(limits.messagesPerDelivery(), full.messages().size());
        assertEquals(List.of(), full.notes());
        assertEquals(limits.messagesPerDelivery(), past.messages().size());
        assertEquals(List.of("messages-capped"), past.notes());
    }

    private static String ids(int count) {
        return "{'ids': " + IntStream.range(0, count).boxed().toList() + "}";
    }

    @Test
    void whatIsLearntIsKeptByTableAndKey() {
        List<Message> messages = messages(
                """
                learn:
                  - {for_each: payload.names, table: shop.names, key: "${item.id}", value: "${item.name}", at: "${payload.at}"}
                  - {when: payload.none, table: shop.names, key: never, value: x}
                """,
                "{'at': '2026-03-02T09:00:00Z', 'names': [{'id': 1, 'name': 'a'}, {'id': 2, 'name': null}, {'id': 3}]}");

        long at = Shop.RECEIVED - 3_600_000_000_000L;
        assertEquals(
                List.of(
                        new Message.Learn(
                                "shop.names",
                                "1",
                                new Cell<>(AttributeValue.of("a"), at, 7),
                                new Origin("acme", "acme//d1", 7, "", 0, 0)),
                        new Message.Learn(
                                "shop.names",
                                "2",
                                new Cell<>(null, at, 7),
                                new Origin("acme", "acme//d1", 7, "", 1, 0))),
                messages);
    }

    @Test
    void whatWasLearntCanBeReadByLaterDeliveries() {
        Program program = Shop.mapping("""
                learn: [{table: shop.names, key: "${payload.id}", value: "${payload.name}"}]
                lifecycles:
                  - lifecycle: order
                    key: shop/${payload.id}
                    attributes:
                      order.id: ${learnt('shop.names', payload.id, 'nobody')}
                      order.code: ${learnt('shop.names', payload.none)}
                """);
        Facts facts = (table, key) -> table.equals("shop.names") && key.equals("5") ? AttributeValue.of("five") : null;

        assertEquals(
                Map.of("order.id", Told.of(AttributeValue.of("five"))),
                program.evaluate(Shop.delivery("{'id': 5, 'name': 'five'}"), facts)
                        .signals()
                        .get(0)
                        .attributes());
        assertEquals(
                Map.of("order.id", Told.of(AttributeValue.of("nobody"))),
                program.evaluate(Shop.delivery("{'id': 6}"), facts)
                        .signals()
                        .get(0)
                        .attributes());
    }

    @Test
    void aTableThatNobodyLearnsIntoIsAProblem() {
        List<String> problems = Shop.problems("order.yaml", Shop.order("""
                learn: [{table: shop.names, key: a, value: b}]
                logs: [{event: "${learnt('shop.name', 'a')}"}]
                """));

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0)
                        .endsWith(
                                "nothing is learnt into a table 'shop.name' (expected one of shop.names, nearest: shop.names)"),
                problems::toString);
    }

    @Test
    void onlyPlainValuesAreLearnt() {
        EvaluationException e = assertThrows(
                EvaluationException.class,
                () -> messages("learn: [{table: t, key: a, value: \"${payload}\"}]\n", "{'a': {}}"));

        assertTrue(e.describe().contains("learn[0].value: "), e.describe());
        assertTrue(e.describe().contains("(expected text, a number or a flag)"), e.describe());
    }
}
