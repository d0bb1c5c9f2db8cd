package io.contextcore.gateway.export;

import org.jspecify.annotations.Nullable;

/**
 * Whether an endpoint is sent to. After so many failures in a row it is left alone, but for one request now and then to see
 * whether it has come back. A function of its arguments.
 *
 * <p>While closed, the repeated failures of one lane count once: a lane whose requests alone fail waits alone, and where only
 * one lane has something to send, its own back-off is all that is needed.
 *
 * @param failures in a row, without those that count for nothing
 * @param lane that failed last; while half-open, that whose request is under way
 * @param untilNanos while open, no request goes before; of a clock that never goes back
 */
record Circuit(EndpointState state, int failures, int lane, long untilNanos) {

    private static final int NONE = -1;

    /** As an endpoint is before anything was sent to it, and after each answer. */
    static Circuit closed() {
        return new Circuit(EndpointState.CLOSED, 0, NONE, 0);
    }

    /** Whether a request may go now. */
    boolean admits(long nowNanos) {
        return switch (state) {
            case CLOSED -> true;
            case HALF_OPEN -> false;
            case OPEN -> nowNanos - untilNanos >= 0;
        };
    }

    /** A request of this lane goes, which was admitted. */
    Circuit sending(int by) {
        return state == EndpointState.OPEN ? new Circuit(EndpointState.HALF_OPEN, failures, by, untilNanos) : this;
    }

    /**
     * A request of this lane failed so that it may be sent again. What was under way when the circuit opened says nothing new.
     *
     * @param askedNanos how long the receiver asked to wait; null where it did not
     * @param fraction uniform in [0, 1)
     */
    Circuit failed(int by, @Nullable Long askedNanos, ExportOptions options, double fraction, long nowNanos) {
        boolean counts = switch (state) {
            case CLOSED -> by != lane;
            case HALF_OPEN -> by == lane;
            case OPEN -> false;
        };
        if (!counts) {
            return this;
        }
        int count = failures + 1;
        int opened = count - options.failuresToOpen() + 1;
        return opened < 1
                ? new Circuit(EndpointState.CLOSED, count, by, 0)
                : new Circuit(
                        EndpointState.OPEN, count, by, nowNanos + options.waitNanos(opened, askedNanos, fraction));
    }

    /** There is no time to wait any more. */
    Circuit hurried(long nowNanos) {
        return state == EndpointState.OPEN ? new Circuit(state, failures, lane, nowNanos) : this;
    }
}
