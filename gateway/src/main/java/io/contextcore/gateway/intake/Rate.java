package io.contextcore.gateway.intake;

import io.contextcore.gateway.base.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many requests each name may send: so many at once, and as many in every minute after. Names past the most that are
 * counted share one count, so that nobody gets room or memory by having many. Thread-safe.
 */
public final class Rate {

    private static final double MINUTE_NANOS = 60e9;
    private static final long TIDY_NANOS = 1_000_000_000L;
    private static final String OTHERS = "";

    private final int most;
    private final int names;
    private final Clock clock;
    private final Map<String, Room> rooms = new HashMap<>();
    private long tidied;

    /** What a name had left, and when that was so. */
    private record Room(double left, long nanos) {}

    /**
     * @param most requests of one name in a minute
     * @param names most names that are counted each by itself
     */
    public Rate(int most, int names, Clock clock) {
        this.most = most;
        this.names = names;
        this.clock = clock;
        this.tidied = clock.elapsedNanos() - TIDY_NANOS;
    }

    /** Takes the place of one request; false: there is none. */
    public synchronized boolean take(String name) {
        long now = clock.elapsedNanos();
        String counted = rooms.containsKey(name) || hasPlace(now) ? name : OTHERS;
        double left = left(rooms.get(counted), now);
        boolean free = left >= 1;
        rooms.put(counted, new Room(free ? left - 1 : left, now));
        return free;
    }

    /** Names that have all their room again are forgotten, which changes nothing for them; looked for once a second at most. */
    private boolean hasPlace(long now) {
        if (rooms.size() >= names && now - tidied >= TIDY_NANOS) {
            tidied = now;
            rooms.values().removeIf(room -> left(room, now) >= most);
        }
        return rooms.size() < names;
    }

    private double left(@Nullable Room room, long now) {
        return room == null ? most : Math.min(most, room.left() + (now - room.nanos()) * (most / MINUTE_NANOS));
    }
}
