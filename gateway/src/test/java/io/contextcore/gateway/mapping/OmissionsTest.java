package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a strict reader misses. */
class OmissionsTest {

    private static final String SCHEMA = """
            apiVersion: contextcore.io/v1
            schema: shop.order
            payload:
              id: int
              more?:
                note: string
            """;

    private static List<String> omissions(String... files) {
        return Shop.load(Shop.files(files)).omissions().stream()
                .map(problem -> problem.location() + ": " + problem.code().code() + " " + problem.message())
                .toList();
    }

    private static String mapping(String condition) {
        return Shop.order("schema: shop.order\nlogs:\n  - {event: order.noted, when: " + condition + "}\n");
    }

    @Test
    void aMappingWithoutASchemaIsTold() {
        assertEquals(
                List.of("order.yaml:1:1: CC1005 mapping 'shop.order' names no schema (expected `schema: <name>`, so"
                        + " that misspelt paths are found)"),
                omissions("order.yaml", Shop.order("logs: [{event: order.noted}]\n")));
    }

    @Test
    void aSchemaThatNobodyNamesIsToldOnceAndItsMembersAreNot() {
        assertEquals(
                List.of("schema.yaml:2:9: CC1006 no mapping names the schema 'shop.order' (expected one)"),
                omissions("schema.yaml", SCHEMA));
    }

    @Test
    void aMemberThatNobodyReadsIsTold() {
        assertEquals(
                List.of("schema.yaml:6:5: CC1007 no mapping of the schema 'shop.order' reads 'payload.more.note'"
                        + " (expected only members that are read)"),
                omissions("schema.yaml", SCHEMA, "order.yaml", mapping("payload.id > 0 && has(payload.more)")));
    }

    @Test
    void nothingIsMissedWhereAllMembersAreRead() {
        assertEquals(
                List.of(),
                omissions("schema.yaml", SCHEMA, "order.yaml", mapping("payload.id > 0 && payload.more.note != ''")));
    }
}
