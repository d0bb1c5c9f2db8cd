package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RunningTest {

    @Test
    void aStopIsWaitedFor() {
        AtomicInteger stopped = new AtomicInteger();
        assertTrue(Running.within(Duration.ofMinutes(1), stopped::incrementAndGet));
        assertEquals(1, stopped.get());
    }

    @Test
    @Timeout(60)
    void aStopThatHangsDoesNotKeepTheProcess() {
        CountDownLatch never = new CountDownLatch(1);
        assertFalse(Running.within(Duration.ofMillis(20), () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        never.countDown();
    }
}
