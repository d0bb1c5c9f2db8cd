package io.contextcore.gateway.testing;

import io.contextcore.gateway.base.Balance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The balances, read from the page of the metrics as an operator reads them. */
public final class Balances {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Balances() {}

    /**
     * Reads the page until every balance holds: a step is counted a moment after it was written.
     *
     * @throws AssertionError with the page, if one does not within a minute
     */
    public static void await(Callable<String> page) {
        await(page, PATIENCE);
    }

    static void await(Callable<String> page, Duration patience) {
        List<String> off = new ArrayList<>();
        try {
            Await.until("the balances", patience, () -> {
                String text = page.call();
                off.clear();
                for (Balance balance : Balance.values()) {
                    double difference = balance.difference(term -> figure(text, term));
                    if (difference != 0) {
                        off.add(difference + " in " + balance.label() + ": " + balance + "\n" + text);
                    }
                }
                return off.isEmpty();
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; off by " + off, e);
        }
    }

    /** The sum of a metric's series. */
    static double figure(String page, Balance.Term term) {
        String name = term.metric().prometheusName();
        String label = term.label() == null ? "" : term.label() + "=\"" + term.value() + "\"";
        return page.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
