package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.testing.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopTimeTest {

    private final AtomicLong elapsed = new AtomicLong(5_000_000_000L);
    private final StopTime time = new StopTime(
            new Clock() {
                @Override
                public long epochNanos() {
                    return 0;
                }

                @Override
                public long elapsedNanos() {
                    return elapsed.get();
                }
            },
            Duration.ofSeconds(15));

    @Test
    @Promise("stop-keeps-the-rest")
    void thePartsOfAStopTakeNoMoreTogetherThanItMayTake() {
        assertEquals(Duration.ofMillis(7_500), time.forRequests());
        assertEquals(Duration.ofSeconds(14), time.forSending(), "a second is for closing");
        time.begin();
        elapsed.addAndGet(7_500_000_000L);
        time.begin();
        assertEquals(Duration.ofMillis(6_500), time.forSending());
        elapsed.addAndGet(7_500_000_000L);
        assertEquals(Duration.ZERO, time.forSending());
    }

    @Test
    void aShortStopKeepsATenthForClosing() {
        assertEquals(Duration.ofMillis(900), new StopTime(Clock.system(), Duration.ofSeconds(1)).forSending());
    }
}
