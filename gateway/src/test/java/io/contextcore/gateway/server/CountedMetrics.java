package io.contextcore.gateway.server;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Counters by metric and label values. */
final class CountedMetrics implements Metrics {

    private final Map<String, Long> counts = new ConcurrentSkipListMap<>();

    @Override
    public void count(Metric metric, long amount, String... labelValues) {
        counts.merge(metric + Arrays.toString(labelValues), amount, Long::sum);
    }

    @Override
    public void gauge(Metric metric, double value, String... labelValues) {}

    @Override
    public void time(Metric metric, long nanos, String... labelValues) {
        count(metric, 1, labelValues);
    }

    /** {@code "forge accepted" → 1}. */
    Map<String, Long> received() {
        Map<String, Long> result = new TreeMap<>();
        counts.forEach((name, count) -> {
            if (name.startsWith("RECEIVED[")) {
                result.put(name.substring(9, name.length() - 1).replace(", ", " "), count);
            }
        });
        return result;
    }

    long of(Metric metric, String... labelValues) {
        return counts.getOrDefault(metric + Arrays.toString(labelValues), 0L);
    }
}
