package io.contextcore.gateway.base;

/** Where self-telemetry goes. Only metrics of the catalogue {@link Metric} exist. Thread-safe, never blocks, never throws. */
public interface Metrics {

    /** Adds to a counter; {@code labelValues} in the order of {@link Metric#labels()}. */
    void count(Metric metric, long amount, String... labelValues);

    /** Sets a gauge. */
    void gauge(Metric metric, double value, String... labelValues);

    /** Records a duration in nanoseconds. */
    void time(Metric metric, long nanos, String... labelValues);

    /** Forgets everything: for tests and tools that need no self-telemetry. */
    static Metrics none() {
        return new Metrics() {
            @Override
            public void count(Metric metric, long amount, String... labelValues) {}

            @Override
            public void gauge(Metric metric, double value, String... labelValues) {}

            @Override
            public void time(Metric metric, long nanos, String... labelValues) {}
        };
    }
}
