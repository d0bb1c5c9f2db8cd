package io.contextcore.gateway.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which pairs of neighbours a text holds, in any case, so that most texts that it does not hold are told without a search:
 * looking for many costs one pass over the text, and next to nothing for each.
 */
final class Pairs {

    /** Of 4,096 sorts of pairs. */
    private static final int SORTS = 1 << 12;

    private static final int ASCII = 0x7f;

    private final String text;
    private @Nullable String lower;
    private final long[] held = new long[SORTS / Long.SIZE];

    Pairs(String text) {
        this.text = text;
        if (hold(text) > ASCII) {
            lower = text.toLowerCase(Locale.ROOT); // other letters may become ASCII: the sign of kelvin does
            hold(lower);
        }
    }

    /** All bits of all characters. */
    private int hold(String some) {
        int bits = 0;
        char before = 0;
        for (int i = 0; i < some.length(); i++) {
            char here = some.charAt(i);
            int sort = sort(before, here);
            held[sort / Long.SIZE] |= 1L << sort;
            bits |= here;
            before = here;
        }
        return bits;
    }

    /**
     * Whether the sought text is in this one, in any case.
     *
     * @param sought in lower case
     */
    boolean contain(String sought) {
        for (int i = 1; i < sought.length(); i++) {
            int sort = sort(sought.charAt(i - 1), sought.charAt(i));
            if ((held[sort / Long.SIZE] & 1L << sort) == 0) {
                return false;
            }
        }
        lower = lower == null ? text.toLowerCase(Locale.ROOT) : lower;
        return lower.contains(sought);
    }

    /** The bit that tells an ASCII letter's case is left out; what is no letter may share a sort with another. */
    private static int sort(char first, char second) {
        return ((first | 0x20) << 5 ^ (second | 0x20)) & SORTS - 1;
    }
}
