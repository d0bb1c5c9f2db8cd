package io.contextcore.gateway.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a person probably meant. */
public final class Nearest {

    private Nearest() {}

    /** The candidate with the smallest edit distance, if it is near enough to be a slip of the finger. */
    public static Optional<String> to(String name, Collection<String> candidates) {
        int tolerance = Math.max(2, name.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(name, candidate) <= tolerance)
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code ", nearest: x"} or nothing: the end of an error message. */
    public static String hint(String name, Collection<String> candidates) {
        return to(name, candidates).map(nearest -> ", nearest: " + nearest).orElse("");
    }

    /** Levenshtein distance, ignoring case. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                boolean same = Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
