package io.contextcore.gateway.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PairsTest {

    @Test
    void theyTellWhatTheTextTells() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random, random.nextInt(12));
            String sought = text(random, random.nextInt(4));

            assertEquals(text.contains(sought), new Pairs(text).contain(sought), () -> text + " / " + sought);
        }
    }

    @Test
    void pairsThatAreThereDoNotMakeTheTextThere() {
        assertFalse(new Pairs("ab-bc").contain("abc"));
        assertTrue(new Pairs("ab-abc").contain("abc"));
    }

    @Test
    void oneCharacterAndNoneAreLookedForToo() {
        assertTrue(new Pairs("a").contain("a"));
        assertFalse(new Pairs("a").contain("b"));
        assertTrue(new Pairs("").contain(""));
    }

    @Test
    void theCaseOfTheTextMakesNoDifference() {
        assertTrue(new Pairs("An AKIA key").contain("akia"));
        assertTrue(new Pairs("\u212aey").contain("key"), "the sign of kelvin is a k in lower case");
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abc\u00e9\u4e2d".charAt(random.nextInt(5)));
        }
        return text.toString();
    }
}
