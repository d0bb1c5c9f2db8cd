package io.contextcore.gateway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the state table: an instance under its key or what is left of it, an alias that forwards, a tally, or a fact.
 */
public sealed interface Row permits Instance, Row.Alias, Row.Tombstone, Tally, Row.Fact {

    /** The name under which the row is kept. */
    String key();

    /**
     * Another name of an instance.
     *
     * @param owner the instance that claimed it; null while nobody has
     * @param waiting messages that wait for the owner, bounded by {@code Limits.waitingSignals}
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

    /**
     * What is left of an instance long after its end, so that a late word about it does not begin it anew.
     *
     * @param generation the last one
     * @param start beginning of the lifecycle, epoch nanoseconds
     * @param endedAt its end
     */
    record Tombstone(
            String key,
            String lifecycle,
            String source,
            int generation,
            long firstSeen,
            long start,
            long endedAt,
            Timers timers)
            implements Row {
        @Override
        public Tombstone withTimers(Timers changed) {
            return new Tombstone(key, lifecycle, source, generation, firstSeen, start, endedAt, changed);
        }
    }

    /**
     * Something learnt from deliveries.
     *
     * @param value converging
     */
    record Fact(String key, Cell<AttributeValue> value) implements Row {

        /** Name of a fact's row. Not even a strange key of an instance begins like it. */
        public static String key(String table, String entry) {
            return "fact\n" + table + "\n" + entry;
        }

        @Override
        public Timers timers() {
            return Timers.none();
        }

        @Override
        public Fact withTimers(Timers changed) {
            return this;
        }
    }

    /** When this row wants to be woken. */
    Timers timers();

    /** The same row, to be woken at other times. */
    Row withTimers(Timers changed);
}
