package io.contextcore.gateway.app.metrics;

import io.contextcore.gateway.base.Balance;
import io.contextcore.gateway.base.Metric;
import java.util.EnumMap;
import java.util.Map;

/**
 * Looks at the balances again and again and shows in {@link Metric#BALANCE} the smallest difference of a whole minute: what is
 * on its way at one look has arrived at another, what is lost is missing at all of them. Belongs to one thread.
 */
public final class Balances {

    private static final int LOOKS = 60;

    private final PrometheusMetrics metrics;
    private final Map<Balance, Double> smallest = new EnumMap<>(Balance.class);
    private int looks;

    public Balances(PrometheusMetrics metrics) {
        this.metrics = metrics;
        for (Balance balance : Balance.values()) {
            metrics.gauge(Metric.BALANCE, 0, balance.label());
        }
    }

    /** To be called once a second, with the gauges set. */
    public void look() {
        for (Balance balance : Balance.values()) {
            smallest.merge(balance, balance.difference(metrics::figure), Balances::smaller);
        }
        looks++;
        if (looks == LOOKS) {
            smallest.forEach((balance, difference) -> metrics.gauge(Metric.BALANCE, difference, balance.label()));
            smallest.clear();
            looks = 0;
        }
    }

    /** A balance that was missing something once and had too much at another time held in between. */
    private static double smaller(double before, double now) {
        return Math.signum(before) * Math.signum(now) <= 0 ? 0 : Math.abs(now) < Math.abs(before) ? now : before;
    }
}
