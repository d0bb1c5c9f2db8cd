package io.contextcore.gateway.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code project.id} a sender's name of a project (a repository, a board, a folder) stands for. A name that a rule
 * spells out goes before one that fits but for its case, and that before patterns, in which {@code *} stands for any
 * characters, none included. Of the patterns that fit, the one with the most other characters counts. A {@code *} in an id
 * is what the pattern's first one stood for.
 */
public final class Projects {

    /** No rules: every name stays without an id. */
    public static final Projects NONE = of(Map.of());

    /** What stands for any characters. */
    public static final char ANY = '*';

    private static final Comparator<Rule> MOST_CHARACTERS_FIRST =
            Comparator.comparingInt(Rule::characters).reversed().thenComparing(Rule::pattern);

    private final Map<String, String> names;
    private final Map<String, String> namesInAnyCase = new LinkedHashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    private Projects(Map<String, String> names) {
        this.names = Map.copyOf(names);
        names.forEach((name, id) -> {
            if (name.indexOf(ANY) < 0) {
                namesInAnyCase.putIfAbsent(name.toLowerCase(Locale.ROOT), id);
            } else {
                rules.add(Rule.of(name, id));
            }
        });
        rules.sort(MOST_CHARACTERS_FIRST);
    }

    /** Rules from names or patterns to ids. */
    public static Projects of(Map<String, String> rules) {
        return new Projects(rules);
    }

    /** The id for a sender's name of a project; none if no rule fits. */
    public Optional<String> idOf(String name) {
        String id = name.indexOf(ANY) < 0 ? names.get(name) : null;
        if (id == null) {
            id = namesInAnyCase.get(name.toLowerCase(Locale.ROOT));
        }
        return id != null
                ? Optional.of(id)
                : rules.stream()
                        .map(rule -> rule.idOf(name))
                        .filter(Objects::nonNull)
                        .findFirst();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Projects projects && names.equals(projects.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }

    /**
     * @param pieces what stands between the stars, in order; the first and the last one may be empty
     * @param characters how many characters are not stars
     */
    private record Rule(String pattern, List<String> pieces, int characters, String id) {

        static Rule of(String pattern, String id) {
            List<String> pieces = List.of(pattern.toLowerCase(Locale.ROOT).split("\\*", -1));
            return new Rule(
                    pattern, pieces, pieces.stream().mapToInt(String::length).sum(), id);
        }

        /** Takes each piece where it is found first, which is enough, and linear. */
        @Nullable String idOf(String name) {
            String lower = lower(name);
            String head = pieces.get(0);
            String tail = pieces.get(pieces.size() - 1);
            int end = name.length() - tail.length();
            if (end < head.length() || !lower.startsWith(head) || !lower.endsWith(tail)) {
                return null;
            }
            int at = head.length();
            int firstEnd = end;
            for (int i = 1; i < pieces.size() - 1; i++) {
                int found = lower.indexOf(pieces.get(i), at);
                if (found < 0 || found + pieces.get(i).length() > end) {
                    return null;
                }
                firstEnd = i == 1 ? found : firstEnd;
                at = found + pieces.get(i).length();
            }
            return id.replace(String.valueOf(ANY), name.substring(head.length(), firstEnd));
        }

        /** In lower case, character by character: some, as İ, become two of them else. */
        private static String lower(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.length() == name.length() ? lower : name;
        }
    }
}
