package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.store.Store.DueTimer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The due times of all rows, in order: those on disk, less those that steps took away and with those that they brought since
 * the last write. It remembers the first one on disk, and where to look for the next: before it there is nothing but what was
 * deleted. For the sequencer's thread only.
 */
final class TimerIndex {

    private static final byte[] RECORD = Records.write(out -> {});

    private final Engine engine;
    private final TreeSet<byte[]> removed = new TreeSet<>(Arrays::compareUnsigned);
    private final TreeSet<byte[]> added = new TreeSet<>(Arrays::compareUnsigned);
    private byte[] position = new byte[0];
    private byte @Nullable [] first;
    private boolean firstKnown;

    TimerIndex(Engine engine) {
        this.engine = engine;
    }

    Optional<DueTimer> next() {
        byte[] onDisk = firstOnDisk();
        byte[] fresh = added.isEmpty() ? null : added.first();
        boolean freshIsFirst = onDisk == null || fresh != null && Arrays.compareUnsigned(fresh, onDisk) < 0;
        return Optional.ofNullable(freshIsFirst ? fresh : onDisk).map(Keys::timer);
    }

    private byte @Nullable [] firstOnDisk() {
        if (!firstKnown) {
            first = null;
            engine.scan(Family.TIMERS, position, null, (key, value) -> {
                if (removed.contains(key)) {
                    return true;
                }
                first = key;
                position = key;
                return false;
            });
            firstKnown = true;
        }
        return first;
    }

    /** Replaces a row's timers. */
    void update(String key, Timers before, Timers after) {
        for (Map.Entry<Timers.Purpose, Long> timer : before.due().entrySet()) {
            if (!timer.getValue().equals(after.due().get(timer.getKey()))) {
                remove(Keys.timer(timer.getValue(), timer.getKey(), key));
            }
        }
        for (Map.Entry<Timers.Purpose, Long> timer : after.due().entrySet()) {
            if (!timer.getValue().equals(before.due().get(timer.getKey()))) {
                add(Keys.timer(timer.getValue(), timer.getKey(), key));
            }
        }
    }

    private void remove(byte[] timer) {
        if (added.remove(timer)) {
            return;
        }
        removed.add(timer);
        if (first != null && Arrays.equals(timer, first)) {
            firstKnown = false;
        }
    }

    private void add(byte[] timer) {
        if (removed.remove(timer)) {
            foundOnDisk(timer);
        } else {
            added.add(timer);
        }
    }

    void writeTo(Batch batch) {
        removed.forEach(timer -> batch.delete(Family.TIMERS, timer));
        added.forEach(timer -> batch.put(Family.TIMERS, timer, RECORD));
    }

    /** The batch was written. */
    void written() {
        removed.clear();
        if (!added.isEmpty()) {
            foundOnDisk(added.first());
        }
        added.clear();
    }

    private void foundOnDisk(byte[] timer) {
        if (firstKnown && (first == null || Arrays.compareUnsigned(timer, first) < 0)) {
            first = timer;
        }
        if (Arrays.compareUnsigned(timer, position) < 0) {
            position = timer;
        }
    }
}
