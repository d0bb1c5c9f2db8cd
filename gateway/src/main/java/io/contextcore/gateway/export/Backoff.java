package io.contextcore.gateway.export;

import java.time.Duration;

/**
 * How long to wait before the next attempt: exponential with full jitter, so that many senders of one receiver that comes
 * back do not all knock at once.
 *
 * @param floorNanos shortest wait; a full jitter of nothing would be a busy loop
 * @param firstNanos upper bound of the first wait
 * @param capNanos upper bound of every wait
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And Jitter</a>
 */
public record Backoff(long floorNanos, long firstNanos, long capNanos) {

    private static final int MAX_DOUBLINGS = 40;

    public Backoff {
        if (floorNanos < 0 || firstNanos < floorNanos || capNanos < firstNanos) {
            throw new IllegalArgumentException("backoff out of order (expected: 0 <= floor <= first <= cap)");
        }
    }

    public static Backoff defaults() {
        return new Backoff(
                Duration.ofMillis(50).toNanos(),
                Duration.ofSeconds(1).toNanos(),
                Duration.ofSeconds(10).toNanos());
    }

    /**
     * The wait before attempt {@code failures + 1}.
     *
     * @param failures failures in a row so far, from 1
     * @param fraction uniform in [0, 1)
     */
    public long waitNanos(int failures, double fraction) {
        int doublings = Math.min(Math.max(failures - 1, 0), MAX_DOUBLINGS);
        double ceiling = Math.min(capNanos, firstNanos * Math.pow(2, doublings));
        return floorNanos + (long) (fraction * (ceiling - floorNanos));
    }

    /**
     * The wait where the receiver asked for one: at least that long, but for no longer than {@code maxNanos}, whatever it
     * asked for, and never shorter than the floor.
     */
    public long askedWaitNanos(long askedNanos, long maxNanos, double fraction) {
        long asked = Math.min(askedNanos, maxNanos);
        return Math.max(floorNanos, asked + (long) (fraction * Math.min(asked, firstNanos) / 2));
    }
}
