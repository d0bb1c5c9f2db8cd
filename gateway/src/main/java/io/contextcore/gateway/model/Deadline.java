package io.contextcore.gateway.model;

import io.contextcore.gateway.base.Clock;
import org.jspecify.annotations.Nullable;

/** The end of the time that one delivery may take. Not thread-safe where its clock is not. */
public final class Deadline {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Deadline NONE = new Deadline(null, 0, 0);

    private final @Nullable Clock clock;
    private final long from;
    private final long nanos;

    private Deadline(@Nullable Clock clock, long from, long nanos) {
        this.clock = clock;
        this.from = from;
        this.nanos = nanos;
    }

    /** Never: for what has to end in the same way each time, as tests have. */
    public static Deadline none() {
        return NONE;
    }

    /** So long from now. */
    public static Deadline after(long nanos, Clock clock) {
        return new Deadline(clock, clock.elapsedNanos(), nanos);
    }

    /** @throws EvaluationException if it is past */
    public void check() {
        if (clock != null && clock.elapsedNanos() - from > nanos) {
            throw EvaluationException.beyond(
                    Bound.TIME, "took longer than " + nanos / NANOS_PER_MILLI + " ms (expected: done by then)");
        }
    }
}
