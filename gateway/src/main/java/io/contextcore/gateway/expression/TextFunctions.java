package io.contextcore.gateway.expression;

import static io.contextcore.gateway.expression.FunctionSpec.ours;

import io.contextcore.gateway.model.Bound;
import io.contextcore.gateway.model.EvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Functions over text. Positions and lengths count code points. */
final class TextFunctions {

    private TextFunctions() {}

    static List<FunctionSpec> specs(int most) {
        return List.of(
                ours(
                        "lower",
                        List.of("lower(text: string) -> string"),
                        "The text in lower case.",
                        "lower('In Progress')",
                        "'in progress'",
                        a -> string(a).toLowerCase(Locale.ROOT)),
                ours(
                        "upper",
                        List.of("upper(text: string) -> string"),
                        "The text in upper case.",
                        "upper('abc')",
                        "'ABC'",
                        a -> string(a).toUpperCase(Locale.ROOT)),
                ours(
                        "trim",
                        List.of("trim(text: string) -> string"),
                        "The text without white space at both ends.",
                        "trim('  a b ')",
                        "'a b'",
                        a -> string(a).strip()),
                ours(
                                "split",
                                List.of("split(text: string, separator: string) -> list"),
                                "The parts between the separators; an empty separator gives the characters.",
                                "split('a,b,,c', ',')",
                                "['a', 'b', '', 'c']",
                                (a, b) -> split(string(a), string(b)))
                        .costing(Cost.PIECES),
                ours(
                                "join",
                                List.of("join(list: list, separator: string) -> string"),
                                "The items as text, with the separator between them; null items are left out.",
                                "join(['a', 2, 'c'], '-')",
                                "'a-2-c'",
                                (a, b) -> join(a, string(b), most))
                        .costing(Cost.CONTENT),
                ours(
                                "replace",
                                List.of("replace(text: string, what: string, with: string) -> string"),
                                "The text with every occurrence replaced.",
                                "replace('a.b.c', '.', '/')",
                                "'a/b/c'",
                                (a, b, c) -> replace(string(a), string(b), string(c), most))
                        .costing(Cost.SEARCH),
                ours(
                        "substring",
                        List.of(
                                "substring(text: string, start: int) -> string",
                                "substring(text: string, start: int, end: int) -> string"),
                        "The text from start (counted from 0) up to, not including, end. Positions outside are moved to the ends.",
                        "substring('deadbeef', 0, 4)",
                        "'dead'",
                        (a, b, c) -> substring(string(a), (Long) b, c)),
                ours(
                        "truncate",
                        List.of("truncate(text: string, length: int) -> string"),
                        "The text, cut to at most so many characters; a cut one ends in `…`.",
                        "truncate('a long title', 6)",
                        "'a lon…'",
                        (a, b) -> truncate(string(a), (Long) b)),
                ours(
                        "slug",
                        List.of("slug(text: string) -> string"),
                        "Lower-case letters and digits, everything between them as one hyphen.",
                        "slug('Fix: the  Build!')",
                        "'fix-the-build'",
                        a -> slug(string(a))));
    }

    static String string(Object value) {
        return (String) value;
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

    private static String join(Object list, String separator, int most) {
        StringBuilder joined = new StringBuilder();
        boolean first = true;
        for (Object item : Values.items(list)) {
            Object value = Values.of(item);
            if (Values.isThere(value)) {
                joined.append(first ? "" : separator).append(Conversions.text(value, most));
                requireAtMost(most, joined.length());
                first = false;
            }
        }
        return joined.toString();
    }

    /** Of a short text and a long one in its place something huge could come: it is not made first. */
    private static String replace(String text, String what, String with, int most) {
        long found = 0;
        if (what.isEmpty()) {
            found = text.length() + 1L;
        } else {
            for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length())) {
                found++;
            }
        }
        requireAtMost(most, text.length() + found * (with.length() - what.length()));
        return text.replace(what, with);
    }

    /** @throws EvaluationException if a text that is being made is longer than a text may be */
    static void requireAtMost(int most, long chars) {
        if (chars > most) {
            throw tooLong(most);
        }
    }

    static EvaluationException tooLong(int most) {
        return EvaluationException.beyond(
                Bound.RESULT_CHARS, "a text of more than " + most + " characters (expected at most so many)");
    }

    private static String substring(String text, long first, Object behind) {
        int start = position(text, first);
        int end = behind instanceof Long last ? position(text, last) : text.length();
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
}
