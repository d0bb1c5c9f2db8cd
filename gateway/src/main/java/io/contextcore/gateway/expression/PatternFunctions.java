package io.contextcore.gateway.expression;

import static io.contextcore.gateway.expression.FunctionSpec.ours;
import static io.contextcore.gateway.expression.TextFunctions.string;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Regular expressions (RE2: their time is linear), and what they find that is wanted everywhere. */
final class PatternFunctions {

    private static final String BAD_PATTERN = "a pattern that is none, where it is made by an expression";

    private static final Pattern KEY = Pattern.compile("\\b[A-Z][A-Z0-9_]+-[0-9]+\\b");

    /** {@code owner/repo#12} and {@code #12}; the first group is what stands before it and forbids it. */
    private static final Pattern NUMBERED = Pattern.compile("(?:([A-Za-z0-9-]+)/([A-Za-z0-9._-]+))?#([0-9]{1,18})\\b");

    /** Instead of a group: whether the pattern occurs. */
    private static final long WHETHER = -1;

    private PatternFunctions() {}

    static List<FunctionSpec> specs(int most) {
        PatternMemory memory = new PatternMemory();
        return List.of(
                ours(
                                "match",
                                List.of("match(text: string, pattern: regex) -> bool"),
                                "Whether the RE2 pattern occurs in the text; `^` and `$` bind it to the ends.",
                                "match('v1.2.3', r'^v\\d+')",
                                "true",
                                (a, b) -> memory.answer(regex(b), string(a), WHETHER, Matcher::find))
                        .costing(Cost.PATTERN)
                        .failing(BAD_PATTERN),
                ours(
                                "capture",
                                List.of(
                                        "capture(text: string, pattern: regex) -> string",
                                        "capture(text: string, pattern: regex, group: int) -> string"),
                                "What a group of the RE2 pattern captured at its first occurrence: the first group unless told otherwise"
                                        + " (0 is the whole match; a pattern without groups gives the whole match). Absent if it does not occur.",
                                "capture('https://acme.example/rest/1', '^https?://([^/]+)')",
                                "'acme.example'",
                                (a, b, c) -> capture(memory, a, b, c))
                        .costing(Cost.PATTERN)
                        .failing("a group that the pattern does not have, and " + BAD_PATTERN),
                ours(
                                "captures",
                                List.of("captures(text: string, pattern: regex) -> map"),
                                "What the named groups, `(?P<name>…)`, of the RE2 pattern captured at its first occurrence, by their names."
                                        + " Groups that took no part are left out. Absent if it does not occur.",
                                "captures('v1.2', r'(?P<major>\\d+)\\.(?P<minor>\\d+)(?P<patch>\\.\\d+)?')",
                                "{'major': '1', 'minor': '2'}",
                                (a, b) -> {
                                    Matcher matcher = regex(b).matcher(string(a));
                                    return matcher.find() ? named(matcher) : Nothing.ABSENT;
                                })
                        .costing(Cost.PATTERN)
                        .failing(BAD_PATTERN),
                ours(
                                "find_all",
                                List.of("find_all(text: string, pattern: regex) -> list"),
                                "All occurrences of the RE2 pattern, in their order: maps as `captures` gives them if groups have names,"
                                        + " otherwise what the first group captured, or the whole match without groups.",
                                "find_all('fixes #7, see #12', r'#(\\d+)')",
                                "['7', '12']",
                                (a, b) -> findAll(regex(b), string(a)))
                        .costing(Cost.PIECES)
                        .failing(BAD_PATTERN),
                ours(
                                "replace_all",
                                List.of("replace_all(text: string, pattern: regex, with: string) -> string"),
                                "The text with every occurrence of the RE2 pattern replaced; `$1` or `${name}` is what a group captured.",
                                "replace_all('a1b22', r'(\\d+)', '<$1>')",
                                "'a<1>b<22>'",
                                (a, b, c) -> replaceAll(string(a), regex(b), string(c), most))
                        .costing(Cost.PATTERN)
                        .failing("a group that the pattern does not have, and " + BAD_PATTERN),
                ours(
                                "key_refs",
                                List.of("key_refs(text: string) -> list"),
                                "The keys of the form `ABC-12` in a text (a title, a branch, a message), each once, in their order.",
                                "key_refs('feature/SHOP-12-cart for OPS-3 and SHOP-12')",
                                "['SHOP-12', 'OPS-3']",
                                a -> keys(string(a)))
                        .costing(Cost.PIECES),
                ours(
                                "number_refs",
                                List.of("number_refs(text: string) -> list"),
                                "The references `#12` and `owner/repo#12` in a text, each once, in their order: maps of `number` (an int) and, where"
                                        + " they stand there, `owner` and `repo`.",
                                "number_refs('Fixes #7 and acme/shop#12 (not a#1)')",
                                "[{'number': 7}, {'owner': 'acme', 'repo': 'shop', 'number': 12}]",
                                a -> numbers(string(a)))
                        .costing(Cost.PIECES));
    }

    /** A pattern that was compiled at load, or one that an expression made. */
    static Pattern regex(Object value) {
        if (value instanceof Pattern compiled) {
            return compiled;
        }
        try {
            return Pattern.compile((String) value);
        } catch (PatternSyntaxException e) {
            throw new EvaluationException(
                    "'" + Spans.shown(value) + "' is no regular expression: " + e.getDescription());
        }
    }

    private static Object capture(PatternMemory memory, Object text, Object regex, Object number) {
        Pattern pattern = regex(regex);
        int groups = pattern.groupCount();
        long group = number instanceof Long told ? told : Math.min(1, groups);
        boolean there = group >= 0 && group <= groups;
        Object found = memory.answer(
                pattern,
                string(text),
                there ? group : WHETHER,
                matcher -> !there
                        ? matcher.find()
                        : matcher.find() ? Values.of(matcher.group((int) group)) : Nothing.ABSENT);
        if (there) {
            return found;
        }
        if (found == Boolean.TRUE) {
            throw new EvaluationException("group " + group + " (expected 0 to " + groups + ")");
        }
        return Nothing.ABSENT;
    }

    private static Map<Object, Object> named(Matcher matcher) {
        Map<Object, Object> groups = new LinkedHashMap<>();
        matcher.pattern().namedGroups().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(group -> {
                    String captured = matcher.group(group.getValue());
                    if (captured != null) {
                        groups.put(group.getKey(), captured);
                    }
                });
        return groups;
    }

    private static List<Object> findAll(Pattern pattern, String text) {
        boolean maps = !pattern.namedGroups().isEmpty();
        int group = Math.min(1, pattern.groupCount());
        List<Object> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String captured = maps ? "" : matcher.group(group);
            if (captured != null) {
                found.add(maps ? named(matcher) : captured);
            }
        }
        return found;
    }

    private static String replaceAll(String text, Pattern pattern, String with, int most) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder replaced = new StringBuilder();
        try {
            while (matcher.find()) {
                matcher.appendReplacement(replaced, with);
                TextFunctions.requireAtMost(most, replaced.length());
            }
            return matcher.appendTail(replaced).toString();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new EvaluationException("'" + Spans.shown(with) + "' names a group that the pattern does not have");
        }
    }

    private static List<Object> keys(String text) {
        Set<Object> keys = new LinkedHashSet<>();
        Matcher matcher = KEY.matcher(text);
        while (matcher.find()) {
            keys.add(matcher.group());
        }
        return new ArrayList<>(keys);
    }

    private static List<Object> numbers(String text) {
        Set<Object> numbers = new LinkedHashSet<>();
        Matcher matcher = NUMBERED.matcher(text);
        while (matcher.find()) {
            if (matcher.start() == 0 || !belongsTogether(text.charAt(matcher.start() - 1))) {
                Map<Object, Object> reference = new LinkedHashMap<>();
                if (matcher.group(1) != null) {
                    reference.put("owner", matcher.group(1));
                    reference.put("repo", matcher.group(2));
                }
                reference.put("number", Long.valueOf(matcher.group(3)));
                numbers.add(reference);
            }
        }
        return new ArrayList<>(numbers);
    }

    /** Behind such a character a number sign is part of something else: a word, a colour, an entity, a path. */
    private static boolean belongsTogether(char before) {
        return Character.isLetterOrDigit(before) || "_&#/.-".indexOf(before) >= 0;
    }
}
