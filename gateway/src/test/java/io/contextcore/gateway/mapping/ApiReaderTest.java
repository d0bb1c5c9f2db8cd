package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Api.Parameter;
import io.contextcore.gateway.model.Api.Route;
import io.contextcore.gateway.model.Api.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code api:} of a kind's file says, and what is wrong with it. */
class ApiReaderTest {

    private static final String RIGHT = """
            apiVersion: contextcore.io/v1
            kind: shop
            verify: [{token: {header: T}}]
            event: payload.call
            delivery_id: coalesce(payload.key, request_id)
            api:
              title: Desk
              meaning: Takes orders.
              path: /v1
              calls: /calls
              headers: {X-Key: Counts once.}
              commands: {order: Tells of an order.}
              always: [key]
              parameters:
                id: {type: string, meaning: Its name., environment: ORDER}
                size: {type: string, values: [small, large], meaning: How large.}
                price: {type: number, meaning: What it costs.}
                files: {type: strings, files: "at:", meaning: What goes with it.}
                key: {type: string, meaning: A key.}
              routes:
                - {post: /orders, call: order.open, meaning: An order., needs: [id, size], takes: [price], command: "order open {id}", example: A-1 --size small}
                - {post: "/orders/{id}/pay", call: order.pay, meaning: It is paid., takes: [price, files]}
            """;

    private static Api api(String text) {
        return Objects.requireNonNull(
                Shop.load(Shop.files("kind.yaml", text)).kinds().get("shop").api());
    }

    @Test
    void whatAFileSaysHolds() {
        Api api = api(RIGHT);

        assertEquals("Desk", api.title());
        assertEquals("Takes orders.", api.meaning());
        assertEquals("/v1", api.path());
        assertEquals("/calls", api.calls());
        assertEquals(Map.of("X-Key", "Counts once."), api.headers());
        assertEquals(Map.of("order", "Tells of an order."), api.commands());
        assertEquals(
                List.of("id", "size", "price", "files", "key"),
                List.copyOf(api.parameters().keySet()));
        assertEquals(
                new Parameter("id", Type.STRING, List.of(), "Its name.", "ORDER", null),
                api.parameters().get("id"));
        assertEquals(
                new Parameter("files", Type.STRINGS, List.of(), "What goes with it.", null, "at:"),
                api.parameters().get("files"));
        assertEquals(
                List.of(
                        new Route(
                                "/orders",
                                "order.open",
                                "An order.",
                                List.of("id", "size"),
                                List.of("price", "key"),
                                List.of("order", "open", "{id}"),
                                "A-1 --size small"),
                        new Route(
                                "/orders/{id}/pay",
                                "order.pay",
                                "It is paid.",
                                List.of("id"),
                                List.of("price", "files", "key"),
                                List.of(),
                                "")),
                api.routes());
    }

    @Test
    void mappingsCanBeCheckedAgainstWhatCallsMaySay() {
        String mapping = """
                apiVersion: contextcore.io/v1
                mapping: shop.order
                kind: shop
                schema: shop
                events: [order.open]
                logs: [{event: a, attributes: {order.id: "${payload.ide}"}}]
                """;

        String problems = String.join("\n", Shop.problems(Shop.files("kind.yaml", RIGHT, "order.yaml", mapping)));

        assertTrue(problems.startsWith("order.yaml:6:"), problems);
        assertTrue(problems.contains("undefined field 'ide'"), problems);
        assertNotNull(Shop.load(Shop.files("kind.yaml", RIGHT, "order.yaml", mapping.replace("ide}", "id}"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "needs: [id, size] | needs: [id, sise] | :21:73: | 'sise' is no parameter (expected one of id, size, price, files, key, nearest: size)",
                "always: [key] | always: [kex] | :13:12: | 'kex' is no parameter",
                "\"order open {id}\" | \"order open {order}\" | :21:106: | 'order' is no parameter",
                "/orders/{id}/pay | /orders/{order}/pay | :22:15: | 'order' is no parameter",
                "/orders/{id}/pay | /orders/{id | :22:15: | '/orders/{id' cannot stand here",
                "path: /v1 | path: v1 | :9:9: | 'v1' cannot stand here",
                "call: order.pay | call: Order Pay | :22:40: | 'Order Pay' cannot stand here",
                "call: order.pay | call: order.open | :22:40: | the call 'order.open' exists already",
                "\"/orders/{id}/pay\" | /orders | :22:14: | the path '/orders' exists already",
                "takes: [price, files] | command: \"order {id} open\", example: A-1 | :22:83: | the command 'order open' exists already",
                ", example: A-1 --size small | ## | :21:106: | a command and its example stand together",
                "call: order.pay | example: A-1, call: order.pay | :22:43: | a command and its example stand together",
                "price: {type: number | call: {type: number | :17:5: | 'call' cannot be a parameter",
                "type: number | type: money | :17:19: | type: 'money' does not fit (expected one of string, number, time, strings",
                "payload.key | payload.keys | :5:31: | undefined field 'keys'",
            })
    void whatIsWrongIsToldWithItsPlace(String right, String wrong, String place, String problem) {
        String problems = String.join("\n", Shop.problems(Shop.files("kind.yaml", RIGHT.replace(right, wrong))));

        assertTrue(problems.contains("kind.yaml" + place), problems);
        assertTrue(problems.contains(problem), problems);
    }
}
