package io.contextcore.gateway.app.metrics;

import io.contextcore.gateway.base.Balance;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The catalogue's metrics in a Prometheus registry: names, labels and help come from {@link Metric}. */
public final class PrometheusMetrics implements Metrics, AutoCloseable {

    /** Buckets, unlike quantiles, can be added up over instances; and one increment is cheaper than three histograms. */
    private static final Duration[] BUCKETS = IntStream.of(
                    100,
                    250,
                    500,
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    5_000_000,
                    10_000_000,
                    30_000_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1_000L))
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ConcurrentMap<Series, Counter> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<Series, AtomicLong> gauges = new ConcurrentHashMap<>();
    private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

    private @Nullable PlatformMetrics platform;

    private record Series(Metric metric, List<String> labelValues) {

        boolean belongsTo(Balance.Term term) {
            return metric == term.metric()
                    && (term.label() == null
                            || labelValues
                                    .get(metric.labels().indexOf(term.label()))
                                    .equals(term.value()));
        }
    }

    /** Series without labels exist from the start, so that a first increase can be seen. */
    public PrometheusMetrics() {
        for (Metric metric : Metric.values()) {
            if (metric.labels().isEmpty() && metric.type() == Metric.Type.COUNTER) {
                count(metric, 0);
            }
        }
    }

    @Override
    public void count(Metric metric, long amount, String... labelValues) {
        counters.computeIfAbsent(new Series(metric, List.of(labelValues)), this::counter)
                .increment(amount);
    }

    @Override
    public void gauge(Metric metric, double value, String... labelValues) {
        gauges.computeIfAbsent(new Series(metric, List.of(labelValues)), this::gauge)
                .set(Double.doubleToLongBits(value));
    }

    @Override
    public void time(Metric metric, long nanos, String... labelValues) {
        timers.computeIfAbsent(new Series(metric, List.of(labelValues)), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** The sum of a counter's or gauge's series, as they are now. */
    public double figure(Balance.Term term) {
        double sum = 0;
        for (Map.Entry<Series, Counter> counter : counters.entrySet()) {
            sum += counter.getKey().belongsTo(term) ? counter.getValue().count() : 0;
        }
        for (Map.Entry<Series, AtomicLong> gauge : gauges.entrySet()) {
            sum += gauge.getKey().belongsTo(term)
                    ? Double.longBitsToDouble(gauge.getValue().get())
                    : 0;
        }
        return sum;
    }

    /** The text exposition format, for {@code /metrics}. */
    public String scrape() {
        return registry.scrape();
    }

    /** Shows the Java runtime and the process as well. Takes a moment: the platform's own management is loaded. */
    public synchronized void showPlatform() {
        if (!registry.isClosed() && platform == null) {
            platform = new PlatformMetrics(registry);
        }
    }

    @Override
    public synchronized void close() {
        if (platform != null) {
            platform.close();
        }
        registry.close();
    }

    private Counter counter(Series series) {
        return Counter.builder(series.metric().id())
                .description(series.metric().meaning())
                .tags(tags(series))
                .register(registry);
    }

    private AtomicLong gauge(Series series) {
        AtomicLong bits = new AtomicLong();
        Gauge.builder(series.metric().id(), bits, held -> Double.longBitsToDouble(held.get()))
                .description(series.metric().meaning())
                .tags(tags(series))
                .register(registry);
        return bits;
    }

    private Timer timer(Series series) {
        return Timer.builder(series.metric().id())
                .description(series.metric().meaning())
                .serviceLevelObjectives(BUCKETS)
                .tags(tags(series))
                .register(registry);
    }

    /** A wrong number of values is a bug that tests find; in production the figure is kept under what there is. */
    private static Tags tags(Series series) {
        List<String> names = series.metric().labels();
        assert names.size() == series.labelValues().size() : series;
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            tags.add(Tag.of(
                    names.get(i),
                    i < series.labelValues().size() ? series.labelValues().get(i) : ""));
        }
        return Tags.of(tags);
    }
}
