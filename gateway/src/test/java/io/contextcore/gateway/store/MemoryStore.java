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
import io.contextcore.gateway.store.DeadEntry.Remains;
import io.contextcore.gateway.store.DeadEntry.Remains.OfDelivery;
import io.contextcore.gateway.store.DeadEntry.Remains.OfMessage;
import io.contextcore.gateway.store.DeadEntry.Remains.OfTelemetry;
import io.contextcore.gateway.store.DeadEntry.Remains.OfTimer;
import io.contextcore.gateway.store.DeadEntry.Remains.Unknown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
    private final TreeMap<DeadKey, DeadEntry> dead =
            new TreeMap<>(Comparator.comparing(DeadKey::kind).thenComparing(DeadKey::number));
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
    private volatile boolean refusing;
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
        refusal().ifPresent(refusal -> {
            throw refusal;
        });
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
        if (commit.delivery() != null) {
            Delivery delivery = inbox.get(commit.delivery());
            bury(commit, DeadKey.Kind.DELIVERY, commit.delivery(), delivery.source(), new OfDelivery(delivery));
        } else if (commit.message() != null) {
            Message message = messages.get(commit.message());
            String source = message.origin().source();
            bury(commit, DeadKey.Kind.MESSAGE, commit.message(), source, new OfMessage(message));
        } else {
            Remains timer = letter.timer() == null ? new Unknown() : new OfTimer(letter.timer());
            bury(commit, DeadKey.Kind.TIMER, ++messageNumbers, "", timer);
        }
    }

    private void bury(Commit commit, DeadKey.Kind kind, long number, String source, Remains remains) {
        Commit.DeadLetter letter = commit.deadLetter();
        DeadKey key = new DeadKey(kind, number);
        add(new DeadEntry(
                new DeadHead(key, commit.nowNanos(), letter.code(), letter.error(), source, 0, 0, 1, 0), remains));
    }

    private void add(DeadEntry entry) {
        dead.put(entry.head().key(), entry);
        usedBytes += Sizes.of(entry.head());
    }

    @Override
    public boolean resolve(DeadKey letter, Commit commit) {
        DeadEntry entry;
        synchronized (this) {
            entry = dead.remove(letter);
            if (entry == null) {
                return false;
            }
            usedBytes -= Sizes.of(entry.head());
            if (commit.deadLetter() != null) {
                add(new DeadEntry(entry.head().again(commit.nowNanos(), commit.deadLetter()), entry.remains()));
            }
        }
        commit(new Commit(
                commit.nowNanos(),
                null,
                null,
                commit.rows(),
                commit.removed(),
                commit.messages(),
                commit.telemetry(),
                null));
        return true;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public synchronized DeadQuery.Page deadLetters(DeadQuery query) {
        Collection<DeadEntry> from = query.after() == null
                ? dead.values()
                : dead.tailMap(query.after(), false).values();
        List<DeadHead> fit =
                from.stream().map(DeadEntry::head).filter(query::wants).toList();
        List<DeadHead> page = fit.stream().limit(query.limit()).toList();
        return new DeadQuery.Page(
                page,
                page.size() < fit.size() ? Optional.of(page.get(page.size() - 1).key()) : Optional.empty());
    }

    @Override
    public synchronized Optional<DeadEntry> deadLetter(DeadKey key) {
        return Optional.ofNullable(dead.get(key));
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

    /** Whether the disk takes nothing from now on. */
    public void refuse(boolean refuses) {
        refusing = refuses;
    }

    @Override
    public Optional<StoreException> refusal() {
        return refusing ? Optional.of(StoreException.refused(Path.of("memory"), "full", null)) : Optional.empty();
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
            OutboxEntry present = entries.remove(entry.sequence());
            usedBytes -= present == null ? 0 : Sizes.of(present);
            return present != null;
        }

        @Override
        public void dead(List<OutboxEntry> gone, String reason) {
            synchronized (MemoryStore.this) {
                for (OutboxEntry entry : gone) {
                    if (remove(entry)) {
                        add(new DeadEntry(
                                new DeadHead(
                                        new DeadKey(Codes.deadKind(entry.signal()), entry.sequence()),
                                        clock.epochNanos(),
                                        reason,
                                        "",
                                        entry.source(),
                                        entry.items(),
                                        entry.lane(),
                                        1,
                                        entry.payload().length),
                                new OfTelemetry(entry.signal(), entry.payload())));
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
