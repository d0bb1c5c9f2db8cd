package io.contextcore.gateway.model;

import java.util.List;

/**
 * Telemetry of one step.
 *
 * @param key what it belongs to: an instance's key, or the trace id of stateless spans; it picks the export lane, so that
 *     order holds per key
 * @param source name of the source that the instance, or the delivery, belongs to: it may have headers of its own towards
 *     the Collector
 */
public record Emission(String key, String source, List<Span> spans, List<LogRecord> logs) {

    public Emission {
        spans = List.copyOf(spans);
        logs = List.copyOf(logs);
    }

    public static Emission none(String key, String source) {
        return new Emission(key, source, List.of(), List.of());
    }

    public boolean isEmpty() {
        return spans.isEmpty() && logs.isEmpty();
    }
}
