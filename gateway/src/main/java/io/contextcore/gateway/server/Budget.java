package io.contextcore.gateway.server;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies may be in memory at once. Taken as they arrive, not as they are announced. Thread-safe. */
final class Budget {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    Budget(long most) {
        this.most = most;
    }

    /** Takes {@code bytes}, or nothing if they are not left. */
    boolean take(int bytes) {
        if (taken.addAndGet(bytes) > most) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(int bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
