package io.contextcore.gateway.app.metrics;

import io.contextcore.gateway.base.Metric;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page docs/metrics.md, written from the catalogue. */
public final class MetricsPage {

    private static final String HEAD = """
            # Metrics

            `GET /metrics` on the admin port, in Prometheus' text format. This page is generated from the catalogue in
            `base/Metric.java`; `mvn test -Dtest=DocsTest -Dupdate.docs=true` rewrites it.

            | metric | type | labels | meaning |
            |---|---|---|---|
            """;

    private static final String BALANCES = """

            ## Three balances

            They hold whenever nothing is on its way between two of the figures, in every run of its own: counters begin at 0 at a
            start, and what the start found on disk is counted as recovered.

            **At the door.** Every request to an intake path is answered, and has one outcome.

            ```
            sum(contextcore_deliveries_received_total)
              = accepted + duplicate + ping + each of the reasons for which it was rejected     (label outcome)
            ```

            **In the middle.** Every accepted delivery is stepped once: some mapping took it, none wanted it, or its mapping failed.

            ```
            contextcore_deliveries_received_total{outcome="accepted"} + contextcore_deliveries_recovered_total
              + sum(contextcore_deliveries_replayed_total)
              = sum(contextcore_deliveries_mapped_total) + sum(contextcore_deliveries_ignored_total)
                + sum(contextcore_deliveries_dead_total) + contextcore_deliveries_queued
            ```

            **At the end.** Every span and log record that a step made is delivered, waits in the outbox, or was refused for good.
            It holds for each `signal`.

            ```
            contextcore_items_emitted_total + contextcore_items_recovered_total + contextcore_items_replayed_total
              = contextcore_items_delivered_total + contextcore_items_waiting + sum(contextcore_items_dead_total)
            ```

            A difference that stays is a bug in the gateway: please report it with a copy of the page.
            """;

    private MetricsPage() {}

    /** The whole page. */
    public static String render() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Metric metric : Metric.values()) {
            page.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %s | %s |\n",
                    prometheusName(metric),
                    metric.type().name().toLowerCase(Locale.ROOT),
                    metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")),
                    metric.meaning()));
        }
        return page.append(BALANCES).toString();
    }

    /** As Prometheus shows it; a timer is a summary of three series. */
    static String prometheusName(Metric metric) {
        String base = metric.id().replace('.', '_');
        return switch (metric.type()) {
            case COUNTER -> base + "_total";
            case GAUGE -> base;
            case TIMER -> base + "_seconds";
        };
    }
}
