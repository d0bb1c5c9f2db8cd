package io.contextcore.gateway.export;

import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.otlp.Batches;
import io.contextcore.gateway.otlp.Batches.Piece;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry that is too large for the receiver, sent in halves of halves, in order, down to single items. Only what is too large
 * alone, or refused for another reason, is refused in the end. It is in memory alone: after a restart the entry begins anew.
 */
final class Pieces {

    private final Batch whole;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private final List<Piece> refused = new ArrayList<>();
    private SendResult.@Nullable Rejected first;
    private long delivered;
    private long untaken;

    private Pieces(Batch whole, List<Piece> halves) {
        this.whole = whole;
        this.waiting.addAll(halves);
    }

    /** Empty where the batch is not one entry that has halves. */
    static Optional<Pieces> of(Batch batch) {
        List<Piece> halves = batch.entries().size() == 1 ? Batches.halves(batch.payload()) : List.of();
        return halves.isEmpty() ? Optional.empty() : Optional.of(new Pieces(batch, halves));
    }

    /** What is to be sent now; empty when all has its answer. */
    Optional<Batch> next() {
        return Optional.ofNullable(waiting.peekFirst())
                .map(piece -> new Batch(whole.entries(), whole.headers(), piece.payload(), piece.items()));
    }

    /**
     * The receiver has taken what {@link #next} gave.
     *
     * @param without so many of its items
     */
    void taken(long without) {
        delivered += waiting.removeFirst().items() - without;
        untaken += without;
    }

    /** Items that the receiver has taken. */
    long delivered() {
        return delivered;
    }

    /** Items that it said it did not take of pieces that it took. */
    long untaken() {
        return untaken;
    }

    /** The receiver refuses what {@link #next} gave. */
    void refused(SendResult.Rejected rejected) {
        Piece piece = waiting.removeFirst();
        List<Piece> halves = rejected.tooLarge() ? Batches.halves(piece.payload()) : List.of();
        if (halves.isEmpty()) {
            refused.add(piece);
            first = first == null ? rejected : first;
        } else {
            waiting.addFirst(halves.get(1));
            waiting.addFirst(halves.get(0));
        }
    }

    Batch whole() {
        return whole;
    }

    /** Why the first of the refused pieces was; null if none was. */
    SendResult.@Nullable Rejected rejected() {
        return first;
    }

    /** The entry with nothing but what was refused. */
    OutboxEntry remains() {
        OutboxEntry entry = whole.oldest();
        return new OutboxEntry(
                entry.signal(),
                entry.lane(),
                entry.sequence(),
                entry.source(),
                Batches.merge(refused.stream().map(Piece::payload).toList()),
                refused.stream().mapToInt(Piece::items).sum(),
                entry.writtenNanos());
    }
}
