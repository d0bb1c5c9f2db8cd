package io.contextcore.gateway.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a source sends about one thing, from its first word to its last: bodies of a given size in the shape of real ones.
 * What they lack is filled half with addresses, each a member of its own as senders have them, half with text.
 *
 * @param lines those of the source's file of deliveries
 * @param filled the object that takes what is filled in, as a JSON pointer
 * @param numbers what in the file names the thing or its group, and what stands for it
 */
record Story(String source, List<Integer> lines, String filled, Map<String, String> numbers) {

    private static final Path FIXTURES = Path.of("src/test/resources/e2e");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ADDRESS_BYTES = 90;

    /** An issue: opened, assigned, blocked, unblocked, closed. */
    static final Story GITHUB = new Story(
            "github",
            List.of(1, 2, 3, 4, 5),
            "/issue",
            Map.of(
                    "issues/12\"", "issues/" + Template.THING + "\"",
                    "\"number\":12,", "\"number\":" + Template.THING + ",",
                    "5500012", "55" + Template.THING,
                    "I_shop12", "I_" + Template.THING));

    /** An issue: created, in progress, done. */
    static final Story JIRA = new Story(
            "jira",
            List.of(0, 1, 2),
            "/issue/fields",
            Map.of("SHOP-7", "SHOP-" + Template.THING, "10042", Template.THING));

    /** A tool's call: before, after. A hundred of them are in one turn of one session. */
    static final Story CLAUDE_CODE = new Story(
            "claude-code",
            List.of(2, 3),
            "/tool_input",
            Map.of(
                    "toolu_015R8tPjv7FUHuW6MDJj8HpT", "toolu_" + Template.THING,
                    "8bbcceab-0b3e-4e24-98c9-ec146b1ca8c6", "8bbcceab-0b3e-4e24-98c9-ec146" + Template.GROUP,
                    "23d7f57d-6e63-45f1-9217-c7395a4c98a9", "23d7f57d-6e63-45f1-9217-c7395" + Template.GROUP));

    static final List<Story> ALL = List.of(GITHUB, JIRA, CLAUDE_CODE);

    /** A body, and the name of its event. */
    record Chapter(String event, String body) {}

    /** @param bytes of each body; one that is larger by itself stays as it is */
    List<Chapter> chapters(int bytes, Random random) throws IOException {
        List<String> deliveries = Files.readAllLines(FIXTURES.resolve(source + ".jsonl"));
        List<Chapter> chapters = new ArrayList<>();
        for (int line : lines) {
            JsonNode delivery = JSON.readTree(deliveries.get(line));
            ObjectNode body = (ObjectNode) delivery.get("body");
            fill(body, bytes, random);
            chapters.add(new Chapter(delivery.get("event").textValue(), named(JSON.writeValueAsString(body))));
        }
        return chapters;
    }

    private void fill(ObjectNode body, int bytes, Random random) throws JsonProcessingException {
        ObjectNode into = (ObjectNode) body.at(filled);
        int missing = bytes - JSON.writeValueAsBytes(body).length;
        for (int i = 0; i < missing / 2 / ADDRESS_BYTES; i++) {
            into.put("link_" + i + "_url", "https://example.com/" + text(random, ADDRESS_BYTES - 40));
        }
        into.put("notes", "");
        int left = bytes - JSON.writeValueAsBytes(body).length;
        into.put("notes", text(random, Math.max(0, left)));
    }

    private String named(String body) {
        String named = body;
        for (Map.Entry<String, String> number : numbers.entrySet()) {
            named = named.replace(number.getKey(), number.getValue());
        }
        return named;
    }

    /** Text that does not compress well, and needs no escapes. */
    static String text(Random random, int length) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 -_.,;:!?()";
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
