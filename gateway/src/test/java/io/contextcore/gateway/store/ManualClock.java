package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock whose wall time the test sets; elapsed time is real, so that bounded waits end. */
final class ManualClock implements Clock {

    private final AtomicLong epoch;

    ManualClock(long epochNanos) {
        this.epoch = new AtomicLong(epochNanos);
    }

    void set(long epochNanos) {
        epoch.set(epochNanos);
    }

    void advance(long nanos) {
        epoch.addAndGet(nanos);
    }

    @Override
    public long epochNanos() {
        return epoch.get();
    }

    @Override
    public long elapsedNanos() {
        return Clock.system().elapsedNanos();
    }
}
