package io.contextcore.gateway.store;

import java.util.Map;
import java.util.TreeMap;

/** Texts that read back from UTF-8 as they were written: half a surrogate pair, which UTF-8 cannot say, is replaced. */
final class Texts {

    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    static Map<String, String> wellFormed(Map<String, String> texts) {
        Map<String, String> repaired = new TreeMap<>();
        texts.forEach((name, value) -> repaired.put(wellFormed(name), wellFormed(value)));
        return repaired;
    }

    private static String repaired(String text) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
                .map(point ->
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? REPLACEMENT : point)
                .forEach(repaired::appendCodePoint);
        return repaired.toString();
    }
}
