package io.contextcore.gateway.app.metrics;

import io.contextcore.gateway.base.Balance;
import io.contextcore.gateway.base.Metric;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page docs/metrics.md, written from the catalogue. */
public final class MetricsPage {

    private static final String HEAD = """
            # Metrics

            `GET /metrics` on the admin port, in Prometheus' text format. This page is generated from the catalogue in
            `base/Metric.java`; `mvn test -Dtest=DocsTest -Dupdate.docs=true` rewrites it. Spans of the gateway itself, for those who
            look for where the time goes: [own-spans.md](own-spans.md).

            | metric | type | labels | meaning |
            |---|---|---|---|
            """;

    private static final String PLATFORM = """

            ## The Java runtime

            [Micrometer](https://docs.micrometer.io/micrometer/reference/reference/jvm.html) counts what the runtime and the process
            use. Shown a moment after the gateway is ready.

            | metrics | meaning |
            |---|---|
            """;

    private static final String BALANCES = """

            ## Balances

            They hold whenever nothing is on its way between two of the figures, in every run of its own: counters begin at 0 at a
            start, and what the start found on disk is counted as recovered.
            """;

    private static final String ALERT = """

            `contextcore_balance_difference` is what each of them was off by, for a whole minute: the gateway looks every second and
            shows the smallest difference of the last full minute, so that what is only on its way does not show. Be told of it:

            ```yaml
            - alert: ContextCoreOutOfBalance
              expr: contextcore_balance_difference != 0
              for: 5m
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
                    metric.prometheusName(),
                    metric.type().name().toLowerCase(Locale.ROOT),
                    metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")),
                    metric.meaning()));
        }
        page.append(PLATFORM);
        for (PlatformMetrics.Family family : PlatformMetrics.FAMILIES) {
            page.append("| `")
                    .append(family.prefix())
                    .append("…` | ")
                    .append(family.meaning())
                    .append(" |\n");
        }
        page.append(BALANCES);
        for (Balance balance : Balance.values()) {
            page.append(String.format(
                    Locale.ROOT, "\n**%s** %s\n\n```\n%s\n```\n", balance.label(), balance.meaning(), balance));
        }
        return page.append(ALERT).toString();
    }
}
