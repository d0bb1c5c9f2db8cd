package io.contextcore.gateway.expression;

import static io.contextcore.gateway.expression.FunctionSpec.ours;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.contextcore.gateway.base.Hashing;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Functions over text. Positions and lengths count code points. */
final class TextFunctions {

    private static final int SHORT_HASH = 16;

    private TextFunctions() {}

    static List<FunctionSpec> specs() {
        return List.of(
                ours(
                        "lower",
                        List.of("lower(text: string) -> string"),
                        "The text in lower case.",
                        "lower('In Progress')",
                        "'in progress'",
                        a -> string(a[0]).toLowerCase(Locale.ROOT)),
                ours(
                        "upper",
                        List.of("upper(text: string) -> string"),
                        "The text in upper case.",
                        "upper('abc')",
                        "'ABC'",
                        a -> string(a[0]).toUpperCase(Locale.ROOT)),
                ours(
                        "trim",
                        List.of("trim(text: string) -> string"),
                        "The text without white space at both ends.",
                        "trim('  a b ')",
                        "'a b'",
                        a -> string(a[0]).strip()),
                ours(
                        "split",
                        List.of("split(text: string, separator: string) -> list"),
                        "The parts between the separators; an empty separator gives the characters.",
                        "split('a,b,,c', ',')",
                        "['a', 'b', '', 'c']",
                        a -> split(string(a[0]), string(a[1]))),
                ours(
                        "join",
                        List.of("join(list: list, separator: string) -> string"),
                        "The items as text, with the separator between them; null items are left out.",
                        "join(['a', 2, 'c'], '-')",
                        "'a-2-c'",
                        a -> join(a[0], string(a[1]))),
                ours(
                        "replace",
                        List.of("replace(text: string, what: string, with: string) -> string"),
                        "The text with every occurrence replaced.",
                        "replace('a.b.c', '.', '/')",
                        "'a/b/c'",
                        a -> string(a[0]).replace(string(a[1]), string(a[2]))),
                ours(
                        "substring",
                        List.of(
                                "substring(text: string, start: int) -> string",
                                "substring(text: string, start: int, end: int) -> string"),
                        "The text from start (counted from 0) up to, not including, end. Positions outside are moved to the ends.",
                        "substring('deadbeef', 0, 4)",
                        "'dead'",
                        TextFunctions::substring),
                ours(
                        "truncate",
                        List.of("truncate(text: string, length: int) -> string"),
                        "The text, cut to at most so many characters; a cut one ends in `…`.",
                        "truncate('a long title', 6)",
                        "'a lon…'",
                        a -> truncate(string(a[0]), (Long) a[1])),
                ours(
                        "slug",
                        List.of("slug(text: string) -> string"),
                        "Lower-case letters and digits, everything between them as one hyphen.",
                        "slug('Fix: the  Build!')",
                        "'fix-the-build'",
                        a -> slug(string(a[0]))),
                ours(
                        "hash",
                        List.of("hash(text: string) -> string"),
                        "The first 16 hex digits of the text's SHA-256: a short name that stays the same.",
                        "hash('abc')",
                        "'ba7816bf8f01cfea'",
                        a -> sha256(string(a[0])).substring(0, SHORT_HASH)),
                ours(
                        "sha256",
                        List.of("sha256(text: string) -> string"),
                        "The 64 hex digits of the SHA-256 of the text in UTF-8.",
                        "sha256('abc')",
                        "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'",
                        a -> sha256(string(a[0]))),
                ours(
                        "match",
                        List.of("match(text: string, pattern: regex) -> bool"),
                        "Whether the RE2 pattern occurs in the text; `^` and `$` bind it to the ends.",
                        "match('v1.2.3', r'^v\\d+')",
                        "true",
                        a -> regex(a[1]).matcher(string(a[0])).find()),
                ours(
                        "capture",
                        List.of(
                                "capture(text: string, pattern: regex) -> string",
                                "capture(text: string, pattern: regex, group: int) -> string"),
                        "What a group of the RE2 pattern captured at its first occurrence: the first group unless told otherwise"
                                + " (0 is the whole match; a pattern without groups gives the whole match). Absent if it does not occur.",
                        "capture('https://acme.example/rest/1', '^https?://([^/]+)')",
                        "'acme.example'",
                        TextFunctions::capture));
    }

    static String string(Object value) {
        return (String) value;
    }

    /** A pattern that was compiled at load, or one that an expression made. */
    static Pattern regex(Object value) {
        if (value instanceof Pattern compiled) {
            return compiled;
        }
        try {
            return Pattern.compile((String) value);
        } catch (PatternSyntaxException e) {
            throw new EvaluationException("'" + value + "' is no regular expression: " + e.getDescription());
        }
    }

    private static List<Object> split(String text, String separator) {
        List<Object> parts = new ArrayList<>();
        if (separator.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(Character.toString(c)));
            return parts;
        }
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(text.substring(start, end));
            start = end + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String join(Object list, String separator) {
        return Values.list(list).orElseThrow().stream()
                .map(Values::of)
                .filter(Values::isThere)
                .map(Conversions::text)
                .collect(Collectors.joining(separator));
    }

    private static String substring(Object[] arguments) {
        String text = string(arguments[0]);
        int start = position(text, (Long) arguments[1]);
        int end = arguments.length > 2 ? position(text, (Long) arguments[2]) : text.length();
        return text.substring(start, Math.max(start, end));
    }

    private static int position(String text, long codePoints) {
        long inside = Math.max(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        return text.offsetByCodePoints(0, (int) inside);
    }

    private static String truncate(String text, long length) {
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return length <= 0 ? "" : text.substring(0, position(text, length - 1)) + "…";
    }

    private static String slug(String text) {
        StringBuilder slug = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                slug.appendCodePoint(c);
            } else if (slug.length() > 0 && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
            }
        });
        int end = slug.length();
        return end > 0 && slug.charAt(end - 1) == '-' ? slug.substring(0, end - 1) : slug.toString();
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(Hashing.sha256(text));
    }

    private static Object capture(Object[] arguments) {
        Matcher matcher = regex(arguments[1]).matcher(string(arguments[0]));
        if (!matcher.find()) {
            return Nothing.ABSENT;
        }
        long group = arguments.length > 2 ? (Long) arguments[2] : Math.min(1, matcher.groupCount());
        if (group < 0 || group > matcher.groupCount()) {
            throw new EvaluationException("group " + group + " (expected 0 to " + matcher.groupCount() + ")");
        }
        return Values.of(matcher.group((int) group));
    }
}
