package io.contextcore.gateway.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are asked for. Null: whatever it is.
 *
 * @param sinceNanos those that died then or later, epoch nanoseconds
 * @param after only those behind this one, in the order of {@link DeadKey.Kind}, then of numbers
 * @param limit most that one page has, at most {@link #MOST}
 */
public record DeadQuery(
        @Nullable String source,
        @Nullable String code,
        DeadKey.@Nullable Kind kind,
        @Nullable Long sinceNanos,
        @Nullable DeadKey after,
        int limit) {

    /** Most letters of one page. */
    public static final int MOST = 1_000;

    /** Most letters that are looked at for one page: what no filter fits costs time too. */
    public static final int MOST_LOOKED_AT = 10_000;

    public DeadQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MOST + ")");
        }
    }

    /** The first letters, whatever they are. */
    public static DeadQuery first(int limit) {
        return new DeadQuery(null, null, null, null, null, limit);
    }

    boolean wants(DeadHead head) {
        return (source == null || source.equals(head.source()))
                && (code == null || code.equals(head.code()))
                && (kind == null || kind == head.key().kind())
                && (sinceNanos == null || head.atNanos() >= sinceNanos);
    }

    /**
     * Some of the letters.
     *
     * @param next the last one that was looked at, if there may be more: where the next page begins
     */
    public record Page(List<DeadHead> letters, Optional<DeadKey> next) {}
}
