package io.contextcore.gateway.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;

/** What Micrometer knows of the Java runtime and the process; names, labels and help are Micrometer's. */
final class PlatformMetrics implements AutoCloseable {

    /**
     * Metrics that begin alike.
     *
     * @param prefix of their names, as Prometheus shows them
     */
    record Family(String prefix, String meaning) {}

    static final List<Family> FAMILIES = List.of(
            new Family("jvm_memory_", "bytes of each memory pool, in the heap and outside of it"),
            new Family("jvm_buffer_", "bytes and number of direct and mapped buffers"),
            new Family(
                    "jvm_gc_", "pauses of the collector, bytes allocated and promoted, what lives after a collection"),
            new Family("jvm_threads_", "threads, by state"),
            new Family("jvm_classes_", "classes loaded and unloaded"),
            new Family("process_cpu_", "processor time of the gateway"),
            new Family("system_", "processors of the machine and their load"),
            new Family("process_files_", "open files, and how many may be open"),
            new Family("process_uptime_", "seconds since the start"),
            new Family("process_start_time_", "when it was started, seconds since 1970"));

    private final JvmGcMetrics collector = new JvmGcMetrics();

    PlatformMetrics(MeterRegistry registry) {
        collector.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /** Listens to the collector no more. */
    @Override
    public void close() {
        collector.close();
    }
}
