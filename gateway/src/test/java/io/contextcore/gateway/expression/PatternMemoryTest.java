package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatternMemoryTest {

    private final PatternMemory memory = new PatternMemory();
    private final Pattern digits = Pattern.compile("([a-z]+)-([0-9]+)");
    private final AtomicInteger asked = new AtomicInteger();

    private Object group(String text, int group) {
        return memory.answer(digits, text, group, matcher -> {
            asked.incrementAndGet();
            return matcher.find() ? matcher.group(group) : "none";
        });
    }

    @Test
    void theSameQuestionIsAskedOnce() {
        assertEquals("12", group("a-12", 2));
        assertEquals("12", group("a-12", 2));
        assertEquals(1, asked.get());
    }

    @Test
    void anotherGroupAnotherTextAndAnotherPatternAreOtherQuestions() {
        assertEquals("12", group("a-12", 2));
        assertEquals("a", group("a-12", 1));
        assertEquals("13", group("a-13", 2));
        assertEquals(true, memory.answer(Pattern.compile("a"), "a-12", 2, Matcher::find));
        assertEquals("12", group("a-12", 2));
    }

    @Test
    void aLongTextIsNotRemembered() {
        String atTheCap = "a-" + "1".repeat(254);
        group(atTheCap, 2);
        group(atTheCap, 2);
        assertEquals(1, asked.get());
        group(atTheCap + "1", 2);
        group(atTheCap + "1", 2);
        assertEquals(3, asked.get());
    }

    @Test
    void moreQuestionsThanPlacesAreAllAnswered() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                assertEquals(String.valueOf(i), group("a-" + i, 2));
            }
        }
    }
}
