package io.contextcore.gateway.app.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;

/** JSON objects by chance: names and values that payloads have, and some that nobody expects. */
final class ChanceObject {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of(
            "id",
            "iid",
            "key",
            "title",
            "name",
            "state",
            "status",
            "created_at",
            "createdAt",
            "updated_at",
            "closed_at",
            "url",
            "event",
            "type",
            "action",
            "uuid",
            "project",
            "assignee",
            "data",
            "object",
            "time",
            "token",
            "in",
            "no",
            "a.b",
            "größe",
            "x-y",
            "with space",
            "it's",
            "a*",
            "q?",
            "1",
            "",
            "for",
            "absent",
            "payload",
            "item",
            "#",
            ": ");
    private static final List<String> TEXTS = List.of(
            "open",
            "closed",
            "Neu",
            "A lamp",
            "2026-03-02T09:00:00Z",
            "2026-03-02 09:00:00 UTC",
            "",
            " ",
            "no",
            "12:30",
            "${x}",
            "a: b # c",
            "{a}",
            "[b]",
            "\"q\"",
            "it's",
            "line\nline",
            "tab\t",
            "ü🚚",
            "null",
            "~",
            "*",
            "&a",
            "!t",
            "https://example.org/7",
            "x".repeat(300),
            "\u0001",
            "\u2028");

    private ChanceObject() {}

    static ObjectNode of(SplittableRandom chance) {
        return object(chance, 4);
    }

    private static ObjectNode object(SplittableRandom chance, int depth) {
        ObjectNode object = JSON.objectNode();
        int members = chance.nextInt(12);
        for (int i = 0; i < members; i++) {
            object.set(pick(NAMES, chance), value(chance, depth - 1));
        }
        if (chance.nextInt(3) == 0) {
            object.put("id", chance.nextInt(1000))
                    .put("title", pick(TEXTS, chance))
                    .put("state", pick(TEXTS, chance));
        }
        return object;
    }

    private static JsonNode value(SplittableRandom chance, int depth) {
        switch (chance.nextInt(depth > 0 ? 9 : 7)) {
            case 0:
                return JSON.nullNode();
            case 1:
                return JSON.booleanNode(chance.nextBoolean());
            case 2:
                return JSON.numberNode(chance.nextLong());
            case 3:
                return JSON.numberNode(chance.nextDouble() * 1e12);
            case 4:
                return JSON.numberNode(BigInteger.TEN.pow(chance.nextInt(40)));
            case 5, 6:
                return JSON.textNode(pick(TEXTS, chance));
            case 7:
                ArrayNode list = JSON.arrayNode();
                for (int i = chance.nextInt(3); i > 0; i--) {
                    list.add(value(chance, depth - 1));
                }
                return list;
            default:
                return object(chance, depth);
        }
    }

    private static String pick(List<String> from, SplittableRandom chance) {
        return from.get(chance.nextInt(from.size()));
    }
}
