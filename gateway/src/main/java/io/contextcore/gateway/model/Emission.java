package io.contextcore.gateway.model;

import java.util.List;

/**
 * Telemetry of one step.
 *
 * @param key what it belongs to: an instance's key, or the trace id of stateless spans; it picks the export lane, so that
 *     order holds per key
 */
public record Emission(String key, List<Span> spans, List<LogRecord> logs) {

    public Emission {
        spans = List.copyOf(spans);
        logs = List.copyOf(logs);
    }

    public boolean isEmpty() {
        return spans.isEmpty() && logs.isEmpty();
    }
}
