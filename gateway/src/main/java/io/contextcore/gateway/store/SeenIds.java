package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The delivery ids that were accepted, each for its time. For the committer's thread only. Changes go into the committer's
 * batch: {@link #begin}, {@link #add}…, {@link #sweep}, and {@link #written} after the write.
 */
final class SeenIds {

    /** Old ids that one batch takes away at most, beyond as many as it adds. */
    private static final int SWEEP = 256;

    private static final byte[] START = new byte[0];
    private static final byte[] EMPTY_RECORD = Records.write(out -> {});

    private final Engine engine;
    private final long cap;
    private final Metrics metrics;
    private long count;
    /** No entry by time lives before this key. */
    private byte[] position = START;
    /** No id is forgotten before this time. */
    private long firstForget = Long.MIN_VALUE;

    private final Set<ByteBuffer> inBatch = new HashSet<>();
    private final Set<ByteBuffer> renewed = new HashSet<>();
    private int added;
    private byte @Nullable [] lowestAdded;
    private @Nullable Sweep sweep;

    SeenIds(Engine engine, long cap, long count, Metrics metrics) {
        this.engine = engine;
        this.cap = cap;
        this.count = count;
        this.metrics = metrics;
    }

    void begin() {
        inBatch.clear();
        renewed.clear();
        added = 0;
        lowestAdded = null;
        sweep = null;
    }

    /** Whether the id is remembered. */
    boolean knows(String id, long now) {
        byte[] seen = Keys.seen(id);
        byte @Nullable [] known = engine.get(Family.SEEN, seen);
        return inBatch.contains(ByteBuffer.wrap(seen))
                || known != null && now < Records.read(known).path("forget").asLong();
    }

    /** Whether the id is new; if so it is remembered. */
    boolean add(Batch batch, String id, long now, long windowNanos) {
        byte[] seen = Keys.seen(id);
        ByteBuffer name = ByteBuffer.wrap(seen);
        if (inBatch.contains(name)) {
            return false;
        }
        byte @Nullable [] known = engine.get(Family.SEEN, seen);
        if (known == null) {
            added++;
        } else {
            long forget = Records.read(known).path("forget").asLong();
            if (now < forget) {
                return false;
            }
            batch.delete(Family.SEEN_BY_TIME, Keys.seenByTime(forget, seen));
            renewed.add(name);
        }
        inBatch.add(name);
        remember(batch, seen, saturatedSum(now, windowNanos));
        return true;
    }

    private void remember(Batch batch, byte[] seen, long forget) {
        byte[] byTime = Keys.seenByTime(forget, seen);
        batch.put(Family.SEEN, seen, Records.write(out -> out.writeNumberField("forget", forget)));
        batch.put(Family.SEEN_BY_TIME, byTime, EMPTY_RECORD);
        if (lowestAdded == null || Arrays.compareUnsigned(byTime, lowestAdded) < 0) {
            lowestAdded = byTime;
        }
    }

    /** Forgets what is old, and what is too much. Call it once, after the last {@link #add} of a batch. */
    void sweep(Batch batch, long now) {
        long tooMany = Math.max(0, count + added - cap);
        if (firstForget <= now || tooMany > 0) {
            Sweep walk = new Sweep(batch, now, tooMany);
            engine.scan(Family.SEEN_BY_TIME, position, null, (key, value) -> walk.visit(key));
            sweep = walk;
        }
    }

    /** Number of ids after the batch. */
    long countAfter() {
        return count + added - (sweep == null ? 0 : sweep.gone);
    }

    /** The batch was written. */
    void written() {
        count = countAfter();
        if (sweep != null) {
            position = sweep.last;
            firstForget = sweep.reachedEnd ? Long.MAX_VALUE : Keys.forgetNanos(sweep.last);
            if (sweep.evicted > 0) {
                metrics.count(Metric.NOTES, sweep.evicted, "seen-id-evicted");
            }
        }
        if (lowestAdded != null && Arrays.compareUnsigned(lowestAdded, position) < 0) {
            position = lowestAdded;
        }
        if (lowestAdded != null) {
            firstForget = Math.min(firstForget, Keys.forgetNanos(lowestAdded));
        }
        begin();
    }

    /** One walk over the ids that are forgotten first. */
    private final class Sweep {
        private final Batch batch;
        private final long now;
        private final long tooMany;
        private long gone;
        private long evicted;
        private byte[] last = position;
        private boolean reachedEnd = true;

        Sweep(Batch batch, long now, long tooMany) {
            this.batch = batch;
            this.now = now;
            this.tooMany = tooMany;
        }

        boolean visit(byte[] byTime) {
            last = byTime;
            byte[] seen = Keys.seenOf(byTime);
            if (renewed.contains(ByteBuffer.wrap(seen))) {
                return true;
            }
            boolean old = Keys.forgetNanos(byTime) <= now;
            if (gone >= tooMany && !(old && gone < SWEEP + added)) {
                reachedEnd = false;
                return false;
            }
            batch.delete(Family.SEEN_BY_TIME, byTime);
            batch.delete(Family.SEEN, seen);
            gone++;
            evicted += old ? 0 : 1;
            return true;
        }
    }

    private static long saturatedSum(long now, long windowNanos) {
        long sum = now + windowNanos;
        return sum < now ? Long.MAX_VALUE : sum;
    }
}
