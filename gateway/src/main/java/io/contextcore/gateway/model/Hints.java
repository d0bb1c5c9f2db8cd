package io.contextcore.gateway.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Tells which rules a text need be searched for: those that have a hint which the text holds, in any case. All hints are looked
 * for in one pass, since hardly any place of a text has the pair of characters that one of them begins with.
 */
final class Hints {

    /** Of 4,096 sorts of pairs. */
    private static final int SORTS = 1 << 12;

    private static final int ASCII = 0x7f;

    private final BitSet always = new BitSet();
    private final long[] beginnings = new long[SORTS / Long.SIZE];
    private final Hint[][] byBeginning = new Hint[SORTS][0];
    private final Hint[] single;

    private record Hint(String text, int rule) {

        boolean isAt(String whole, int at) {
            return whole.regionMatches(true, at, text, 0, text.length());
        }
    }

    /** @param hints of each rule, in lower case; an empty one is in every text */
    Hints(List<List<String>> hints) {
        Hint[] ofOneCharacter = new Hint[0];
        for (int rule = 0; rule < hints.size(); rule++) {
            for (String text : hints.get(rule)) {
                Hint hint = new Hint(text, rule);
                if (text.isEmpty()) {
                    always.set(rule);
                } else if (text.length() == 1) {
                    ofOneCharacter = with(ofOneCharacter, hint);
                } else {
                    int sort = sort(text.charAt(0), text.charAt(1));
                    beginnings[sort / Long.SIZE] |= 1L << sort;
                    byBeginning[sort] = with(byBeginning[sort], hint);
                }
            }
        }
        this.single = ofOneCharacter;
    }

    private static Hint[] with(Hint[] some, Hint one) {
        Hint[] result = Arrays.copyOf(some, some.length + 1);
        result[some.length] = one;
        return result;
    }

    /** The numbers of the rules that have a hint in the text. */
    BitSet in(String text) {
        BitSet found = (BitSet) always.clone();
        if (look(text, found) > ASCII) {
            look(text.toLowerCase(Locale.ROOT), found); // other letters may become ASCII: the sign of kelvin does
        }
        return found;
    }

    /** @return all bits of all characters */
    private int look(String text, BitSet found) {
        for (Hint hint : single) {
            char lower = hint.text().charAt(0);
            if (text.indexOf(lower) >= 0 || text.indexOf(Character.toUpperCase(lower)) >= 0) {
                found.set(hint.rule());
            }
        }
        return lookForPairs(text, text.toCharArray(), found);
    }

    /** @param chars the text's: an array of its own is gone through in half of the time */
    private int lookForPairs(String text, char[] chars, BitSet found) {
        int bits = 0;
        char before = 0;
        for (int i = 0; i < chars.length; i++) {
            char here = chars[i];
            int sort = sort(before, here);
            if ((beginnings[sort / Long.SIZE] & 1L << sort) != 0) {
                look(text, i - 1, byBeginning[sort], found);
            }
            bits |= here;
            before = here;
        }
        return bits;
    }

    private static void look(String text, int at, Hint[] hints, BitSet found) {
        for (Hint hint : hints) {
            if (!found.get(hint.rule()) && hint.isAt(text, at)) {
                found.set(hint.rule());
            }
        }
    }

    /** The bit that tells an ASCII letter's case is left out; what is no letter may share a sort with another. */
    private static int sort(char first, char second) {
        return ((first | 0x20) << 5 ^ (second | 0x20)) & SORTS - 1;
    }
}
