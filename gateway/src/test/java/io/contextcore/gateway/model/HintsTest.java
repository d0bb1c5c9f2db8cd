package io.contextcore.gateway.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HintsTest {

    @Test
    void aRuleIsFoundIfTheTextHoldsOneOfItsHints() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random, random.nextInt(14));
            List<List<String>> hints = List.of(
                    List.of(text(random, random.nextInt(4))),
                    List.of(text(random, 2), text(random, 3)),
                    List.of(text(random, 2)));

            BitSet found = new Hints(hints).in(text);

            List<Integer> held = IntStream.range(0, hints.size())
                    .filter(rule -> hints.get(rule).stream().anyMatch(text::contains))
                    .boxed()
                    .toList();
            assertEquals(held, found.stream().boxed().toList(), () -> text + " / " + hints);
        }
    }

    @Test
    void aHintThatOnlyBeginsThereIsNotThere() {
        assertEquals("{}", found("ab-bc", "abc"));
        assertEquals("{0}", found("ab-abc", "abc"));
        assertEquals("{}", found("xab", "abc"));
    }

    @Test
    void hintsOfOneCharacterAndOfNoneAreLookedForToo() {
        assertEquals("{0}", found("x@", "@"));
        assertEquals("{}", found("x", "@"));
        assertEquals("{0}", found("A", "a"));
        assertEquals("{0}", found("", ""));
    }

    @Test
    void theCaseOfTheTextMakesNoDifference() {
        assertEquals("{0}", found("An AKIA key", "akia"));
        assertEquals("{0}", found("\u212aey", "key"), "the sign of kelvin is a k in lower case");
        assertEquals("{0}", found("\u212aEY", "key"));
        assertEquals("{0}", found("\u212a", "k"));
    }

    private static String found(String text, String hint) {
        return new Hints(List.of(List.of(hint))).in(text).toString();
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abc\u00e9\u4e2d".charAt(random.nextInt(5)));
        }
        return text.toString();
    }
}
