package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.store.Store.DueTimer;
import io.contextcore.gateway.store.Store.QueuedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * State, messages and timers, and the commits that change them. For the sequencer's thread only. The messages that wait are
 * also in memory: they are stepped before the next delivery is, so they are few.
 */
final class StepWriter implements AutoCloseable {

    private final Engine engine;
    private final Inbox inbox;
    private final TimerIndex timers;
    private final Batch batch;
    private final Deque<QueuedMessage> messages = new ArrayDeque<>();
    /** The rows that were read or written since the last commit. */
    private final Map<String, Known> known = new HashMap<>();

    private Progress.Stepping progress;
    private boolean closed;

    StepWriter(Engine engine, Inbox inbox, Progress.Stepping progress) {
        this.engine = engine;
        this.inbox = inbox;
        this.progress = progress;
        this.timers = new TimerIndex(engine);
        this.batch = engine.batch();
        engine.scan(Family.MESSAGES, Keys.number(progress.messagesDone() + 1), null, (key, value) -> {
            messages.addLast(new QueuedMessage(Keys.number(key), MessageCodec.decode(value)));
            return true;
        });
    }

    Progress.Stepping progress() {
        return progress;
    }

    /**
     * What is there under a key.
     *
     * @param sort null: nothing
     */
    private record Known(@Nullable Sort sort, Timers timers) {
        static final Known NOTHING = new Known(null, Timers.none());
    }

    @Nullable Row row(String key) {
        byte @Nullable [] bytes = engine.get(Family.ROWS, Keys.text(key));
        Row row = bytes == null ? null : RowCodec.decode(bytes);
        known.put(key, row == null ? Known.NOTHING : new Known(Sort.of(row), row.timers()));
        return row;
    }

    Optional<QueuedMessage> nextMessage() {
        return Optional.ofNullable(messages.peekFirst());
    }

    Optional<DueTimer> nextTimer() {
        return timers.next();
    }

    /**
     * What a commit did.
     *
     * @param deliveries that left the inbox: 0 or 1
     * @param inboxBytes that these counted
     * @param deadBytes that its dead letter counts; 0 without one
     */
    record Written(List<OutboxEntry> entries, int deliveries, long inboxBytes, long deadBytes) {}

    /** Nothing in memory changes before the batch is written. */
    synchronized Written write(Commit commit) {
        if (closed) {
            throw new StoreException("the store is closed");
        }
        try {
            return tryWrite(commit);
        } finally {
            known.clear();
        }
    }

    private Written tryWrite(Commit commit) {
        batch.clear();
        timers.begin();
        Census census = rows(commit);
        List<QueuedMessage> queued = queue(commit.messages());
        List<OutboxEntry> entries = entries(commit);
        long messageNumbers = progress.messages() + queued.size();
        DeadEntry dead = dead(commit, messageNumbers + 1);
        long deadBytes = 0;
        if (dead != null) {
            batch.put(Family.DEAD_LETTERS, Keys.deadLetter(dead.kind(), dead.number()), OutboxCodec.encode(dead));
            messageNumbers += dead.kind() == DeadEntry.Kind.TIMER ? 1 : 0;
            deadBytes = Sizes.of(dead);
        }
        Long delivery = commit.delivery();
        long inboxBytes = delivery == null ? 0 : inbox.size(delivery);
        leave(commit);
        Written written = new Written(entries, inboxBytes > 0 ? 1 : 0, inboxBytes, deadBytes);
        Progress.Stepping next = next(commit, written, messageNumbers, census);
        next.save(batch);
        engine.write(batch);
        apply(commit, queued, next);
        return written;
    }

    /** @return the rows that there are then */
    private Census rows(Commit commit) {
        Census census = progress.census();
        for (String key : commit.removed()) {
            census = replace(key, Known.NOTHING, census);
            batch.delete(Family.ROWS, Keys.text(key));
        }
        for (Row row : commit.rows()) {
            census = replace(row.key(), new Known(Sort.of(row), row.timers()), census);
            batch.put(Family.ROWS, Keys.text(row.key()), RowCodec.encode(row));
        }
        return census;
    }

    private Census replace(String key, Known after, Census census) {
        if (!known.containsKey(key)) {
            row(key);
        }
        Known before = known.getOrDefault(key, Known.NOTHING);
        timers.update(batch, key, before.timers(), after.timers());
        known.put(key, after);
        if (before.sort() == after.sort()) {
            return census;
        }
        Census without = before.sort() == null ? census : census.plus(before.sort(), -1);
        return after.sort() == null ? without : without.plus(after.sort(), 1);
    }

    private List<QueuedMessage> queue(List<Message> fresh) {
        List<QueuedMessage> queued = new ArrayList<>(fresh.size());
        for (Message message : fresh) {
            long number = progress.messages() + queued.size() + 1;
            batch.put(Family.MESSAGES, Keys.number(number), MessageCodec.encode(message));
            queued.add(new QueuedMessage(number, message));
        }
        return queued;
    }

    private List<OutboxEntry> entries(Commit commit) {
        List<OutboxEntry> entries = new ArrayList<>(commit.telemetry().size());
        for (Commit.Telemetry item : commit.telemetry()) {
            OutboxEntry entry = new OutboxEntry(
                    item.signal(),
                    item.lane(),
                    progress.entries() + entries.size() + 1,
                    item.source(),
                    item.payload(),
                    item.items(),
                    commit.nowNanos());
            batch.put(
                    Family.OUTBOX,
                    Keys.lane(entry.signal(), entry.lane(), entry.sequence()),
                    OutboxCodec.encode(entry));
            entries.add(entry);
        }
        return entries;
    }

    /** @param nextNumber a timer that died takes a message's number, so that its dead letter has a key */
    private @Nullable DeadEntry dead(Commit commit, long nextNumber) {
        Commit.DeadLetter letter = commit.deadLetter();
        if (letter == null) {
            return null;
        }
        Long delivery = commit.delivery();
        Long message = commit.message();
        if (delivery != null) {
            byte @Nullable [] content = engine.get(Family.INBOX, Keys.number(delivery));
            return dead(DeadEntry.Kind.DELIVERY, delivery, commit, letter, content);
        } else if (message != null) {
            byte @Nullable [] content = engine.get(Family.MESSAGES, Keys.number(message));
            return dead(DeadEntry.Kind.MESSAGE, message, commit, letter, content);
        }
        return dead(DeadEntry.Kind.TIMER, nextNumber, commit, letter, null);
    }

    private static DeadEntry dead(
            DeadEntry.Kind kind, long number, Commit commit, Commit.DeadLetter letter, byte @Nullable [] content) {
        byte[] kept = content == null ? new byte[0] : content;
        return new DeadEntry(kind, number, commit.nowNanos(), letter.code(), letter.error(), 0, kept);
    }

    private void leave(Commit commit) {
        Long delivery = commit.delivery();
        if (delivery != null) {
            batch.delete(Family.INBOX, Keys.number(delivery));
        }
        Long message = commit.message();
        if (message != null) {
            batch.delete(Family.MESSAGES, Keys.number(message));
        }
    }

    private Progress.Stepping next(Commit commit, Written written, long messageNumbers, Census census) {
        Long delivery = commit.delivery();
        long bytes = 0;
        long traces = 0;
        long logs = 0;
        for (OutboxEntry entry : written.entries()) {
            bytes += Sizes.of(entry);
            traces += entry.signal() == TelemetrySignal.TRACES ? entry.items() : 0;
            logs += entry.signal() == TelemetrySignal.LOGS ? entry.items() : 0;
        }
        return new Progress.Stepping(
                delivery == null ? progress.cursor() : Math.max(progress.cursor(), delivery),
                Math.max(progress.now(), commit.nowNanos()),
                messageNumbers,
                messagesDone(commit.message()),
                progress.entries() + written.entries().size(),
                progress.deliveries() + written.deliveries(),
                progress.inboxBytes() + written.inboxBytes(),
                progress.outboxBytes() + bytes,
                progress.traceItems() + traces,
                progress.logItems() + logs,
                progress.deadBytes() + written.deadBytes(),
                census);
    }

    /** Messages are stepped in order, nearly always: the number before the first that will still wait. */
    private long messagesDone(@Nullable Long stepped) {
        for (QueuedMessage waiting : messages) {
            if (stepped == null || waiting.number() != stepped) {
                return waiting.number() - 1;
            }
        }
        return progress.messages();
    }

    private void apply(Commit commit, List<QueuedMessage> queued, Progress.Stepping next) {
        progress = next;
        timers.written();
        Long message = commit.message();
        if (message != null) {
            stepped(message);
        }
        messages.addAll(queued);
        Long delivery = commit.delivery();
        if (delivery != null) {
            inbox.stepped(delivery);
        }
    }

    /** Nearly always the first: a search for each would cost the square of their number. */
    private void stepped(long number) {
        QueuedMessage first = messages.peekFirst();
        if (first != null && first.number() == number) {
            messages.removeFirst();
        } else {
            messages.removeIf(waiting -> waiting.number() == number);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        batch.close();
    }
}
