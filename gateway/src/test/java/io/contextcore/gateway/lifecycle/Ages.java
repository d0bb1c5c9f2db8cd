package io.contextcore.gateway.lifecycle;

import static io.contextcore.gateway.lifecycle.Lives.HOUR;
import static io.contextcore.gateway.lifecycle.Lives.SECOND;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Snapshot;
import io.contextcore.gateway.model.LifecycleDefinition.Times;
import io.contextcore.gateway.model.Span;
import java.util.List;
import java.util.Map;

/**
 * The world of {@link Lives} with times: an order tells its state every 6 h while it is open and every 24 h until it is
 * forgotten, 30 days after its end; a call waits 5 s for its parent.
 */
final class Ages {

    static final long DAY = 24 * HOUR;

    private Ages() {}

    static Lives lives() {
        return lives(new Times(DAY, null, 0, 30 * DAY, 400 * DAY));
    }

    /** An order with other times. */
    static Lives lives(Times order) {
        return new Lives(
                new LifecycleDefinition.Catalogue(Map.of(
                        "order",
                        aged(
                                Lives.order(),
                                List.of(
                                        new Snapshot("order.snapshot", 6 * HOUR, true),
                                        new Snapshot("order.archived", DAY, false)),
                                order),
                        "call",
                        aged(Lives.call(), List.of(), new Times(DAY, 12 * HOUR, 5 * SECOND, DAY, 7 * DAY)))),
                Lives.conventions(),
                Limits.defaults());
    }

    private static LifecycleDefinition aged(LifecycleDefinition plain, List<Snapshot> snapshots, Times times) {
        return new LifecycleDefinition(
                plain.name(),
                plain.shape(),
                plain.spanName(),
                Span.Kind.INTERNAL,
                plain.traceId(),
                plain.spanId(),
                plain.inParentTrace(),
                plain.phaseAttribute(),
                plain.activity(),
                plain.watch(),
                plain.terminal(),
                plain.derive(),
                plain.error(),
                plain.logs(),
                plain.below(),
                plain.tallies(),
                snapshots,
                times);
    }
}
