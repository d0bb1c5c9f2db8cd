package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.store.Store.Acceptance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps arrivals: one thread takes all that wait, gives them sequences and a receipt, writes them in one batch, waits for
 * the disk once, and only then answers. The sequencer's writes go on meanwhile.
 */
final class Committer {

    /** An arrival that waits for its answer; without an arrival it asks the thread to end. */
    private record Waiting(@Nullable Arrival arrival, CompletableFuture<Acceptance> answer) {

        long size() {
            return arrival == null ? 0 : Sizes.ofBody(arrival.stored());
        }
    }

    private final Engine engine;
    private final Disk disk;
    private final Clock clock;
    private final StoreSettings settings;
    private final Budget budget;
    private final Receipts receipts;
    private final RecentDeliveries recent;
    private final SeenIds seen;
    private final AtomicLong accepted;
    private final Thread thread = new Thread(this::run, "store-committer");
    private final LinkedTransferQueue<Waiting> queue = new LinkedTransferQueue<>();
    private Progress.Accepting progress;
    private long sequence;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;

    /** What the committer works with; all of it is shared with other parts of the store. */
    record Parts(
            Engine engine,
            Disk disk,
            Clock clock,
            StoreSettings settings,
            Budget budget,
            Receipts receipts,
            RecentDeliveries recent,
            SeenIds seen,
            AtomicLong accepted) {}

    Committer(Parts parts, Progress.Accepting progress) {
        this.engine = parts.engine();
        this.disk = parts.disk();
        this.clock = parts.clock();
        this.settings = parts.settings();
        this.budget = parts.budget();
        this.receipts = parts.receipts();
        this.recent = parts.recent();
        this.seen = parts.seen();
        this.accepted = parts.accepted();
        this.progress = progress;
        this.sequence = progress.sequence();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    CompletionStage<Acceptance> accept(Arrival arrival) {
        if (closing) {
            return CompletableFuture.completedFuture(Acceptance.Refused.CLOSED);
        }
        if (failure != null) {
            return CompletableFuture.completedFuture(Acceptance.Refused.DISK);
        }
        Waiting waiting = new Waiting(arrival, new CompletableFuture<>());
        if (!budget.tryTake(waiting.size())) {
            return CompletableFuture.completedFuture(Acceptance.Refused.FULL);
        }
        queue.put(waiting);
        if (ended) {
            refuseAll(drained(), reasonOfEnd());
        }
        return waiting.answer();
    }

    /** Why nothing is accepted any more; empty while all is well, and after an orderly end. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Accepts nothing more, keeps what waits, and ends. */
    void close() {
        closing = true;
        queue.put(new Waiting(null, new CompletableFuture<>()));
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean goOn = true;
            while (goOn) {
                List<Waiting> group = nextGroup();
                goOn = !group.removeIf(waiting -> waiting.arrival() == null);
                if (!group.isEmpty()) {
                    keep(group);
                }
            }
        } catch (InterruptedException e) {
            failure = new AssertionError("nobody interrupts the committer", e);
        } catch (RuntimeException | Error e) {
            // Nobody waits for this thread: the failure is kept for whoever asks.
            failure = e;
        } finally {
            ended = true;
            refuseAll(drained(), reasonOfEnd());
        }
    }

    private Acceptance.Refused reasonOfEnd() {
        return failure == null ? Acceptance.Refused.CLOSED : Acceptance.Refused.DISK;
    }

    private List<Waiting> nextGroup() throws InterruptedException {
        List<Waiting> group = new ArrayList<>();
        Waiting next = queue.take();
        long bytes = 0;
        while (next != null) {
            group.add(next);
            bytes += next.size();
            boolean full = group.size() >= settings.groupArrivals() || bytes >= settings.groupBytes();
            next = full ? null : queue.poll();
        }
        return group;
    }

    private List<Waiting> drained() {
        List<Waiting> left = new ArrayList<>();
        queue.drainTo(left);
        return left;
    }

    private void refuseAll(List<Waiting> group, Acceptance.Refused reason) {
        for (Waiting waiting : group) {
            budget.giveBack(waiting.size());
            waiting.answer().complete(reason);
        }
    }

    /** A group of which the disk knows nothing is refused as a whole; the senders come again. */
    private void keep(List<Waiting> group) {
        long received = receipts.begin(clock.epochNanos());
        long durable = progress.sequence();
        List<Acceptance> answers = null;
        try {
            if (failure == null) {
                answers = write(group, received);
                durable = progress.sequence();
            }
        } catch (StoreException e) {
            answers = null;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            receipts.end(durable);
            if (answers == null) {
                refuseAll(group, Acceptance.Refused.DISK);
            }
        }
        if (answers != null) {
            answer(group, answers);
        }
    }

    private List<Acceptance> write(List<Waiting> group, long received) {
        List<Acceptance> answers = new ArrayList<>(group.size());
        List<RecentDeliveries.Entry> kept = new ArrayList<>(group.size());
        long bytes = 0;
        seen.begin();
        try (Batch batch = engine.batch()) {
            for (Waiting waiting : group) {
                Arrival arrival = waiting.arrival();
                if (arrival == null) {
                    throw new AssertionError("the request to end is no arrival");
                }
                String id = Texts.wellFormed(arrival.id());
                if (!isNew(batch, arrival, id, received)) {
                    answers.add(new Acceptance.Duplicate());
                    continue;
                }
                Delivery delivery = delivery(arrival, id, ++sequence, received);
                batch.put(Family.INBOX, Keys.number(sequence), DeliveryCodec.encode(delivery, arrival.stored()));
                kept.add(new RecentDeliveries.Entry(delivery, arrival.stored().length));
                answers.add(new Acceptance.Accepted(sequence, received));
                bytes += waiting.size();
            }
            if (!kept.isEmpty()) {
                makeDurable(batch, received, kept.size(), bytes);
                recent.add(kept);
                accepted.addAndGet(kept.size());
            }
        }
        return answers;
    }

    /** New is what neither its id nor the event that it tells of was seen for; both are remembered. */
    private boolean isNew(Batch batch, Arrival arrival, String id, long received) {
        String event = arrival.sameEvent() == null ? null : Texts.wellFormed(arrival.sameEvent());
        if (event != null && seen.knows(event, received)) {
            return false;
        }
        boolean fresh = seen.add(batch, id, received, arrival.duplicateWindowNanos());
        if (fresh && event != null) {
            seen.add(batch, event, received, arrival.duplicateWindowNanos());
        }
        return fresh;
    }

    private void makeDurable(Batch batch, long received, int deliveries, long bytes) {
        seen.sweep(batch, received);
        Progress.Accepting next = new Progress.Accepting(
                sequence, received, progress.deliveries() + deliveries, progress.bytes() + bytes, seen.countAfter());
        next.save(batch);
        engine.write(batch);
        sync();
        seen.written();
        progress = next;
    }

    /**
     * After a failed sync nobody knows what is on disk, and a later sync may claim more than is true: nothing more is
     * accepted until a restart has read what is really there.
     */
    private void sync() {
        try {
            disk.sync();
        } catch (StoreException e) {
            failure = e;
            throw e;
        }
    }

    private static Delivery delivery(Arrival arrival, String id, long sequence, long received) {
        return new Delivery(
                sequence,
                arrival.source(),
                arrival.kind(),
                Texts.wellFormed(arrival.event()),
                id,
                Texts.wellFormed(arrival.headers()),
                arrival.body(),
                received);
    }

    private void answer(List<Waiting> group, List<Acceptance> answers) {
        for (int i = 0; i < group.size(); i++) {
            if (!(answers.get(i) instanceof Acceptance.Accepted)) {
                budget.giveBack(group.get(i).size());
            }
            group.get(i).answer().complete(answers.get(i));
        }
    }
}
