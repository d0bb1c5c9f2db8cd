package io.contextcore.gateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.app.metrics.PrometheusMetrics;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.export.Exporter;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.store.Store;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What the admin port shows; gauges are read when somebody asks. */
record Pages(
        Store store,
        Exporter exporter,
        LongSupplier openRequests,
        PrometheusMetrics registry,
        ReloadPages mappings,
        Clock clock) {

    String metrics() {
        whatWaits();
        store.census().bySort().forEach((sort, rows) -> registry.gauge(Metric.ROWS, rows, sort));
        for (TelemetrySignal signal : TelemetrySignal.values()) {
            registry.gauge(Metric.OUTBOX_AGE, ageSeconds(signal), signal.label());
            registry.gauge(Metric.ENDPOINT, exporter.endpoint(signal).ordinal(), signal.label());
        }
        mappings.gauges(registry);
        return registry.scrape();
    }

    /** Sets the gauges that the balances need. */
    void whatWaits() {
        registry.gauge(Metric.UNANSWERED, openRequests.getAsLong());
        registry.gauge(Metric.QUEUED, store.queuedDeliveries());
        for (TelemetrySignal signal : TelemetrySignal.values()) {
            registry.gauge(Metric.WAITING, store.outbox().waitingItems(signal), signal.label());
        }
    }

    JsonNode status() {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.set("mappings", mappings.status());
        page.put("queuedDeliveries", store.queuedDeliveries());
        for (TelemetrySignal signal : TelemetrySignal.values()) {
            page.putObject(signal.label())
                    .put("waiting", store.outbox().waitingItems(signal))
                    .put("oldestSeconds", ageSeconds(signal))
                    .put("endpoint", exporter.endpoint(signal).label());
        }
        return page;
    }

    private double ageSeconds(TelemetrySignal signal) {
        long now = clock.epochNanos();
        long oldest = exporter.oldestNanos(signal).orElse(now);
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(now - oldest)) / 1e3;
    }
}
