package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.store.DeadKey;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * What is wished for dead letters. Anybody may wish; the sequencer does it, one at a time and in between its other steps, so
 * that no delivery waits for more than one of them.
 */
public final class Letters {

    /** Most wishes that may wait: a page of letters, and again as many. */
    static final int MOST_WAITING = 2_000;

    /** What is wished. */
    public enum Wish {
        REPLAY,
        DROP
    }

    /** What became of a wish. */
    public enum Fate {
        /** It was stepped, or waits to be sent again; the letter is gone. */
        REPLAYED,
        /** It failed again; the letter stays and says why. */
        FAILED_AGAIN,
        /** Its sums were kept when it died: a replay would count them twice. The letter stays. */
        UNTOLD,
        /** Nobody knows what died: an older version buried it. The letter stays. */
        UNKNOWN,
        /** A timer that nobody waits for any more; the letter is gone. */
        OVERTAKEN,
        /** The letter was thrown away. */
        DROPPED,
        /** There is no such letter. */
        MISSING,
        /** The gateway stops, or too many wishes wait; the letter stays. */
        NOT_NOW;

        /** As JSON and people write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private record Waiting(DeadKey letter, Wish wish, CompletableFuture<Fate> fate) {}

    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean ended;

    /** Completes when it was done, on the sequencer's thread. */
    CompletionStage<Fate> wish(DeadKey letter, Wish wish) {
        if (ended || waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(Fate.NOT_NOW);
        }
        Waiting next = new Waiting(letter, wish, new CompletableFuture<>());
        queue.add(next);
        if (ended) {
            end();
        }
        return next.fate();
    }

    /** Does the next one, if there is one. Whoever wishes hears of a failure too. */
    boolean next(BiFunction<DeadKey, Wish, Fate> work) {
        Waiting next = queue.poll();
        if (next == null) {
            return false;
        }
        waiting.decrementAndGet();
        try {
            next.fate().complete(work.apply(next.letter(), next.wish()));
        } catch (RuntimeException | Error e) {
            next.fate().completeExceptionally(e);
            throw e;
        }
        return true;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Nothing more is done. */
    void end() {
        ended = true;
        for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
            left.fate().complete(Fate.NOT_NOW);
        }
    }
}
