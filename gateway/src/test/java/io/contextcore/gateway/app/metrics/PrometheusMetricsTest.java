package io.contextcore.gateway.app.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Metric;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrometheusMetricsTest {

    @Test
    void everyMetricOfTheCatalogueShowsUnderItsDocumentedNameWithHelpAndLabels() {
        try (PrometheusMetrics metrics = new PrometheusMetrics()) {
            for (Metric metric : Metric.values()) {
                String[] labels = metric.labels().toArray(String[]::new);
                switch (metric.type()) {
                    case COUNTER -> metrics.count(metric, 3, labels);
                    case GAUGE -> metrics.gauge(metric, 3, labels);
                    case TIMER -> metrics.time(metric, TimeUnit.SECONDS.toNanos(3), labels);
                }
            }
            String text = metrics.scrape();
            for (Metric metric : Metric.values()) {
                String name = metric.prometheusName();
                assertTrue(text.contains("# HELP " + name + " " + metric.meaning()), name + " in\n" + text);
                assertTrue(text.contains("\n" + name), name + " in\n" + text);
                for (String label : metric.labels()) {
                    assertTrue(text.contains(label + "=\"" + label + "\""), label);
                }
            }
        }
    }

    @Test
    void countersAddUpAndGaugesKeepTheLastValue() {
        try (PrometheusMetrics metrics = new PrometheusMetrics()) {
            metrics.count(Metric.EMITTED, 2, "traces");
            metrics.count(Metric.EMITTED, 3, "traces");
            metrics.gauge(Metric.QUEUED, 7);
            metrics.gauge(Metric.QUEUED, 4);
            String text = metrics.scrape();
            assertTrue(text.contains("contextcore_items_emitted_total{signal=\"traces\"} 5.0"), text);
            assertTrue(text.contains("contextcore_deliveries_queued 4.0"), text);
        }
    }

    @Test
    void aSeriesWithoutLabelsIsThereBeforeItsFirstIncrease() {
        try (PrometheusMetrics metrics = new PrometheusMetrics()) {
            assertTrue(metrics.scrape().contains("contextcore_deliveries_recovered_total 0.0"));
        }
    }

    @Test
    void theRuntimeIsShownUnderTheDocumentedNamesAndNoOthers() {
        try (PrometheusMetrics metrics = new PrometheusMetrics()) {
            metrics.showPlatform();
            metrics.showPlatform();
            List<String> names = metrics.scrape()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" ")[2])
                    .filter(name -> !name.startsWith("contextcore_"))
                    .toList();
            for (PlatformMetrics.Family family : PlatformMetrics.FAMILIES) {
                assertTrue(names.stream().anyMatch(name -> name.startsWith(family.prefix())), family.prefix());
            }
            for (String name : names) {
                assertTrue(
                        PlatformMetrics.FAMILIES.stream().anyMatch(family -> name.startsWith(family.prefix())), name);
            }
        }
    }
}
