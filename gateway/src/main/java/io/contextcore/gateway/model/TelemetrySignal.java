package io.contextcore.gateway.model;

/** OTLP's signals, as far as we send them. */
public enum TelemetrySignal {
    TRACES("traces"),
    LOGS("logs");

    private final String label;

    TelemetrySignal(String label) {
        this.label = label;
    }

    /** As metrics and paths write it. */
    public String label() {
        return label;
    }
}
