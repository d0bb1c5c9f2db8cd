package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Clock;
import java.util.concurrent.TimeUnit;

/**
 * The order of receipts and of durability: where the committer, which gives receipts, meets the sequencer, which waits for
 * deliveries and sets fences. A monitor; nobody holds it while the disk works.
 */
final class Receipts {

    private long floor;
    private long durable;
    private long begun;
    private long ended;
    private long latest;
    private boolean closed;

    Receipts(long floor, long durable) {
        this.floor = floor;
        this.durable = durable;
    }

    /** A group begins: its receipt, not before any earlier one nor before a fence. */
    synchronized long begin(long clockNanos) {
        floor = Math.max(floor, clockNanos);
        latest = floor;
        begun++;
        return floor;
    }

    /** The group has ended; all up to this sequence is on disk. */
    synchronized void end(long durableSequence) {
        durable = durableSequence;
        ended++;
        notifyAll();
    }

    synchronized long durable() {
        return durable;
    }

    /** A step's {@code now}: no later receipt lies before it. */
    synchronized void notBefore(long nanos) {
        floor = Math.max(floor, nanos);
    }

    /** @see Store#fence */
    synchronized long fence(long nanos) {
        floor = Math.max(floor, nanos);
        long pending = begun;
        boolean interrupted = false;
        while (ended < pending && latest < nanos) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return durable;
    }

    /** Waits until something after the sequence is on disk, the time is over, or the store closes. */
    synchronized void await(long afterSequence, long timeoutNanos, Clock clock) throws InterruptedException {
        long deadline = clock.elapsedNanos() + timeoutNanos;
        long left = timeoutNanos;
        while (durable <= afterSequence && !closed && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - clock.elapsedNanos();
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
