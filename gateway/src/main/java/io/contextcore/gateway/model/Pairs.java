package io.contextcore.gateway.model;

/**
 * Which pairs of neighbours a text holds, so that most texts that it does not hold are told without a search: looking for many
 * costs one pass over the text, and next to nothing for each.
 */
final class Pairs {

    /** Of 4,096 sorts of pairs. */
    private static final int SORTS = 1 << 12;

    private final String text;
    private final long[] held = new long[SORTS / Long.SIZE];

    Pairs(String text) {
        this.text = text;
        for (int i = 1; i < text.length(); i++) {
            int sort = sort(text.charAt(i - 1), text.charAt(i));
            held[sort / Long.SIZE] |= 1L << sort;
        }
    }

    /** Whether the sought text is in this one. */
    boolean contain(String sought) {
        for (int i = 1; i < sought.length(); i++) {
            int sort = sort(sought.charAt(i - 1), sought.charAt(i));
            if ((held[sort / Long.SIZE] & 1L << sort) == 0) {
                return false;
            }
        }
        return text.contains(sought);
    }

    private static int sort(char first, char second) {
        return (first << 5 ^ second) & SORTS - 1;
    }
}
