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
 * State, messages and timers, and the steps that change them. A step is seen at once and written with others, see
 * {@link StepGroup}. For the sequencer's thread only. The messages that wait are also in memory: they are stepped before the
 * next delivery is, so they are few.
 */
final class StepWriter implements AutoCloseable {

    /** Rows that were read since the last write; what a step reads beyond is read again when it is staged. */
    private static final int ROWS_IN_MEMORY = 4_096;

    private final Engine engine;
    private final Inbox inbox;
    private final StoreSettings settings;
    private final TimerIndex timers;
    private final Batch batch;
    private final Deque<QueuedMessage> messages = new ArrayDeque<>();
    /** Rows as they are on disk: those that were read since the last write, and those that it wrote. */
    private final Map<String, Optional<Row>> stored = new HashMap<>();

    private StepGroup group = new StepGroup();
    private Progress.Stepping progress;
    private long writtenCursor;
    private boolean closed;

    StepWriter(Engine engine, Inbox inbox, StoreSettings settings, Progress.Stepping progress) {
        this.engine = engine;
        this.inbox = inbox;
        this.settings = settings;
        this.progress = progress;
        this.writtenCursor = progress.cursor();
        this.timers = new TimerIndex(engine);
        this.batch = engine.batch();
        engine.scan(Family.MESSAGES, Keys.number(progress.messagesDone() + 1), null, (key, value) -> {
            messages.addLast(new QueuedMessage(Keys.number(key), MessageCodec.decode(value)));
            return true;
        });
    }

    /** As of the last step, written or not. */
    Progress.Stepping progress() {
        return progress;
    }

    @Nullable Row row(String key) {
        Optional<Row> changed = group.row(key);
        return changed == null ? stored(key) : changed.orElse(null);
    }

    private @Nullable Row stored(String key) {
        Optional<Row> known = stored.get(key);
        if (known == null) {
            byte @Nullable [] bytes = engine.get(Family.ROWS, Keys.text(key));
            known = bytes == null ? Optional.empty() : Optional.of(RowCodec.decode(bytes));
            if (stored.size() < ROWS_IN_MEMORY) {
                stored.put(key, known);
            }
        }
        return known.orElse(null);
    }

    Optional<QueuedMessage> nextMessage() {
        return Optional.ofNullable(messages.peekFirst());
    }

    Optional<DueTimer> nextTimer() {
        return timers.next();
    }

    /**
     * Takes a step into the group. What can fail is done first: after an error nothing is changed.
     *
     * @return whether the group is full
     */
    boolean stage(Commit commit) {
        return stage(commit, null);
    }

    /** The same, of a step that ends this letter. No letter of the group itself may be meant. */
    boolean resolve(Commit commit, DeadRecord letter) {
        return stage(commit, letter);
    }

    private synchronized boolean stage(Commit commit, @Nullable DeadRecord resolved) {
        if (closed) {
            throw new StoreException("the store is closed");
        }
        commit.removed().forEach(this::row);
        commit.rows().forEach(row -> row(row.key()));
        long firstMessage = progress.messages() + 1;
        DeadRecord dead =
                resolved == null ? dead(commit, firstMessage + commit.messages().size()) : again(commit, resolved);
        Long delivery = commit.delivery();
        long inboxBytes = delivery == null ? 0 : inbox.size(delivery);

        List<OutboxEntry> entries = entries(commit);
        Census census = rows(commit);
        queue(commit.messages(), firstMessage);
        take(commit.message());
        if (resolved != null) {
            group.exhume(resolved);
        }
        if (dead != null) {
            group.bury(dead);
        }
        entries.forEach(group::append);
        if (delivery != null) {
            group.leave(delivery, inboxBytes);
            inbox.stepped(delivery);
        }
        group.step();
        boolean diedAsTimer =
                resolved == null && dead != null && dead.head().key().kind() == DeadKey.Kind.TIMER;
        long deadBytes =
                (dead == null ? 0 : Sizes.of(dead.head())) - (resolved == null ? 0 : Sizes.of(resolved.head()));
        progress = next(commit, entries, inboxBytes, deadBytes, diedAsTimer ? 1 : 0, census);
        return group.isFull(settings) || stored.size() >= ROWS_IN_MEMORY;
    }

    /** @return the rows that there are then */
    private Census rows(Commit commit) {
        Census census = progress.census();
        for (String key : commit.removed()) {
            census = replace(key, null, census);
            group.remove(key);
        }
        for (Row row : commit.rows()) {
            census = replace(row.key(), row, census);
            group.put(row);
        }
        return census;
    }

    private Census replace(String key, @Nullable Row after, Census census) {
        Row before = row(key);
        timers.update(key, timersOf(before), timersOf(after));
        Sort was = before == null ? null : Sort.of(before);
        Sort is = after == null ? null : Sort.of(after);
        if (was == is) {
            return census;
        }
        Census without = was == null ? census : census.plus(was, -1);
        return is == null ? without : without.plus(is, 1);
    }

    private static Timers timersOf(@Nullable Row row) {
        return row == null ? Timers.none() : row.timers();
    }

    private void queue(List<Message> fresh, long number) {
        for (int i = 0; i < fresh.size(); i++) {
            group.send(number + i, fresh.get(i));
            messages.addLast(new QueuedMessage(number + i, fresh.get(i)));
        }
    }

    /** Nearly always the first: a search for each would cost the square of their number. */
    private void take(@Nullable Long number) {
        if (number == null) {
            return;
        }
        group.take(number);
        QueuedMessage first = messages.peekFirst();
        if (first != null && first.number() == number) {
            messages.removeFirst();
        } else {
            messages.removeIf(waiting -> waiting.number() == number);
        }
    }

    private List<OutboxEntry> entries(Commit commit) {
        List<OutboxEntry> entries = new ArrayList<>(commit.telemetry().size());
        for (Commit.Telemetry item : commit.telemetry()) {
            entries.add(new OutboxEntry(
                    item.signal(),
                    item.lane(),
                    progress.entries() + entries.size() + 1,
                    item.source(),
                    item.payload(),
                    item.items(),
                    commit.nowNanos()));
        }
        return entries;
    }

    private static @Nullable DeadRecord again(Commit commit, DeadRecord resolved) {
        Commit.DeadLetter letter = commit.deadLetter();
        return letter == null
                ? null
                : new DeadRecord(resolved.head().again(commit.nowNanos(), letter), resolved.content());
    }

    /** @param nextNumber a timer that died takes a message's number, so that its dead letter has a key */
    private @Nullable DeadRecord dead(Commit commit, long nextNumber) {
        Commit.DeadLetter letter = commit.deadLetter();
        if (letter == null) {
            return null;
        }
        Long delivery = commit.delivery();
        Long message = commit.message();
        if (delivery != null) {
            byte[] content = accepted(delivery);
            String source = content.length == 0 ? "" : Records.text(Records.read(content), "source");
            return dead(new DeadKey(DeadKey.Kind.DELIVERY, delivery), commit, letter, source, content);
        } else if (message != null) {
            Message died = waiting(message);
            byte[] content = died == null ? new byte[0] : MessageCodec.encode(died);
            String source = died == null ? "" : died.origin().source();
            return dead(new DeadKey(DeadKey.Kind.MESSAGE, message), commit, letter, source, content);
        }
        Store.DueTimer timer = letter.timer();
        DeadKey key = new DeadKey(DeadKey.Kind.TIMER, nextNumber);
        return dead(key, commit, letter, "", timer == null ? new byte[0] : DeadRecord.timer(timer));
    }

    private @Nullable Message waiting(long number) {
        for (QueuedMessage waiting : messages) {
            if (waiting.number() == number) {
                return waiting.message();
            }
        }
        return null;
    }

    private static DeadRecord dead(
            DeadKey key, Commit commit, Commit.DeadLetter letter, String source, byte[] content) {
        return DeadRecord.of(key, commit.nowNanos(), letter, source, 0, 0, content);
    }

    private byte[] accepted(long delivery) {
        byte @Nullable [] content = engine.get(Family.INBOX, Keys.number(delivery));
        return content == null ? new byte[0] : content;
    }

    private Progress.Stepping next(
            Commit commit,
            List<OutboxEntry> entries,
            long inboxBytes,
            long deadBytes,
            int numbersOfTimers,
            Census census) {
        Long delivery = commit.delivery();
        long bytes = 0;
        long traces = 0;
        long logs = 0;
        for (OutboxEntry entry : entries) {
            bytes += Sizes.of(entry);
            traces += entry.signal() == TelemetrySignal.TRACES ? entry.items() : 0;
            logs += entry.signal() == TelemetrySignal.LOGS ? entry.items() : 0;
        }
        long numbers = progress.messages() + commit.messages().size() + numbersOfTimers;
        QueuedMessage waiting = messages.peekFirst();
        return new Progress.Stepping(
                delivery == null ? progress.cursor() : Math.max(progress.cursor(), delivery),
                Math.max(progress.now(), commit.nowNanos()),
                numbers,
                waiting == null ? numbers : waiting.number() - 1,
                progress.entries() + entries.size(),
                progress.deliveries() + (inboxBytes > 0 ? 1 : 0),
                progress.inboxBytes() + inboxBytes,
                progress.outboxBytes() + bytes,
                progress.traceItems() + traces,
                progress.logItems() + logs,
                progress.deadBytes() + deadBytes,
                census);
    }

    /**
     * Writes the group, if there is one.
     *
     * @return what was written
     * @throws StoreException if the disk does not take it; the group stays, and may be written later
     */
    synchronized StepGroup flush() {
        if (closed) {
            throw new StoreException("the store is closed");
        }
        StepGroup written = group;
        if (written.isEmpty()) {
            return written;
        }
        batch.clear();
        written.writeTo(batch, settings.archive().isOn());
        timers.writeTo(batch);
        progress.save(batch);
        engine.write(batch);
        timers.written();
        stored.clear();
        stored.putAll(written.rows());
        group = new StepGroup();
        writtenCursor = progress.cursor();
        return written;
    }

    /** The last delivery whose step is written. */
    long written() {
        return writtenCursor;
    }

    @Override
    public synchronized void close() {
        closed = true;
        batch.close();
    }
}
