package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.Privacy;
import io.contextcore.gateway.model.Privacy.People;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateAttributesTest {

    private static final String PRIVATE = """
            apiVersion: contextcore.io/v1
            conventions:
              order.buyer: {type: string, meaning: Who buys., stability: stable, holds: person}
              order.watchers: {type: strings, meaning: Who looks on., stability: stable, holds: person}
              order.note: {type: string, meaning: What the buyer writes., stability: stable, holds: text}
            """;
    private static final String RULES = """
            lifecycles:
              - lifecycle: order
                key: shop/${payload.id}
                attributes:
                  order.id: ${payload.id}
                  order.buyer: ${payload.buyer}
                  order.watchers: ${payload.watchers}
                  order.note: ${payload.note.repeat}
            """;
    private static final String BODY =
            "{'id': 'a', 'buyer': 'ann', 'watchers': ['bob', 'cy@example.com']," + " 'note': {'repeat': 'call me'}}";

    @TempDir
    Path folder;

    @Test
    void namesAreTellingAndTextsAreNot() throws IOException {
        Map<String, String> told = told(Privacy.defaults());
        assertEquals("ann", told.get("order.buyer"));
        assertEquals("[bob, cy]", told.get("order.watchers"));
        assertFalse(told.containsKey("order.note"));
    }

    @Test
    void aHashIsTheSameForTheSamePersonWhateverTheAttribute() throws IOException {
        Map<String, String> told = told(new Privacy(People.HASH, Secret.of("k1"), false, false));
        assertTrue(told.get("order.buyer").matches("user-[0-9a-f]{16}"), told.toString());
        assertFalse(told.toString().contains("ann") || told.toString().contains("bob"), told.toString());
        Map<String, String> other = told(new Privacy(People.HASH, Secret.of("k2"), false, false));
        assertNotEquals(told.get("order.buyer"), other.get("order.buyer"));
        assertEquals("a", told.get("order.id"));
    }

    @Test
    void aPersonWhoIsNotToldIsNotThere() throws IOException {
        assertEquals(Map.of("order.id", "a"), told(new Privacy(People.DROP, null, false, false)));
    }

    @Test
    void textsAreToldWhereTheyAreAskedFor() throws IOException {
        assertEquals(
                "call me", told(new Privacy(People.KEEP, null, false, true)).get("order.note"));
    }

    @Test
    void whatIsNeverTextHoldsNothing() {
        List<String> problems = Shop.problems("more.yaml", """
                apiVersion: contextcore.io/v1
                conventions:
                  order.count: {type: int, meaning: How many., stability: stable, holds: person}
                  order.mood: {type: string, meaning: How., stability: stable, holds: feelings}
                """);
        assertEquals(2, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains("'holds' is for attributes of type string or strings"), problems.get(0));
        assertTrue(problems.get(1).contains("person"), problems.get(1));
    }

    private Map<String, String> told(Privacy privacy) throws IOException {
        for (Map.Entry<String, String> file : Shop.files("private.yaml", PRIVATE, "order.yaml", Shop.order(RULES))
                .entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Program program =
                ProgramLoader.load(List.of(folder), (source, name) -> Optional.empty(), Limits.defaults(), privacy);
        Map<String, String> told = new TreeMap<>();
        program.evaluate(Shop.delivery(BODY))
                .signals()
                .get(0)
                .attributes()
                .forEach((name, value) ->
                        told.put(name, String.valueOf(value.value().plain())));
        return told;
    }
}
