package io.contextcore.gateway.app;

import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.store.DeadKey;
import io.contextcore.gateway.store.DeadQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a URL's query says of dead letters.
 *
 * @param query the letters that it fits
 * @param only the one that it names; null: none by number
 * @param all whether it says that really all are meant
 */
record DeadLetterFilter(DeadQuery query, @Nullable DeadKey only, boolean all) {

    /** Letters on a page, where nobody says how many. */
    static final int USUAL = 100;

    private static final Set<String> NAMES =
            new TreeSet<>(List.of("source", "code", "kind", "number", "since", "after", "limit", "all"));

    /** Something in the query is wrong. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        private Wrong(String message) {
            super(message, null, false, false);
        }
    }

    static DeadLetterFilter read(Map<String, String> query) throws Wrong {
        for (String name : query.keySet()) {
            if (!NAMES.contains(name)) {
                throw new Wrong("unknown parameter '" + name + "' (expected: " + String.join(", ", NAMES)
                        + Nearest.hint(name, NAMES) + ")");
            }
        }
        DeadKey.Kind kind = query.containsKey("kind") ? kind(query.get("kind")) : null;
        DeadKey only = null;
        if (query.containsKey("number")) {
            if (kind == null) {
                throw new Wrong("a number without a kind (expected: kind as well)");
            }
            only = new DeadKey(kind, number("number", query.get("number"), Long.MAX_VALUE));
        }
        String limit = query.get("limit");
        return new DeadLetterFilter(
                new DeadQuery(
                        query.get("source"),
                        query.get("code"),
                        kind,
                        since(query.get("since")),
                        after(query.get("after")),
                        limit == null ? USUAL : (int) number("limit", limit, DeadQuery.MOST)),
                only,
                "true".equals(query.get("all")));
    }

    /** Whether it says which letters are meant, and be it all of them. */
    boolean saysWhich() {
        return all
                || only != null
                || query.source() != null
                || query.code() != null
                || query.kind() != null
                || query.sinceNanos() != null;
    }

    private static DeadKey.Kind kind(String word) throws Wrong {
        Optional<DeadKey.Kind> kind = DeadKey.Kind.of(word);
        if (kind.isEmpty()) {
            List<String> words =
                    Arrays.stream(DeadKey.Kind.values()).map(DeadKey.Kind::word).toList();
            throw new Wrong("no kind '" + word + "' (expected: "
                    + words.stream().collect(Collectors.joining(", ")) + Nearest.hint(word, words) + ")");
        }
        return kind.get();
    }

    private static @Nullable Long since(@Nullable String text) throws Wrong {
        if (text == null) {
            return null;
        }
        try {
            return Nanos.of(Instant.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            throw new Wrong("since: '" + text + "' is no time (expected: 2026-01-31T12:00:00Z)");
        }
    }

    private static @Nullable DeadKey after(@Nullable String text) throws Wrong {
        if (text == null) {
            return null;
        }
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new Wrong("after: '" + text + "' names no letter (expected: what 'next' said)");
        }
        return new DeadKey(
                kind(text.substring(0, slash)), number("after", text.substring(slash + 1), Long.MAX_VALUE - 1));
    }

    private static long number(String name, String text, long most) throws Wrong {
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Wrong(name + ": '" + text + "' is no whole number (expected: 1 to " + most + ")");
        }
        throw new Wrong(name + ": " + text + " (expected: 1 to " + most + ")");
    }
}
