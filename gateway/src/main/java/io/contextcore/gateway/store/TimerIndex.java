package io.contextcore.gateway.store;

import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.store.Store.DueTimer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The due times of all rows, in order. It remembers the first one, and where to look for the next: before it there is
 * nothing but what was deleted. For the sequencer's thread only.
 */
final class TimerIndex {

    private static final byte[] RECORD = Records.write(out -> {});

    private final Engine engine;
    private final List<byte[]> removed = new ArrayList<>();
    private final List<byte[]> added = new ArrayList<>();
    private byte[] position = new byte[0];
    private byte @Nullable [] first;
    private boolean firstKnown;

    TimerIndex(Engine engine) {
        this.engine = engine;
    }

    Optional<DueTimer> next() {
        if (!firstKnown) {
            engine.scan(Family.TIMERS, position, null, (key, value) -> {
                first = key;
                position = key;
                return false;
            });
            firstKnown = true;
        }
        return first == null ? Optional.empty() : Optional.of(Keys.timer(first));
    }

    /** A step begins. */
    void begin() {
        removed.clear();
        added.clear();
    }

    /** Replaces a row's timers. */
    void update(Batch batch, String key, Timers before, Timers after) {
        for (Map.Entry<Timers.Purpose, Long> timer : before.due().entrySet()) {
            if (!timer.getValue().equals(after.due().get(timer.getKey()))) {
                byte[] old = Keys.timer(timer.getValue(), timer.getKey(), key);
                batch.delete(Family.TIMERS, old);
                removed.add(old);
            }
        }
        for (Map.Entry<Timers.Purpose, Long> timer : after.due().entrySet()) {
            if (!timer.getValue().equals(before.due().get(timer.getKey()))) {
                byte[] fresh = Keys.timer(timer.getValue(), timer.getKey(), key);
                batch.put(Family.TIMERS, fresh, RECORD);
                added.add(fresh);
            }
        }
    }

    /** The step's batch was written. */
    void written() {
        for (byte[] key : removed) {
            if (first != null && Arrays.equals(key, first)) {
                first = null;
                firstKnown = false;
            }
        }
        for (byte[] key : added) {
            boolean beforeFirst = first == null || Arrays.compareUnsigned(key, first) < 0;
            if (firstKnown && beforeFirst) {
                first = key;
                position = key;
            } else if (!firstKnown && Arrays.compareUnsigned(key, position) < 0) {
                position = key;
            }
        }
    }
}
