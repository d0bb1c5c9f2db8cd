package io.contextcore.gateway.store;

import java.util.Map;

/**
 * How many rows the state has, by sort. Exact for stores that were begun with this count; an older one counts from where it
 * was first opened with it, and never below 0.
 *
 * @param instances shadows, open and ended ones
 */
public record Census(long instances, long aliases, long tombstones, long tallies, long facts) {

    static final Census EMPTY = new Census(0, 0, 0, 0, 0);

    /** The counts by name. */
    public Map<String, Long> bySort() {
        return Map.of(
                Sort.INSTANCE.code(), instances,
                Sort.ALIAS.code(), aliases,
                Sort.TOMBSTONE.code(), tombstones,
                Sort.TALLY.code(), tallies,
                Sort.FACT.code(), facts);
    }

    Census plus(Sort sort, long n) {
        return switch (sort) {
            case INSTANCE -> new Census(more(instances, n), aliases, tombstones, tallies, facts);
            case ALIAS -> new Census(instances, more(aliases, n), tombstones, tallies, facts);
            case TOMBSTONE -> new Census(instances, aliases, more(tombstones, n), tallies, facts);
            case TALLY -> new Census(instances, aliases, tombstones, more(tallies, n), facts);
            case FACT -> new Census(instances, aliases, tombstones, tallies, more(facts, n));
        };
    }

    private static long more(long count, long n) {
        return Math.max(0, count + n);
    }
}
