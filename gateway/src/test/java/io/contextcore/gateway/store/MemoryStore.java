package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.OutboxEntry;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A store without a disk, for tests of what stands on the store. It passes the same contract kit as the engine: what it
 * "kept" lives in the object, so a test reopens by {@link #reopened}. A monitor.
 */
public final class MemoryStore implements Store {

    private final Clock clock;
    private final TreeMap<Long, Delivery> inbox = new TreeMap<>();
    private final Map<Long, Long> inboxBytes = new HashMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private final TreeMap<String, Row> rows = new TreeMap<>();
    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final TreeSet<DueTimer> timers = new TreeSet<>(Comparator.comparingLong(DueTimer::dueNanos)
            .thenComparing(DueTimer::purpose)
            .thenComparing(DueTimer::key));
    private final TreeMap<Long, OutboxEntry> entries = new TreeMap<>();
    private final TreeMap<Long, DeadEntry> dead = new TreeMap<>();
    private final Map<Long, Delivery> deadDeliveries = new HashMap<>();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final List<OutboxEntry> appended = new ArrayList<>();
    private StoreSettings settings;
    private long sequence;
    private long floor;
    private long cursor;
    private long lastNow;
    private long messageNumbers;
    private long entryNumbers;
    private long usedBytes;
    private boolean closed;
    private Recovered recovered = new Recovered(0, 0, 0);
    private Outbox.LaneListener listener = (signal, lane) -> {};

    /** Some open instance of a lifecycle {@code job}. */
    public static Row exampleInstance(String key, Timers timers) {
        return Examples.instance(key, timers);
    }

    public MemoryStore(Clock clock, StoreSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    public MemoryStore(Clock clock) {
        this(clock, StoreSettings.defaults());
    }

    /** The same contents, as if a new process had opened them. */
    public synchronized MemoryStore reopened() {
        return reopened(settings);
    }

    synchronized MemoryStore reopened(StoreSettings changed) {
        settings = changed;
        closed = false;
        listener = (signal, lane) -> {};
        recovered = new Recovered(
                inbox.size(), outbox.waitingItems(TelemetrySignal.TRACES), outbox.waitingItems(TelemetrySignal.LOGS));
        return this;
    }

    @Override
    public synchronized CompletionStage<Acceptance> accept(Arrival arrival) {
        return CompletableFuture.completedFuture(keep(arrival));
    }

    private boolean remembered(String id) {
        Long forget = seen.get(id);
        return forget != null && floor < forget;
    }

    private Acceptance keep(Arrival arrival) {
        long bytes = Sizes.ofBody(arrival.stored());
        if (closed) {
            return Acceptance.Refused.CLOSED;
        } else if (usedBytes + bytes > settings.diskBudgetBytes()) {
            return Acceptance.Refused.FULL;
        }
        floor = Math.max(floor, clock.epochNanos());
        if (remembered(arrival.id()) || arrival.sameEvent() != null && remembered(arrival.sameEvent())) {
            return new Acceptance.Duplicate();
        }
        seen.put(arrival.id(), floor + arrival.duplicateWindowNanos());
        if (arrival.sameEvent() != null) {
            seen.put(arrival.sameEvent(), floor + arrival.duplicateWindowNanos());
        }
        if (seen.size() > settings.seenIds()) {
            seen.remove(seen.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(arrival.id()))
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey());
        }
        sequence++;
        inbox.put(sequence, Delivery.of(sequence, arrival, floor));
        inboxBytes.put(sequence, bytes);
        usedBytes += bytes;
        notifyAll();
        return new Acceptance.Accepted(sequence, floor);
    }

    @Override
    public synchronized List<Delivery> deliveries(long afterSequence, int max) {
        return inbox.tailMap(afterSequence, false).values().stream().limit(max).toList();
    }

    @Override
    public synchronized void awaitDelivery(long afterSequence, long timeoutNanos) throws InterruptedException {
        long deadline = clock.elapsedNanos() + timeoutNanos;
        long left = timeoutNanos;
        while (sequence <= afterSequence && !closed && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - clock.elapsedNanos();
        }
    }

    @Override
    public synchronized long fence(long nanos) {
        floor = Math.max(floor, nanos);
        return sequence;
    }

    @Override
    public synchronized long cursor() {
        return cursor;
    }

    @Override
    public synchronized long lastNow() {
        return lastNow;
    }

    @Override
    public synchronized Row row(String key) {
        return rows.get(key);
    }

    @Override
    public synchronized Row committed(String key) {
        return rows.get(key);
    }

    @Override
    public synchronized Optional<QueuedMessage> nextMessage() {
        return Optional.ofNullable(messages.firstEntry())
                .map(entry -> new QueuedMessage(entry.getKey(), entry.getValue()));
    }

    @Override
    public synchronized Census census() {
        Census census = Census.EMPTY;
        for (Row row : rows.values()) {
            census = census.plus(Sort.of(row), 1);
        }
        return census;
    }

    @Override
    public synchronized Optional<DueTimer> nextTimer() {
        return timers.isEmpty() ? Optional.empty() : Optional.of(timers.first());
    }

    @Override
    public synchronized boolean stage(Commit commit) {
        appended.addAll(apply(commit));
        return false;
    }

    @Override
    public void flush() {
        List<OutboxEntry> fresh;
        synchronized (this) {
            fresh = List.copyOf(appended);
            appended.clear();
        }
        fresh.forEach(entry -> listener.appended(entry.signal(), entry.lane()));
    }

    private List<OutboxEntry> apply(Commit commit) {
        for (String key : commit.removed()) {
            Row before = rows.remove(key);
            Timers old = before == null ? Timers.none() : before.timers();
            old.due().forEach((purpose, due) -> timers.remove(new DueTimer(due, purpose, key)));
        }
        for (Row row : commit.rows()) {
            Row before = rows.put(row.key(), row);
            Timers old = before == null ? Timers.none() : before.timers();
            old.due().forEach((purpose, due) -> timers.remove(new DueTimer(due, purpose, row.key())));
            row.timers().due().forEach((purpose, due) -> timers.add(new DueTimer(due, purpose, row.key())));
        }
        commit.messages().forEach(message -> messages.put(++messageNumbers, message));
        bury(commit);
        if (commit.delivery() != null) {
            cursor = Math.max(cursor, commit.delivery());
            inbox.remove(commit.delivery());
            Long bytes = inboxBytes.remove(commit.delivery());
            usedBytes -= bytes == null ? 0 : bytes;
        }
        if (commit.message() != null) {
            messages.remove(commit.message());
        }
        lastNow = Math.max(lastNow, commit.nowNanos());
        floor = Math.max(floor, lastNow);
        List<OutboxEntry> fresh = new ArrayList<>();
        for (Commit.Telemetry item : commit.telemetry()) {
            OutboxEntry entry = new OutboxEntry(
                    item.signal(),
                    item.lane(),
                    ++entryNumbers,
                    item.source(),
                    item.payload(),
                    item.items(),
                    commit.nowNanos());
            entries.put(entry.sequence(), entry);
            usedBytes += Sizes.of(entry);
            fresh.add(entry);
        }
        return fresh;
    }

    private void bury(Commit commit) {
        Commit.DeadLetter letter = commit.deadLetter();
        if (letter == null) {
            return;
        }
        DeadEntry.Kind kind = DeadEntry.Kind.TIMER;
        long number = messageNumbers + 1;
        if (commit.delivery() != null) {
            kind = DeadEntry.Kind.DELIVERY;
            number = commit.delivery();
            deadDeliveries.put(number, inbox.get(number));
        } else if (commit.message() != null) {
            kind = DeadEntry.Kind.MESSAGE;
            number = commit.message();
        } else {
            messageNumbers++;
        }
        add(new DeadEntry(kind, number, commit.nowNanos(), letter.code(), letter.error(), 0, new byte[0]));
    }

    private void add(DeadEntry entry) {
        dead.put((long) dead.size(), entry);
        usedBytes += Sizes.of(entry);
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public synchronized List<DeadEntry> deadLetters(int max) {
        return dead.values().stream()
                .sorted(Comparator.comparing(DeadEntry::kind).thenComparing(DeadEntry::number))
                .limit(max)
                .toList();
    }

    @Override
    public synchronized Optional<DeadDelivery> deadDelivery(long sequence) {
        return dead.values().stream()
                .filter(letter -> letter.kind() == DeadEntry.Kind.DELIVERY && letter.number() == sequence)
                .findFirst()
                .map(letter -> new DeadDelivery(deadDeliveries.get(sequence), letter));
    }

    @Override
    public synchronized Recovered recovered() {
        return recovered;
    }

    @Override
    public synchronized long queuedDeliveries() {
        return inbox.size();
    }

    /** There is nothing here that could fail. */
    @Override
    public Optional<Throwable> failure() {
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private final class MemoryOutbox implements Outbox {

        @Override
        public List<OutboxEntry> peek(TelemetrySignal signal, int lane, int maxEntries, int maxBytes) {
            synchronized (MemoryStore.this) {
                List<OutboxEntry> first = new ArrayList<>();
                long bytes = 0;
                for (OutboxEntry entry : entries.values()) {
                    if (entry.signal() != signal || entry.lane() != lane) {
                        continue;
                    }
                    bytes += entry.payload().length;
                    if (!first.isEmpty() && (first.size() >= maxEntries || bytes > maxBytes)) {
                        break;
                    }
                    first.add(entry);
                }
                return first;
            }
        }

        @Override
        public void delivered(List<OutboxEntry> gone) {
            synchronized (MemoryStore.this) {
                gone.forEach(this::remove);
            }
        }

        private boolean remove(OutboxEntry entry) {
            boolean present = entries.remove(entry.sequence()) != null;
            usedBytes -= present ? Sizes.of(entry) : 0;
            return present;
        }

        @Override
        public void dead(List<OutboxEntry> gone, String reason) {
            synchronized (MemoryStore.this) {
                for (OutboxEntry entry : gone) {
                    if (remove(entry)) {
                        add(new DeadEntry(
                                Codes.deadKind(entry.signal()),
                                entry.sequence(),
                                clock.epochNanos(),
                                reason,
                                "",
                                entry.items(),
                                entry.payload()));
                    }
                }
            }
        }

        @Override
        public void onAppend(LaneListener laneListener) {
            listener = laneListener;
        }

        @Override
        public long waitingItems(TelemetrySignal signal) {
            synchronized (MemoryStore.this) {
                return entries.values().stream()
                        .filter(entry -> entry.signal() == signal)
                        .mapToLong(OutboxEntry::items)
                        .sum();
            }
        }
    }
}
