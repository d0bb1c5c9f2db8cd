package io.contextcore.gateway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the state table: an instance under its key, or an alias that forwards. */
public sealed interface Row permits Instance, Row.Alias {

    /** The name under which the row is kept. */
    String key();

    /**
     * Another name of an instance.
     *
     * @param owner the instance that claimed it; null while nobody has
     * @param waiting signals and inquiries that wait for the owner, bounded by {@code Limits.waitingSignals}
     * @param firstSeen receipt of the first message to it, epoch nanoseconds
     */
    record Alias(String key, @Nullable Reference owner, List<Message> waiting, long firstSeen, Timers timers)
            implements Row {
        public Alias {
            waiting = List.copyOf(waiting);
        }

        @Override
        public Alias withTimers(Timers changed) {
            return new Alias(key, owner, waiting, firstSeen, changed);
        }
    }

    /** When this row wants to be woken. */
    Timers timers();

    /** The same row, to be woken at other times. */
    Row withTimers(Timers changed);
}
