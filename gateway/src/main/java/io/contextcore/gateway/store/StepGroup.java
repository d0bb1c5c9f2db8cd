package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the steps since the last write changed, taken together: a row that several of them changed is written once, a message
 * that one sent and another took is not written at all.
 */
final class StepGroup {

    private final Map<String, Optional<Row>> rows = new LinkedHashMap<>();
    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final List<Long> messagesGone = new ArrayList<>();
    private final List<Long> deliveriesGone = new ArrayList<>();
    private final List<OutboxEntry> entries = new ArrayList<>();
    private final List<DeadRecord> dead = new ArrayList<>();
    private final List<DeadRecord> exhumed = new ArrayList<>();
    private int steps;
    private int deliveries;
    private long inboxBytes;
    private long bytes;

    /** @return null: not changed by these steps; empty: gone */
    @Nullable Optional<Row> row(String key) {
        return rows.get(key);
    }

    Map<String, Optional<Row>> rows() {
        return rows;
    }

    List<OutboxEntry> entries() {
        return entries;
    }

    /** Deliveries that were in the inbox. */
    int deliveries() {
        return deliveries;
    }

    /** What those counted there. */
    long inboxBytes() {
        return inboxBytes;
    }

    /** What the dead letters count; below 0 if more went than came. */
    long deadBytes() {
        return sum(dead) - sum(exhumed);
    }

    private static long sum(List<DeadRecord> letters) {
        return letters.stream().mapToLong(letter -> Sizes.of(letter.head())).sum();
    }

    boolean isEmpty() {
        return steps == 0;
    }

    /** Whether it should be written before it grows further. */
    boolean isFull(StoreSettings settings) {
        return steps >= settings.groupSteps() || bytes >= settings.groupBytes();
    }

    void step() {
        steps++;
    }

    void put(Row row) {
        rows.put(row.key(), Optional.of(row));
    }

    void remove(String key) {
        rows.put(key, Optional.empty());
    }

    void send(long number, Message message) {
        messages.put(number, message);
    }

    void take(long message) {
        if (messages.remove(message) == null) {
            messagesGone.add(message);
        }
    }

    /** @param inboxBytesOfIt 0 if it was not in the inbox */
    void leave(long delivery, long inboxBytesOfIt) {
        deliveriesGone.add(delivery);
        deliveries += inboxBytesOfIt > 0 ? 1 : 0;
        inboxBytes += inboxBytesOfIt;
        bytes += inboxBytesOfIt;
    }

    void append(OutboxEntry entry) {
        entries.add(entry);
        bytes += Sizes.of(entry);
    }

    void bury(DeadRecord letter) {
        dead.add(letter);
        bytes += Sizes.of(letter.head());
    }

    /** It goes, or comes back as it is buried anew. */
    void exhume(DeadRecord letter) {
        exhumed.add(letter);
    }

    /**
     * All but timers and progress.
     *
     * @param archive whether deliveries stay, as their own archive
     */
    void writeTo(Batch batch, boolean archive) {
        rows.forEach((key, row) -> row.ifPresentOrElse(
                there -> batch.put(Family.ROWS, Keys.text(key), RowCodec.encode(there)),
                () -> batch.delete(Family.ROWS, Keys.text(key))));
        messages.forEach(
                (number, message) -> batch.put(Family.MESSAGES, Keys.number(number), MessageCodec.encode(message)));
        messagesGone.forEach(number -> batch.delete(Family.MESSAGES, Keys.number(number)));
        entries.forEach(entry -> batch.put(
                Family.OUTBOX, Keys.lane(entry.signal(), entry.lane(), entry.sequence()), OutboxCodec.encode(entry)));
        exhumed.forEach(letter -> batch.delete(Family.DEAD_LETTERS, letter.key()));
        dead.forEach(letter -> batch.put(Family.DEAD_LETTERS, letter.key(), letter.encode()));
        if (!archive) {
            deliveriesGone.forEach(sequence -> batch.delete(Family.INBOX, Keys.number(sequence)));
        }
    }
}
