package io.contextcore.gateway.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ids are made of origins: no two ways of a message may look alike. */
final class OriginTest {

    private static final Origin FIRST = new Origin("acme", "acme//1", 1, "", 0, 0);

    @Test
    void sendersWhoseKeysHaveOneHashCodeAreToldApart() {
        assertEquals("Aa".hashCode(), "BB".hashCode());

        Origin one = FIRST.next("Aa", 1).next("x", 7);
        Origin other = FIRST.next("BB", 1).next("x", 7);

        assertNotEquals(one, other);
        assertNotEquals(
                TelemetryIds.spanId("y", TelemetryIds.activityPart(one)),
                TelemetryIds.spanId("y", TelemetryIds.activityPart(other)));
    }

    @Test
    void theWayIsPartOfTheNumberHoweverLongItIs() {
        Origin one = FIRST.next("Aa", 1).next("x", 7).next("y", 2).next("z", 3);
        Origin other = FIRST.next("BB", 1).next("x", 7).next("y", 2).next("z", 3);

        assertNotEquals(one.n(), other.n());
        assertEquals(4, one.hops());
    }

    @Test
    void keysAndNumbersDoNotRunIntoEachOther() {
        Origin one = new Origin("acme", "acme//1", 1, "a/1", 2, 0).next("x", 3);
        Origin other = new Origin("acme", "acme//1", 1, "a", 1, 0).next("x", 3);
        assertNotEquals(one, other);

        Set<Long> numbers = new HashSet<>();
        for (int sender = 0; sender < 100; sender++) {
            Origin from = FIRST.next("k" + sender, 0);
            for (int number = 0; number < 100; number++) {
                numbers.add(from.next("x", number).n());
            }
        }
        assertEquals(10_000, numbers.size());
    }

    @Test
    void theSameWayGivesTheSameOrigin() {
        assertEquals(FIRST.next("a", 1).next("b", 2), FIRST.next("a", 1).next("b", 2));
        assertEquals(
                new Origin("acme", "acme//1", 1, "b", -3_906_233_831_563_228_569L, 2),
                FIRST.next("a", 1).next("b", 2));
    }
}
