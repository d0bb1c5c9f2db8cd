package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Outbox;
import io.contextcore.gateway.model.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The store in one folder, kept by RocksDB. What is where, and what a crash can do, is told in docs/store.md. */
public final class RocksStore implements Store {

    private final FolderLock lock;
    private final Engine engine;
    private final Clock clock;
    private final Budget budget;
    private final Receipts receipts;
    private final Inbox inbox;
    private final Committer committer;
    private final StepWriter steps;
    private final RocksOutbox outbox;
    private final Recovered recovered;
    private final AtomicLong queued;
    private volatile long cursor;
    private volatile long lastNow;
    private volatile Census census;
    private final BodyParser bodies;
    private final DeadLetters deadLetters;
    private final Archive archive;
    private boolean closed;

    private RocksStore(
            FolderLock lock,
            Engine engine,
            Disk disk,
            Clock clock,
            StoreSettings settings,
            BodyParser bodies,
            Metrics metrics) {
        this.lock = lock;
        this.engine = engine;
        this.clock = clock;
        this.bodies = bodies;
        this.deadLetters = new DeadLetters(engine);
        Progress.Accepting accepting = Progress.Accepting.load(engine);
        Progress.Stepping stepping = Progress.Stepping.load(engine);
        Progress.Exporting exporting = Progress.Exporting.load(engine);
        this.budget = new Budget(
                settings.diskBudgetBytes(),
                accepting.bytes()
                        - stepping.inboxBytes()
                        + stepping.outboxBytes()
                        - exporting.bytes()
                        + stepping.deadBytes()
                        + exporting.deadBytes());
        this.receipts = new Receipts(Math.max(accepting.received(), stepping.now()), accepting.sequence());
        this.queued = new AtomicLong(accepting.deliveries() - stepping.deliveries());
        this.cursor = stepping.cursor();
        this.lastNow = stepping.now();
        this.census = stepping.census();
        this.archive = new Archive(engine, clock, settings.archive());
        archive.open(cursor);
        RecentDeliveries recent = new RecentDeliveries(settings.memoryDeliveries(), settings.memoryBytes());
        this.inbox = new Inbox(engine, recent, bodies, settings.memoryBytes());
        this.steps = new StepWriter(engine, inbox, settings, stepping);
        this.outbox = new RocksOutbox(engine, clock, settings, budget, stepping);
        this.recovered = new Recovered(
                queued.get(),
                stepping.traceItems() - exporting.traceItems(),
                stepping.logItems() - exporting.logItems());
        SeenIds seen = new SeenIds(engine, settings.seenIds(), accepting.seenIds(), metrics);
        this.committer = new Committer(
                new Committer.Parts(engine, disk, clock, settings, budget, receipts, recent, seen, queued), accepting);
    }

    /**
     * Opens the store of a folder, or makes a new one there.
     *
     * @param bodies reads bodies from disk as the door read them
     * @param metrics told of delivery ids that were forgotten too early
     * @throws StoreException if the folder is in use, is damaged, was written by a newer version, or cannot be written to
     */
    public static RocksStore open(
            Path folder, Clock clock, StoreSettings settings, BodyParser bodies, Metrics metrics) {
        return open(folder, clock, settings, bodies, metrics, engine -> engine::sync, Writes.PLAIN);
    }

    static RocksStore open(
            Path folder,
            Clock clock,
            StoreSettings settings,
            BodyParser bodies,
            Metrics metrics,
            Function<Engine, Disk> disks,
            Writes writes) {
        FolderLock lock = FolderLock.take(folder);
        Engine engine = null;
        RocksStore store = null;
        try {
            engine = Engine.open(folder, settings, writes);
            Format.check(engine, folder);
            store = new RocksStore(lock, engine, disks.apply(engine), clock, settings, bodies, metrics);
            store.committer.start();
            return store;
        } finally {
            if (store == null) {
                if (engine != null) {
                    engine.close();
                }
                lock.close();
            }
        }
    }

    @Override
    public CompletionStage<Acceptance> accept(Arrival arrival) {
        return committer.accept(arrival);
    }

    @Override
    public List<Delivery> deliveries(long afterSequence, int max) {
        return inbox.after(afterSequence, max, receipts.durable());
    }

    @Override
    public void awaitDelivery(long afterSequence, long timeoutNanos) throws InterruptedException {
        receipts.await(afterSequence, timeoutNanos, clock);
    }

    @Override
    public long fence(long nanos) {
        return receipts.fence(nanos);
    }

    @Override
    public long cursor() {
        return cursor;
    }

    @Override
    public long lastNow() {
        return lastNow;
    }

    @Override
    public @Nullable Row row(String key) {
        return steps.row(key);
    }

    @Override
    public @Nullable Row committed(String key) {
        byte[] bytes = engine.get(Family.ROWS, Keys.text(key));
        return bytes == null ? null : RowCodec.decode(bytes);
    }

    @Override
    public Census census() {
        return census;
    }

    @Override
    public Optional<QueuedMessage> nextMessage() {
        return steps.nextMessage();
    }

    @Override
    public Optional<DueTimer> nextTimer() {
        return steps.nextTimer();
    }

    @Override
    public boolean stage(Commit commit) {
        boolean full = steps.stage(commit);
        staged();
        return full;
    }

    private void staged() {
        cursor = steps.progress().cursor();
        lastNow = steps.progress().now();
        census = steps.progress().census();
        receipts.notBefore(lastNow);
    }

    @Override
    public void flush() {
        written(steps.flush());
        tidy();
    }

    @Override
    public void tidy() {
        archive.tidy(steps.written());
    }

    private void written(StepGroup written) {
        queued.addAndGet(-written.deliveries());
        budget.take(written.deadBytes());
        budget.giveBack(written.inboxBytes());
        outbox.appended(written.entries());
    }

    /** In a group of its own, so that nothing of it is shown before the disk has it. */
    @Override
    public boolean resolve(DeadKey letter, Commit commit) {
        flush();
        Optional<DeadRecord> resolved = deadLetters.get(letter);
        if (resolved.isEmpty()) {
            return false;
        }
        steps.resolve(commit, resolved.get());
        staged();
        StepGroup written = steps.flush();
        engine.sync();
        written(written);
        return true;
    }

    /** Takes from the disk what is wanted of the archive and the dead letters. Nothing else may go on meanwhile. */
    public Purge.Gone purge(Purge what) {
        Purge.Gone gone = new Purge.Gone(what.archived(engine, cursor), what.deadLetters(this));
        engine.sync();
        engine.forget(Family.INBOX, Family.DEAD_LETTERS);
        return gone;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public DeadQuery.Page deadLetters(DeadQuery query) {
        return deadLetters.page(query);
    }

    @Override
    public Optional<DeadEntry> deadLetter(DeadKey key) {
        return deadLetters.get(key).map(record -> record.entry(bodies));
    }

    @Override
    public Recovered recovered() {
        return recovered;
    }

    @Override
    public long queuedDeliveries() {
        return queued.get();
    }

    @Override
    public Optional<Throwable> failure() {
        return committer.failure();
    }

    @Override
    public Optional<StoreException> refusal() {
        return engine.refusal();
    }

    /** To be called by the sequencer's owner, after its thread has ended. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        committer.close();
        receipts.close();
        try {
            engine.sync();
        } finally {
            steps.close();
            engine.close();
            lock.close();
        }
    }
}
