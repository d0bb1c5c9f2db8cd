package io.contextcore.gateway.app;

import io.contextcore.gateway.base.Clock;
import java.time.Duration;

/** The time that a stop may take as a whole, and what its parts may take of it. */
final class StopTime {

    /** A tenth, at most a second, is for closing: files, ports, threads. */
    private static final int PART_FOR_CLOSING = 10;

    private static final Duration MOST_FOR_CLOSING = Duration.ofSeconds(1);

    private final Clock clock;
    private final Duration all;
    private volatile long begun;
    private volatile boolean running;

    StopTime(Clock clock, Duration all) {
        this.clock = clock;
        this.all = all;
    }

    /** From now on it runs; again: as before. */
    synchronized void begin() {
        if (!running) {
            begun = clock.elapsedNanos();
            running = true;
        }
    }

    /** Half of it: a sender that never comes to an end leaves the other half to what waits to be sent. */
    Duration forRequests() {
        return all.dividedBy(2);
    }

    /** What is left of it, but for what closing takes. */
    Duration forSending() {
        Duration closing = all.dividedBy(PART_FOR_CLOSING);
        Duration kept = closing.compareTo(MOST_FOR_CLOSING) < 0 ? closing : MOST_FOR_CLOSING;
        Duration spent = running ? Duration.ofNanos(clock.elapsedNanos() - begun) : Duration.ZERO;
        Duration left = all.minus(kept).minus(spent);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
