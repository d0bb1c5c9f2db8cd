package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/**
 * A value that is not as it should be.
 *
 * @param path within the record: {@code attributes.shop.price}
 * @param written what stands in the file; null: nothing does, and nothing should have come out
 * @param actual what came out; a missing node: nothing
 */
public record Difference(String path, @Nullable YamlNode written, JsonNode actual) {

    private static final int MOST_CHARS = 160;
    private static final int CONTEXT = 24;

    /** Where the expected value stands. */
    public @Nullable Location at() {
        return written == null ? null : written.location();
    }

    /** What was expected, as JSON, cut to what matters; {@code nothing} where nothing was. */
    public String expected() {
        return written == null ? "nothing" : shown(YamlJson.of(written), actual);
    }

    /** What came out, likewise. */
    public String found() {
        return shown(actual, written == null ? actual : YamlJson.of(written));
    }

    private static String shown(JsonNode value, JsonNode other) {
        if (value.isMissingNode() || value.isNull()) {
            return "nothing";
        }
        String text = value.toString();
        if (text.length() <= MOST_CHARS) {
            return text;
        }
        int same = 0;
        String against = other.toString();
        while (same < Math.min(text.length(), against.length()) && text.charAt(same) == against.charAt(same)) {
            same++;
        }
        int from = same < MOST_CHARS - CONTEXT || same == text.length() ? 0 : same - CONTEXT;
        int to = Math.min(text.length(), from + MOST_CHARS);
        return (from == 0 ? "" : "…") + text.substring(from, to) + (to == text.length() ? "" : "…") + " ("
                + text.length() + " characters)";
    }
}
