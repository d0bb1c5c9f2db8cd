package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The counters and gauges of the metrics page, as lines for people. */
final class StatusReport {

    private static final Pattern SAMPLE = Pattern.compile("(\\w+?)(_total)?(\\{(.*)})? ([-+0-9.Ee]+)");

    private final Map<String, Map<String, Double>> samples = new TreeMap<>();

    /** @param page Prometheus' text format */
    StatusReport(String page) {
        for (String line : page.lines().toList()) {
            Matcher matcher = SAMPLE.matcher(line);
            if (matcher.matches()) {
                String labels = matcher.group(4) == null ? "" : matcher.group(4);
                samples.computeIfAbsent(matcher.group(1), name -> new TreeMap<>())
                        .put(labels, Double.valueOf(matcher.group(5)));
            }
        }
    }

    /** One line per series of the catalogue that has a figure; timers are left to Prometheus. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            if (metric.type() != Metric.Type.TIMER) {
                samples.getOrDefault(metric.id().replace('.', '_'), Map.of())
                        .forEach((labels, value) -> lines.add(String.format(
                                Locale.ROOT,
                                "%12s  %s%s",
                                plain(value),
                                metric.id()
                                        .substring(metric.id().indexOf('.') + 1)
                                        .replace('.', ' '),
                                labels.isEmpty()
                                        ? ""
                                        : "  " + labels.replace("\"", "").replace(",", " "))));
            }
        }
        return lines;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
    }
}
