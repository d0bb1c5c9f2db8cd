package io.contextcore.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.Redactor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong();
    private final Clock clock = new Clock() {
        @Override
        public long epochNanos() {
            return 0;
        }

        @Override
        public long elapsedNanos() {
            return now.get();
        }
    };

    @Test
    void asManyAsMayBeGetInAndOneMoreDoesNotUntilThereIsRoomAgain() {
        Rate rate = new Rate(60, 10, clock);
        for (int i = 0; i < 60; i++) {
            assertTrue(rate.take("a"), "request " + i);
        }
        assertFalse(rate.take("a"));
        assertTrue(rate.take("b"), "another name has its own");
        now.addAndGet(SECOND);
        assertTrue(rate.take("a"));
        assertFalse(rate.take("a"));
        now.addAndGet(3600 * SECOND);
        for (int i = 0; i < 60; i++) {
            assertTrue(rate.take("a"), "request " + i);
        }
        assertFalse(rate.take("a"), "room does not pile up");
    }

    @Test
    void namesPastTheMostShareOneCount() {
        Rate rate = new Rate(1, 2, clock);
        assertTrue(rate.take("a"));
        assertTrue(rate.take("b"));
        assertTrue(rate.take("c"));
        assertFalse(rate.take("d"), "c took what they share");
        assertFalse(rate.take("a"));
        now.addAndGet(61 * SECOND);
        assertTrue(rate.take("d"), "a and b are forgotten");
        assertTrue(rate.take("a"));
    }

    @Test
    void theDoorCountsOnlyWhatIsVerified() {
        Rate rate = new Rate(2, 1, clock);
        Door door = new Door(Limits.defaults(), clock, rate::take);
        for (int i = 0; i < 5; i++) {
            assertEquals(Reason.UNVERIFIED, refused(door, Requests.request("{}".getBytes(UTF_8))));
        }
        for (int i = 0; i < 2; i++) {
            assertInstanceOf(
                    Verdict.Admitted.class, admit(door, Requests.signed("{}", "x-event", "e", "x-delivery", "1")));
        }
        assertEquals(Reason.TOO_MANY, refused(door, Requests.signed("{}", "x-event", "e", "x-delivery", "1")));
    }

    private static Verdict admit(Door door, IntakeRequest request) {
        return door.admit(request, Requests.source(Requests.SECRET), Requests.kind(), Redactor.none());
    }

    private static Reason refused(Door door, IntakeRequest request) {
        return assertInstanceOf(Verdict.Refused.class, admit(door, request)).reason();
    }
}
