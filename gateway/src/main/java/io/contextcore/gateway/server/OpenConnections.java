package io.contextcore.gateway.server;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The connections of a port, all together and by address: not more of either than there may be. Thread-safe. */
final class OpenConnections {

    private final int most;
    private final int mostOfAddress;
    private final Function<String, Optional<String>> counted;
    private final Metrics metrics;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    /** Which limit ends a connection; the metric's label is the setting behind {@code limits.}. */
    enum Limit {
        CONNECTIONS,
        ADDRESS_CONNECTIONS,
        HEAD_TIME,
        IDLE_TIME
    }

    /**
     * @param most at once
     * @param mostOfAddress at once from one address
     * @param counted by what an address is counted; empty: it is not
     */
    OpenConnections(int most, int mostOfAddress, Function<String, Optional<String>> counted, Metrics metrics) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
        this.counted = counted;
        this.metrics = metrics;
    }

    /** Of a port where every address is alike. */
    static OpenConnections of(int most) {
        return new OpenConnections(most, most, address -> Optional.empty(), Metrics.none());
    }

    /** Counts one more until {@link #closed}, whatever becomes of it; the limit that it is over, if it is over one. */
    Optional<Limit> opened(String address) {
        int all = open.incrementAndGet();
        int same = counted.apply(address)
                .map(name -> byAddress.merge(name, 1, Integer::sum))
                .orElse(0);
        if (all > most) {
            return Optional.of(Limit.CONNECTIONS);
        }
        return same > mostOfAddress ? Optional.of(Limit.ADDRESS_CONNECTIONS) : Optional.empty();
    }

    void closed(String address) {
        open.decrementAndGet();
        counted.apply(address)
                .ifPresent(name -> byAddress.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1));
    }

    /** A limit ends a connection. */
    void ended(Limit limit) {
        metrics.count(Metric.CONNECTIONS_CLOSED, 1, limit.name().toLowerCase(Locale.ROOT));
    }
}
