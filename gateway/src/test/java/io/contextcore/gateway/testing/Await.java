package io.contextcore.gateway.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what a test waits for, not for a time: looks again every few milliseconds until a deadline. */
public final class Await {

    static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private Await() {}

    /** @throws AssertionError if the condition does not hold within the time */
    public static void until(String what, Duration within, Callable<Boolean> condition) {
        until(what, within, LOOK_AGAIN, condition);
    }

    static void until(String what, Duration within, Duration every, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + within.toSeconds() + " s for: " + what);
            }
            LockSupport.parkNanos(every.toNanos());
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            // A peer that is not up yet answers by an exception.
            return false;
        }
    }
}
