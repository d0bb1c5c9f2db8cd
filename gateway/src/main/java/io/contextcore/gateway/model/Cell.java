package io.contextcore.gateway.model;

import org.jspecify.annotations.Nullable;

/**
 * A converging value: the newer time wins, equal times go by inbox sequence, so that any order of arrival ends in the
 * same state.
 *
 * @param value null: known to be removed at that time
 * @param at epoch nanoseconds
 * @param sequence inbox sequence of the delivery that said so
 */
public record Cell<T>(@Nullable T value, long at, long sequence) {

    /** Whether this cell beats the other one. */
    public boolean newerThan(Cell<?> other) {
        return at != other.at ? at > other.at : sequence > other.sequence;
    }

    /** The winner; {@code known} may be null where nothing is known yet. */
    public static <T> Cell<T> merge(@Nullable Cell<T> known, Cell<T> told) {
        return known == null || told.newerThan(known) ? told : known;
    }
}
