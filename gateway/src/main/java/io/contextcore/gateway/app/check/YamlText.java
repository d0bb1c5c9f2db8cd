package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.yaml.Scalars;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes values as YAML, so that {@link YamlJson} reads the same: in brackets where they fit into a line, else as a block. */
public final class YamlText {

    private static final int LINE = 110;
    /** Text that means itself in and outside of brackets. */
    private static final Pattern PLAIN = Pattern.compile(
            "[A-Za-z0-9_/][A-Za-z0-9_./@+()#:-]*(?<!:)( [A-Za-z0-9_./@+()-][A-Za-z0-9_./@+()#:-]*(?<!:))*");

    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\x{7f}-\\x{9f}\\x{2028}\\x{2029}\\x{d800}-\\x{dfff}\\x{feff}\\x{fffe}\\x{ffff}]");
    /** In test files a time is a time, with or without quotes. */
    private static final Pattern TIME = Pattern.compile("[0-9-]{10}T[0-9:]{8}(\\.[0-9]+)?Z");

    private static final String STEP = "  ";

    private YamlText() {}

    /** In one line. */
    public static String flow(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .map(member -> key(member.getKey()) + ": " + flow(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(flow(item)));
            return items.stream().collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isMissingNode() || value.isNull()) {
            return "null";
        }
        return value.isTextual() ? text(value.textValue()) : value.toString();
    }

    /** The entries of a map, one a line or more; the first line without indentation, none with a line's end. */
    public static String block(JsonNode map, int indent) {
        return String.join("\n" + " ".repeat(indent), lines(map, LINE - indent));
    }

    private static List<String> lines(JsonNode node, int room) {
        List<String> lines = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode item : node) {
                List<String> parts = item.isObject() && !fits(item, room - 2)
                        ? lines(item, room - STEP.length())
                        : List.of(flow(item));
                lines.add("- " + parts.get(0));
                parts.subList(1, parts.size()).forEach(line -> lines.add(STEP + line));
            }
            return lines;
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String key = key(member.getKey()) + ":";
            JsonNode value = member.getValue();
            boolean nested = value.isContainerNode() && !value.isEmpty();
            boolean records = value.isArray() && nested && value.get(0).isObject();
            if (nested && (records || !fits(value, room - key.length() - 1))) {
                lines.add(key);
                lines(value, room - STEP.length()).forEach(line -> lines.add(STEP + line));
            } else {
                lines.add(key + " " + flow(value));
            }
        }
        return lines;
    }

    private static boolean fits(JsonNode value, int room) {
        return flow(value).length() <= room;
    }

    private static String text(String text) {
        YamlScalar plain = YamlScalar.plain(text, Location.file(""));
        boolean itself = PLAIN.matcher(text).matches()
                && YamlJson.of(plain).isTextual()
                && (TIME.matcher(text).matches() || !Scalars.looksLikeSomethingElse(plain));
        return itself ? text : quoted(text);
    }

    /** Keys are text to every reader. */
    private static String key(String text) {
        return TIME.matcher(text).matches() ? quoted(text) : text(text);
    }

    /** JSON's escapes are YAML's too; YAML wants a few more. */
    private static String quoted(String text) {
        String json = TextNode.valueOf(text).toString();
        return UNPRINTABLE
                .matcher(json)
                .replaceAll(match -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) match.group().charAt(0)));
    }
}
