package io.contextcore.gateway.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.contextcore.gateway.base.Limits;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Takes secrets out of a body, by rules that are data. Each secret becomes {@code [REDACTED:<rule>]}. Time is in
 * proportion to rules times text: the patterns are RE2's. Thread-safe; the same text gives the same result for ever.
 */
public final class Redactor {

    /** Rule that a redaction by member name is counted under. */
    public static final String KEY_RULE = "key";

    /** Shorter texts and member names are not searched for secrets: those that can be told are longer. */
    static final int TEXT_CHARS = 8;

    static final int NAME_CHARS = 16;

    /** Strings that are JSON are looked into, and their strings too, so many levels down. */
    static final int NESTED_LEVELS = 3;

    private static final Redactor NONE = new Redactor(List.of(), List.of());

    /** Answers about names are remembered, as bodies of a source repeat their names; so many, of such a length. */
    private static final int REMEMBERED_NAMES = 4_096;

    private static final int REMEMBERED_CHARS = 64;

    private final Pattern keys;
    private final Map<String, Boolean> remembered = new ConcurrentHashMap<>();
    private final List<Rule> values;
    private final Hints hints;
    private final StrictJson json = new StrictJson(Limits.defaults());

    /**
     * A kind of secret that can be told by its look. Several rules may share a name.
     *
     * @param pattern searched for in texts; if it has a group, only what the first group holds is the secret
     * @param hints the pattern is tried only on texts that hold one of these, in any case; that saves most of the time.
     *     None given: the plain text that the pattern begins with, if it does
     */
    public record Rule(String name, Pattern pattern, List<String> hints) {

        public Rule {
            List<String> given = hints.isEmpty() ? List.of(PlainPrefix.of(pattern.pattern())) : hints;
            hints = given.stream().map(hint -> hint.toLowerCase(Locale.ROOT)).toList();
        }
    }

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
        this.keys = Pattern.compile(
                keys.isEmpty()
                        ? "[^\\x00-\\x{10FFFF}]" // matches nothing
                        : keys.stream().map(key -> "(?:" + key.pattern() + ")").collect(Collectors.joining("|")));
        this.values = List.copyOf(values);
        this.hints = new Hints(values.stream().map(Rule::hints).toList());
    }

    /** Redacts nothing. */
    public static Redactor none() {
        return NONE;
    }

    /** Looks at member names, strings, and strings that are JSON themselves; changes nothing in the given tree. */
    public Redacted redact(JsonNode tree) {
        if (this == NONE) {
            return new Redacted(tree, Map.of());
        }
        RedactionPass pass = new RedactionPass(this, json);
        JsonNode clean = pass.node(tree, NESTED_LEVELS);
        return new Redacted(clean, pass.counts());
    }

    /** The text without secrets, also if it is JSON. */
    public String redact(String text) {
        return new RedactionPass(this, json).text(text, NESTED_LEVELS);
    }

    /** Those of the rules for texts that may find something in this one, in their order. */
    List<Rule> rulesFor(String text) {
        BitSet found = hints.in(text);
        return found.isEmpty()
                ? List.of()
                : found.stream().mapToObj(values::get).toList();
    }

    /** Whether members of this name hold secrets. */
    boolean isSecretName(String name) {
        Boolean known = remembered.get(name);
        if (known != null) {
            return known;
        }
        boolean secret = keys.matches(name);
        if (name.length() <= REMEMBERED_CHARS && remembered.size() < REMEMBERED_NAMES) {
            remembered.put(name, secret);
        }
        return secret;
    }
}
