package io.contextcore.gateway.base;

import java.time.Instant;

/** Where time comes from. Nothing outside this package reads a clock of its own. */
public interface Clock {

    /** Wall-clock time in nanoseconds since the Unix epoch. May jump in either direction. */
    long epochNanos();

    /** A monotonic reading in nanoseconds; only differences mean something. */
    long elapsedNanos();

    /** The machine's clock. */
    static Clock system() {
        return new Clock() {
            @Override
            public long epochNanos() {
                return Nanos.of(Instant.now());
            }

            @Override
            public long elapsedNanos() {
                return System.nanoTime();
            }
        };
    }
}
