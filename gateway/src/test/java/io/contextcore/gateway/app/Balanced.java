package io.contextcore.gateway.app;

import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.testing.Balances;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test: every gateway that the test watched with this kept its balances. Register it with {@code @RegisterExtension}
 * and hand it to the gateway as its watch; the balances are read when the gateway stops and has come to rest.
 */
public final class Balanced implements Watch, AfterEachCallback {

    private final Watch watch;
    private final AtomicInteger stopped = new AtomicInteger();
    private final List<AssertionError> uneven = new CopyOnWriteArrayList<>();

    public Balanced() {
        this(Watch.none());
    }

    /** @param watch hears all the rest */
    public Balanced(Watch watch) {
        this.watch = watch;
    }

    @Override
    public void answered(IntakeRequest request, Outcome outcome) {
        watch.answered(request, outcome);
    }

    @Override
    public void stepped(Delivery delivery, Stepped step) {
        watch.stepped(delivery, step);
    }

    @Override
    public void atRest(Supplier<String> metrics) {
        stopped.incrementAndGet();
        try {
            Balances.await(metrics::get);
        } catch (AssertionError e) {
            uneven.add(e);
        }
    }

    /** How many gateways were looked at. */
    int stopped() {
        return stopped.get();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!uneven.isEmpty()) {
            throw uneven.get(0);
        }
    }
}
