package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Timers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is kept: inbox, rows, messages, timers, outbox, dead letters. {@link #accept} may be called from any thread; the
 * reads, {@link #stage} and {@link #flush} belong to one sequencer thread.
 */
public interface Store extends AutoCloseable {

    /**
     * Keeps an arrival. Completes when it is on disk (fsynced, many arrivals at once), or was found to be a duplicate or
     * could not be kept. Never blocks. Receipts are monotone in sequence. Dependents of the stage run on the store's own
     * thread: they must be short and hop to theirs.
     */
    CompletionStage<Acceptance> accept(Arrival arrival);

    /** What became of an arrival. */
    sealed interface Acceptance {
        record Accepted(long sequence, long receivedNanos) implements Acceptance {}

        /** Known already, and so kept already. */
        record Duplicate() implements Acceptance {}

        /**
         * Not kept; the sender should come again.
         *
         * @param reason one of those below, as metrics label it
         */
        record Refused(String reason) implements Acceptance {

            /** The disk budget is used up. */
            public static final Refused FULL = new Refused("full");

            /** The store is closing. */
            public static final Refused CLOSED = new Refused("closed");

            /** The disk did not take it, or the store has failed. */
            public static final Refused DISK = new Refused("disk");
        }
    }

    /** Durable deliveries after this sequence, in order, at most {@code max}; empty if there are none yet. */
    List<Delivery> deliveries(long afterSequence, int max);

    /** Waits until there is a durable delivery after this sequence, or the time is over. */
    void awaitDelivery(long afterSequence, long timeoutNanos) throws InterruptedException;

    /**
     * Makes sure that no later delivery will have a receipt before {@code nanos}; returns the highest sequence accepted
     * before that. A timer that is due at {@code nanos} may then run after those deliveries and before all later ones.
     */
    long fence(long nanos);

    /** Sequence of the last delivery that was stepped. */
    long cursor();

    /** Latest {@code now} of a step, epoch nanoseconds; 0 at the beginning. */
    long lastNow();

    @Nullable Row row(String key);

    /** The row as it was last written. From any thread; an error once the store is closed. */
    @Nullable Row committed(String key);

    /** How many rows there are, as of the last step. From any thread. */
    Census census();

    /** The oldest message that waits for its step. */
    Optional<QueuedMessage> nextMessage();

    /** A message with its place in the queue. */
    record QueuedMessage(long number, Message message) {}

    /** The timer that is due first. */
    Optional<DueTimer> nextTimer();

    /** A row's wish to be woken; equal times go by purpose, then key. */
    record DueTimer(long dueNanos, Timers.Purpose purpose, String key) {}

    /**
     * Takes a step. The sequencer sees at once what it changed; everybody else, the disk and the outbox do so after the next
     * {@link #flush}, at the latest. A message or delivery with a dead letter moves there; a dead letter of neither is a timer's.
     *
     * @return whether enough was staged: {@link #flush} should be called before the next step
     * @throws StoreException if something that the step needs cannot be read; then nothing was changed
     */
    boolean stage(Commit commit);

    /**
     * Writes the steps that were staged, all of them or none. They need not reach the disk at once: what is lost is redone
     * from the inbox.
     *
     * @throws StoreException that may pass, if the disk does not take them; they stay staged, and may be written later
     */
    void flush();

    /** One step, alone. */
    default void commit(Commit commit) {
        stage(commit);
        flush();
    }

    Outbox outbox();

    /** Dead letters by kind, then number. From any thread. */
    DeadQuery.Page deadLetters(DeadQuery query);

    /** One of them, with what died. From any thread. */
    Optional<DeadEntry> deadLetter(DeadKey key);

    /**
     * Ends a dead letter, in one write with what follows from it: it goes; or, if the commit has a dead letter itself, it
     * stays with that reason and one attempt more. The commit names no delivery and no message. All of it is forced to disk
     * before anything of it can be sent: what was done is not there to be done again, whatever breaks.
     *
     * @return false: there is no such letter; nothing was done
     * @throws StoreException if the disk does not take it
     */
    boolean resolve(DeadKey letter, Commit commit);

    /** Lets go of what was kept long enough. To be called now and then, by the sequencer. */
    default void tidy() {}

    /** Deliveries and items found waiting when the store was opened. */
    Recovered recovered();

    record Recovered(long deliveries, long traceItems, long logItems) {}

    /** Accepted deliveries whose step has not been committed. */
    long queuedDeliveries();

    /** Why nothing is accepted any more, until a restart; empty while all is well. From any thread. */
    Optional<Throwable> failure();

    /** Why the disk did not take the last write; empty while it takes what it is given. From any thread. */
    Optional<StoreException> refusal();

    /** Stops accepting, finishes writes under way, makes everything durable and lets go of the folder. */
    @Override
    void close();
}
