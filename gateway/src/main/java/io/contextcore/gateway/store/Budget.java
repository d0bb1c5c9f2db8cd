package io.contextcore.gateway.store;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of inbox, outbox and dead letters, what is on its way to the inbox included. Thread-safe. */
final class Budget {

    private final long limit;
    private final AtomicLong used;

    Budget(long limit, long used) {
        this.limit = limit;
        this.used = new AtomicLong(used);
    }

    /** Takes the bytes if they fit; what only just fits, fits. */
    boolean tryTake(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** For what is never refused: telemetry and dead letters of what was accepted. */
    void take(long bytes) {
        used.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }
}
