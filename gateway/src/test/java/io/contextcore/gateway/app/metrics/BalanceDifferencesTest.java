package io.contextcore.gateway.app.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.base.Balance;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.testing.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BalanceDifferencesTest {

    private static final int MINUTE = 60;

    private final PrometheusMetrics metrics = new PrometheusMetrics();
    private final Balances balances = new Balances(metrics);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Promise("balances-hold")
    @Test
    void whatIsMissingForAWholeMinuteShows() {
        metrics.count(Metric.RECEIVED, 5, "a", "accepted");
        metrics.count(Metric.MAPPED, 3, "a");
        look(MINUTE - 1);
        assertEquals(0, shown(Balance.DELIVERIES), "not yet a minute");
        look(1);
        assertEquals(2, shown(Balance.DELIVERIES));
        assertEquals(-5, shown(Balance.REQUESTS));
        assertEquals(0, shown(Balance.TRACES));
    }

    @Test
    void whatIsOnlyOnItsWayDoesNotShow() {
        for (int second = 0; second < MINUTE; second++) {
            metrics.count(Metric.EMITTED, 7, "logs");
            metrics.gauge(Metric.WAITING, second == 30 ? 7 : 0, "logs");
            balances.look();
            metrics.count(Metric.DELIVERED, 7, "logs");
        }
        assertEquals(0, shown(Balance.LOGS));
    }

    @Test
    void whatWasMissingAndIsFoundAgainShowsNoMore() {
        metrics.count(Metric.EMITTED, 1, "traces");
        look(MINUTE);
        assertEquals(1, shown(Balance.TRACES));
        metrics.count(Metric.DEAD_ITEMS, 1, "traces", "http-400");
        look(MINUTE);
        assertEquals(0, shown(Balance.TRACES));
    }

    private void look(int seconds) {
        for (int second = 0; second < seconds; second++) {
            balances.look();
        }
    }

    private double shown(Balance balance) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("contextcore_balance_difference{balance=\"" + balance.label() + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
