package io.contextcore.gateway.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.contextcore.gateway.base.Limits;
import java.util.List;
import java.util.Map;

/**
 * Takes secrets out of a body, by rules that are data. Each secret becomes {@code [REDACTED:<rule>]}. Time is in
 * proportion to rules times text: the patterns are RE2's. Immutable.
 */
public final class Redactor {

    /** Rule that a redaction by member name is counted under. */
    public static final String KEY_RULE = "key";

    /** Shorter member names are not searched for secrets: those that can be told are longer. */
    static final int NAME_CHARS = 16;

    /** Strings that are JSON are looked into, and their strings too, so many levels down. */
    static final int NESTED_LEVELS = 3;

    private static final Redactor NONE = new Redactor(List.of(), List.of());

    private final List<Pattern> keys;
    private final List<Rule> values;
    private final StrictJson json = new StrictJson(Limits.defaults());

    /**
     * A kind of secret that can be told by its look. Several rules may share a name. A pattern that begins with plain
     * text is fast, because that text is searched for first.
     *
     * @param pattern searched for in strings; if it has a group, only what the first group holds is the secret
     */
    public record Rule(String name, Pattern pattern) {}

    /**
     * @param tree the same tree if there was nothing to take out
     * @param counts how many secrets each rule took out; no entry for none
     */
    public record Redacted(JsonNode tree, Map<String, Integer> counts) {

        public Redacted {
            counts = Map.copyOf(counts);
        }
    }

    /** @param keys patterns of names of members whose value is a secret; they must match the whole name */
    public Redactor(List<Pattern> keys, List<Rule> values) {
        this.keys = List.copyOf(keys);
        this.values = List.copyOf(values);
    }

    /** Redacts nothing. */
    public static Redactor none() {
        return NONE;
    }

    /** Looks at member names, strings, and strings that are JSON themselves; changes nothing in the given tree. */
    public Redacted redact(JsonNode tree) {
        if (keys.isEmpty() && values.isEmpty()) {
            return new Redacted(tree, Map.of());
        }
        RedactionPass pass = new RedactionPass(keys, values, json);
        JsonNode clean = pass.node(tree, NESTED_LEVELS);
        return new Redacted(clean, pass.counts());
    }

    /** The text without secrets, also if it is JSON. */
    public String redact(String text) {
        return new RedactionPass(keys, values, json).text(text, NESTED_LEVELS);
    }
}
