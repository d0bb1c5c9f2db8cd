package io.contextcore.gateway.app.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RememberedTest {

    private final Remembered<Integer, String> remembered = new Remembered<>();

    @Test
    void atTheCapAllAreThereAndOnePastItTheOldestIsForgotten() {
        for (int i = 0; i < Remembered.MOST; i++) {
            assertTrue(remembered.add(i, "value " + i));
        }
        assertEquals("value 0", remembered.get(0));
        remembered.add(Remembered.MOST, "one past");
        assertNull(remembered.get(0));
        assertEquals("value 1", remembered.get(1));
        assertEquals("one past", remembered.get(Remembered.MOST));
    }

    @Test
    void theFirstOfAKeyStaysUntilItIsTaken() {
        assertTrue(remembered.add(1, "first"));
        assertFalse(remembered.add(1, "second"));
        assertEquals("first", remembered.take(1));
        assertNull(remembered.take(1));
    }
}
