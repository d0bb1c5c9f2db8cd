package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.app.metrics.PrometheusMetrics;
import io.contextcore.gateway.base.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReportTest {

    @Test
    void theFiguresOfTheMetricsPageBecomeLinesInTheOrderOfTheCatalogue() {
        try (PrometheusMetrics metrics = new PrometheusMetrics()) {
            metrics.gauge(Metric.OUTBOX_AGE, 1.5, "logs");
            metrics.count(Metric.RECEIVED, 1_234_567_890, "shop", "accepted");
            metrics.time(Metric.STAGE, 5, "step");
            assertEquals(
                    List.of(
                            "           0  requests",
                            "  1234567890  deliveries received  outcome=accepted source=shop",
                            "           0  deliveries recovered",
                            "       1.500  outbox age seconds  signal=logs"),
                    new StatusReport(metrics.scrape()).lines());
        }
    }
}
