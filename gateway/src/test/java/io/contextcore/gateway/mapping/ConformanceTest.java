package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.model.Schema;
import io.contextcore.gateway.model.Schema.Place;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a payload fits a schema. */
class ConformanceTest {

    private static final Schema SCHEMA = Shop.load(Shop.files("schema.yaml", """
                            apiVersion: contextcore.io/v1
                            schema: shop.order
                            types:
                              buyer: {name: string}
                            payload:
                              id: int
                              name?: string
                              price?: number
                              gift?: boolean
                              placed?: time
                              lines?: [{sku: string}]
                              all?: list
                              notes?: {"*": string}
                              any?: object
                              buyer?: buyer | string | null
                              none?: "null"
                              extra?: any
                            """, "order.yaml", Shop.order("""
                            schema: shop.order
                            logs: [{event: order.noted, when: payload.id > 0}]
                            """)))
            .schemas()
            .get("shop.order");

    private static Conformance of(String payload) {
        return Conformance.of(SCHEMA, payload(payload));
    }

    private static JsonNode payload(String text) {
        return Shop.delivery(text).body();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'id': 1}",
                "{'id': 9223372036854775807, 'name': '', 'price': 1, 'gift': false}",
                "{'id': 1, 'price': 1.5, 'placed': '2026-03-02T10:00:00Z'}",
                "{'id': 1, 'placed': 1772445600000}",
                "{'id': 1, 'lines': [], 'all': [1, 'a'], 'notes': {'a': 'b'}, 'any': {}}",
                "{'id': 1, 'buyer': null, 'none': null, 'extra': [{}]}",
                "{'id': 1, 'buyer': 'sam', 'unknown': 7}",
                "{'id': 1, 'buyer': {'name': 'sam'}, 'lines': [{'sku': 'a'}, {'sku': 'b'}]}",
            })
    void whatASchemaSaysFits(String payload) {
        assertEquals(List.of(), of(payload).deviations());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'id': 1.5} | payload.id is 1.5 (expected int)",
                "{'id': 9223372036854775808} | payload.id is 9223372036854775808 (expected int)",
                "{'id': 1, 'name': 7} | payload.name is 7 (expected string)",
                "{'id': 1, 'name': null} | payload.name is null (expected string)",
                "{'id': 1, 'price': '7'} | payload.price is \"7\" (expected number)",
                "{'id': 1, 'gift': 1} | payload.gift is 1 (expected boolean)",
                "{'id': 1, 'placed': 'soon'} | payload.placed is \"soon\" (expected time)",
                "{'id': 1, 'placed': {}} | payload.placed is {} (expected time)",
                "{'id': 1, 'lines': {}} | payload.lines is {} (expected a list of an object)",
                "{'id': 1, 'lines': [{'sku': 'a'}, {'sku': 2}]} | payload.lines[1].sku is 2 (expected string)",
                "{'id': 1, 'lines': [7]} | payload.lines[0] is 7 (expected an object)",
                "{'id': 1, 'all': {}} | payload.all is {} (expected list)",
                "{'id': 1, 'notes': {'a': 1}} | payload.notes.a is 1 (expected string)",
                "{'id': 1, 'notes': []} | payload.notes is [] (expected an object)",
                "{'id': 1, 'any': []} | payload.any is [] (expected object)",
                "{'id': 1, 'none': 0} | payload.none is 0 (expected null)",
                "{'id': 1, 'buyer': 7} | payload.buyer is 7 (expected buyer or string or null)",
                "{'id': 1, 'buyer': {'name': 7}} | payload.buyer.name is 7 (expected string)",
                "{'id': 1, 'buyer': {}} | payload.buyer.name is missing (expected string; a member that may be"
                        + " missing is written 'name?')",
                "{} | payload.id is missing (expected int; a member that may be missing is written 'id?')",
                "[] | payload is [] (expected an object)",
            })
    void whatDoesNotFitIsToldWithItsPathAndWhatWasExpected(String payload, String deviation) {
        assertEquals(List.of(deviation), of(payload).deviations());
    }

    @Test
    void membersThatThePayloadHasAreSeen() {
        assertEquals(
                Set.of("payload.id", "payload.buyer", "buyer.name", "payload.lines", "payload.lines[].sku"),
                Set.copyOf(
                        of("{'id': 1, 'other': 2, 'buyer': {'name': 'sam'}, 'lines': [{'sku': 'a'}]}").seen().stream()
                                .map(ConformanceTest::text)
                                .toList()));
    }

    private static String text(Place place) {
        return place.structure() + "." + place.member();
    }
}
