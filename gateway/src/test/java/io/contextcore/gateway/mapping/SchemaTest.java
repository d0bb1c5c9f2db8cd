package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas, and what they find in the expressions of mappings that name them. */
class SchemaTest {

    private static final String SCHEMA = """
            apiVersion: contextcore.io/v1
            schema: shop.order
            types:
              line: {sku: string, count: int, "parts?": lines}
              lines: [line]
              buyer: {name: string}
            payload:
              order:
                id: int
                title: string
                buyer?: buyer | null
                total: number
                placed: time
                gift: boolean
                lines: lines
                notes: {"*": string}
                source: buyer | string
                "x_*": any
              extra?: any
            """;

    private static String mapping(String rest) {
        return "apiVersion: contextcore.io/v1\nmapping: shop.order\nkind: shop\nschema: shop.order\nevents: [order]\n"
                + rest;
    }

    private static String log(String expression) {
        return mapping("logs:\n  - event: order.noted\n    when: " + expression + "\n");
    }

    private static List<String> problems(String mapping) {
        return Shop.problems("schema.yaml", SCHEMA, "order.yaml", mapping);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload.order.title == 'a'",
                "payload.order.id == null || payload.order.buyer == absent",
                "has(payload.order.buyer.name) && has(payload.extra)",
                "payload.order.lines.exists(l, l.parts.exists(p, p.sku == 'x' && p.parts[0].count > 1))",
                "payload.order.lines.first(l, l.count > 1).sku == 'x'",
                "payload.order.notes.any_note.startsWith('a') || payload.order.notes.exists(k, k == 'a')",
                "payload.order.total > 3 || payload.order.total < 3.5",
                "payload.order.source.name == 'x' || match(text(payload.order.source), 'y')",
                "payload.order.x_12 == 1 || payload.order['x_12'] == 'a' || payload.order[lookup('shop.state', 'a', 'x_1')] == 2",
                "payload.order['title'] == 'a' && 'title' in payload.order",
                "payload.extra.what.ever == 1",
                "payload.order.gift ? true : null"
            })
    void whatASchemaHasMayBeRead(String expression) {
        assertEquals(List.of(), problems(mapping("logs:\n  - event: order.noted\n    when: \"" + expression + "\"\n")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "payload.order.titel == 'a' | titel | payload.order | title",
                "has(payload.order.titel) | titel | payload.order | title",
                "payload.order['titel'] == 'a' | titel | payload.order | title",
                "payload.oder.title == 'a' | oder | payload | order",
                "payload.order.lines.exists(l, l.coutn > 1) | coutn | line | count",
                "payload.order.lines.exists(l, l.parts.all(p, p.skuu == '')) | skuu | line | sku",
                "payload.order.lines[0].parts[1].sk == '' | sk | line | sku",
                "payload.order.buyer.nam == 'a' | nam | buyer | name",
                "payload.order.source.nam == 'a' | nam | buyer | name",
                "payload.order.lines.first(l, l.count > 1).skuu == '' | skuu | line | sku",
                "last(take(payload.order.lines, 2)).skuu == '' | skuu | line | sku",
            })
    void aMisspeltPathIsAProblemAtItsPlace(String expression, String name, String object, String nearest) {
        List<String> problems = problems(log(expression));
        int column = "    when: ".length() + 1 + expression.lastIndexOf(name);

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0)
                        .startsWith("order.yaml:8:" + column + ": undefined field '" + name + "' of " + object
                                + " in schema shop.order (expected one of "),
                problems::toString);
        assertTrue(problems.get(0).endsWith(", nearest: " + nearest + ")"), problems::toString);
    }

    @Test
    void variablesAndItemsOfLoopsKeepTheirTypes() {
        List<String> problems = problems(mapping("""
                vars:
                  order: payload.order
                  skus: order.lines.map(l, l.sku)
                  wrong: order.titel
                  later: wrong.anything
                logs:
                  - event: order.noted
                    when: skus.exists(s, s.count > 1)
                  - event: order.noted
                    for_each: order.lines
                    as: line
                    when: line.cont > 1
                    attributes:
                      order.id: ${order.lines}
                      order.gift: "a ${order.gfit} b"
                """));

        assertEquals(5, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("order.yaml:9:16: undefined field 'titel' of payload.order"));
        assertTrue(problems.get(1).startsWith("order.yaml:13:27: type 'string' does not support field selection"));
        assertTrue(problems.get(2).startsWith("order.yaml:17:16: undefined field 'cont' of line"), problems::toString);
        assertTrue(problems.get(3).contains("the value is of type list"), problems::toString);
        assertTrue(problems.get(4).startsWith("order.yaml:20:30: undefined field 'gfit'"), problems::toString);
    }

    @Test
    void severalMistakesOfOneExpressionAreToldTogether() {
        assertEquals(
                2, problems(log("payload.order.titel == payload.order.idd")).size());
    }

    @Test
    void typesThatDoNotGoTogetherAreAProblem() {
        assertTrue(problems(log("payload.order.title > 3"))
                .get(0)
                .startsWith("order.yaml:8:31: found no matching overload for '_>_'"));
        assertTrue(
                problems(log("payload.order.title + payload.order.titel > 3")).size() > 0);
    }

    @Test
    void withoutASchemaNothingIsKnownOfAPayload() {
        assertEquals(
                List.of(),
                Shop.problems(
                        "order.yaml", Shop.order("logs: [{event: order.noted, when: payload.what.ever == 'x'}]\n")));
    }

    @Test
    void aSchemaIsNamedThatExists() {
        assertEquals(
                List.of(
                        "order.yaml:4:9: there is no schema 'shop.oder' (expected one of shop.order, nearest: shop.order)"),
                problems(
                        "apiVersion: contextcore.io/v1\nmapping: a\nkind: shop\nschema: shop.oder\nevents: [order]\nlogs: [{event: order.noted}]\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "payload: {a: strnig} | 3:14 | unknown type 'strnig' (expected one of string, int, number, boolean, time, list,"
                        + " object, any, null, nearest: string)",
                "payload: {a: [string, int]} | 3:14 | a list of 2 types (expected the one type of its items)",
                "payload: {a*b*: string} | 3:11 | 'a*b*' is no pattern (expected one *)",
                "payload: {a: string, a?: int} | 3:22 | 'a' stands twice, with and without '?' (expected once)",
                "payload: string | 3:10 | payload: 'string' does not fit (expected a map)",
                "types: {string: int} | 3:9 | 'string' is a type of the language (expected another name for a type of your own)",
                "types: {a: [a]} | 3:12 | type 'a' is made of itself (expected a map with names in between)",
                "types: {a: b, b: {\"*\": a}} | 3:12 | type 'a' is made of itself (expected a map with names in between)",
                "paylod: {} | 3:1 | unknown key 'paylod' in a schema file (expected one of",
            })
    void whatIsNoSchemaIsAProblem(String rest, String place, String message) {
        List<String> problems = Shop.problems(
                "schema.yaml",
                "apiVersion: contextcore.io/v1\nschema: shop.order\n" + rest
                        + (rest.startsWith("types") ? "\npayload: {}\n" : "\n"));

        assertTrue(
                problems.stream().anyMatch(p -> p.startsWith("schema.yaml:" + place + ": ") && p.contains(message)),
                problems::toString);
    }

    @Test
    void theTypeThatIsUnknownInAChoiceIsPointedAt() {
        List<String> problems =
                Shop.problems("schema.yaml", "apiVersion: contextcore.io/v1\nschema: a\npayload:\n  b: string | nul\n");

        assertTrue(problems.get(0).startsWith("schema.yaml:4:15: unknown type 'nul' (expected"), problems::toString);
        assertTrue(problems.get(0).endsWith("nearest: null)"), problems::toString);
    }
}
