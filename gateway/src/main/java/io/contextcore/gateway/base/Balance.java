package io.contextcore.gateway.base;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the figures of self-telemetry must say together: what came in is what went out and what is still there. A step is
 * counted a moment after it was written, so that a balance holds when nothing is on its way between two of its figures.
 */
public enum Balance {
    REQUESTS(
            "At the door, every request to an intake path is answered and has one outcome: `accepted`, `duplicate`, `ping`, the"
                    + " reason for which it was refused, `unavailable`, `gone`, `error`.",
            List.of(Term.all(Metric.REQUESTS)),
            List.of(Term.all(Metric.RECEIVED), Term.all(Metric.UNANSWERED))),
    DELIVERIES(
            "In the middle, every accepted delivery is stepped once: some mapping took it, none wanted it, or its mapping"
                    + " failed.",
            List.of(
                    Term.some(Metric.RECEIVED, "outcome", "accepted"),
                    Term.all(Metric.RECOVERED_DELIVERIES),
                    Term.all(Metric.REPLAYED_DELIVERIES)),
            List.of(
                    Term.all(Metric.MAPPED),
                    Term.all(Metric.IGNORED),
                    Term.all(Metric.DEAD_DELIVERIES),
                    Term.all(Metric.QUEUED))),
    TRACES(
            "At the end, every span that a step made is delivered, waits in the outbox, or was refused for good.",
            Term.ofSignal("traces", Metric.EMITTED, Metric.RECOVERED_ITEMS, Metric.REPLAYED_ITEMS),
            Term.ofSignal("traces", Metric.DELIVERED, Metric.WAITING, Metric.DEAD_ITEMS)),
    LOGS(
            "The same for log records.",
            Term.ofSignal("logs", Metric.EMITTED, Metric.RECOVERED_ITEMS, Metric.REPLAYED_ITEMS),
            Term.ofSignal("logs", Metric.DELIVERED, Metric.WAITING, Metric.DEAD_ITEMS));

    /**
     * A figure of a balance: a metric, summed up over those of its series that have the label's value.
     *
     * @param label null: over all of its series
     */
    public record Term(
            Metric metric, @Nullable String label, @Nullable String value) {

        static Term all(Metric metric) {
            return new Term(metric, null, null);
        }

        static Term some(Metric metric, String label, String value) {
            return new Term(metric, label, value);
        }

        static List<Term> ofSignal(String signal, Metric... metrics) {
            return Stream.of(metrics)
                    .map(metric -> new Term(metric, "signal", signal))
                    .toList();
        }

        /** As a query of Prometheus. */
        @Override
        public String toString() {
            String series = metric.prometheusName() + (label == null ? "" : "{" + label + "=\"" + value + "\"}");
            return metric.labels().size() > (label == null ? 0 : 1) ? "sum(" + series + ")" : series;
        }
    }

    private final String meaning;
    private final List<Term> in;
    private final List<Term> out;

    Balance(String meaning, List<Term> in, List<Term> out) {
        this.meaning = meaning;
        this.in = in;
        this.out = out;
    }

    public String meaning() {
        return meaning;
    }

    /** As the label of {@link Metric#BALANCE}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many came in and are nowhere; below 0: how many are somewhere and never came in. */
    public double difference(ToDoubleFunction<Term> figures) {
        return in.stream().mapToDouble(figures).sum()
                - out.stream().mapToDouble(figures).sum();
    }

    /** {@code a + b = c + d}. */
    @Override
    public String toString() {
        return sum(in) + "\n  = " + sum(out);
    }

    private static String sum(List<Term> terms) {
        return terms.stream().map(Term::toString).collect(Collectors.joining("\n  + "));
    }
}
