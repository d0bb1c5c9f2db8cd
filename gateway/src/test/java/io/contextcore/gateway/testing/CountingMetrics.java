package io.contextcore.gateway.testing;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import java.util.List;

/** Metrics that a test can read and wait for. */
public final class CountingMetrics implements Metrics {

    private final Seen<Counted> counted = new Seen<>();

    private record Counted(Metric metric, long amount, List<String> labels) {}

    @Override
    public void count(Metric metric, long amount, String... labelValues) {
        if (labelValues.length != metric.labels().size()) {
            throw new AssertionError(metric + " has labels " + metric.labels() + ", not " + List.of(labelValues));
        }
        counted.add(new Counted(metric, amount, List.of(labelValues)));
    }

    @Override
    public void gauge(Metric metric, double value, String... labelValues) {}

    @Override
    public void time(Metric metric, long nanos, String... labelValues) {}

    public long count(Metric metric, String... labelValues) {
        return sum(counted.all(), metric, labelValues);
    }

    /** Waits until the counter has reached the amount. */
    public void await(Metric metric, long amount, String... labelValues) {
        counted.until(metric + " " + amount, all -> sum(all, metric, labelValues) >= amount);
    }

    private static long sum(List<Counted> all, Metric metric, String... labelValues) {
        return all.stream()
                .filter(one -> one.metric() == metric && one.labels().equals(List.of(labelValues)))
                .mapToLong(Counted::amount)
                .sum();
    }
}
