package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a map with known keys. Ask for each key that may be there, then call {@link #done}, which complains of the
 * others. Nothing throws: what is wrong is added to the problems, and the value is then empty.
 */
public final class Fields {

    private final YamlMapping mapping;
    private final String what;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param what what the map is, for messages: {@code "a mapping file"} */
    public Fields(YamlMapping mapping, String what, Problems problems) {
        this.mapping = mapping;
        this.what = what;
        this.problems = problems;
    }

    /** The fields of a node that must be a map; otherwise a problem. */
    public static Optional<Fields> of(YamlNode node, String what, Problems problems) {
        if (node instanceof YamlMapping mapping) {
            return Optional.of(new Fields(mapping, what, problems));
        }
        problems.add(ErrorCode.WRONG_TYPE, node.location(), node.describe() + " is not " + what + " (expected a map)");
        return Optional.empty();
    }

    /** The field with this key; a problem if the key is missing or has no value. */
    public Field required(String key) {
        Field field = optional(key);
        if (!field.isPresent()) {
            problems.add(ErrorCode.MISSING_KEY, location(), what + " needs the key '" + key + "'");
        }
        return field;
    }

    /** The field with this key; a key without a value counts as not there. */
    public Field optional(String key) {
        known.add(key);
        return new Field(key, mapping.get(key).filter(node -> !isEmpty(node)).orElse(null), location(), problems);
    }

    /** Whether the key is there; it still counts as unknown unless it is asked for. */
    public boolean has(String key) {
        return mapping.get(key).isPresent();
    }

    /** Refuses a key of the language that this version does not understand yet. */
    public void notSupportedYet(String... keys) {
        for (String key : keys) {
            Field field = optional(key);
            if (field.isPresent()) {
                keyOf(key)
                        .ifPresent(place -> problems.add(
                                ErrorCode.NOT_SUPPORTED, place.location(), "'" + key + "' is not supported yet"));
            }
        }
    }

    public Location location() {
        return mapping.location();
    }

    public YamlMapping mapping() {
        return mapping;
    }

    /** Complains of every key that nobody asked for, with the nearest known one. */
    public void done() {
        for (YamlMapping.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                problems.add(
                        ErrorCode.UNKNOWN_KEY,
                        entry.key().location(),
                        "unknown key '" + key + "' in " + what + " (expected one of " + String.join(", ", known)
                                + Nearest.hint(key, known) + ")");
            }
        }
    }

    private Optional<YamlScalar> keyOf(String key) {
        return mapping.entries().stream()
                .map(YamlMapping.Entry::key)
                .filter(candidate -> candidate.text().equals(key))
                .findFirst();
    }

    private static boolean isEmpty(YamlNode node) {
        return node instanceof YamlScalar scalar
                && !scalar.quoted()
                && scalar.text().isEmpty();
    }
}
