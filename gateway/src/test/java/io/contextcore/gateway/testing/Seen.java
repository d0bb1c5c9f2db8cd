package io.contextcore.gateway.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A growing list that tests wait for. */
public final class Seen<T> {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final List<T> seen = new ArrayList<>();

    public synchronized void add(T element) {
        seen.add(element);
        notifyAll();
    }

    public synchronized List<T> all() {
        return List.copyOf(seen);
    }

    /** Waits until the list is as wanted; fails after 60 s. */
    public synchronized List<T> until(String what, Predicate<List<T>> wanted) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!wanted.test(List.copyOf(seen))) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("waited in vain for " + what + "; seen: " + seen);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
        return List.copyOf(seen);
    }

    public List<T> untilSize(int size) {
        return until(size + " elements", list -> list.size() >= size);
    }
}
