package io.contextcore.gateway.pipeline;

import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Timers.Purpose;
import io.contextcore.gateway.store.Store.DueTimer;
import io.contextcore.gateway.store.Store.QueuedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plays deliveries without a store, in the order in which the gateway would: for mapping tests and {@code explain}. Not
 * thread-safe.
 */
public final class Rehearsal {

    private final Stepper stepper;
    private final Map<String, Row> rows = new HashMap<>();
    private final Deque<Message> messages = new ArrayDeque<>();
    private final NavigableSet<DueTimer> timers = new TreeSet<>(Comparator.comparingLong(DueTimer::dueNanos)
            .thenComparing(DueTimer::purpose, Comparator.<Purpose>naturalOrder())
            .thenComparing(DueTimer::key));
    private long facts;

    public Rehearsal(Stepper stepper) {
        this.stepper = stepper;
    }

    /** Timers due before the delivery, the delivery, and all messages that follow from it, as one step each. */
    public List<Stepped> play(Delivery delivery) {
        List<Stepped> steps = new ArrayList<>(playUntil(delivery.receivedNanos()));
        steps.add(keep(stepper.delivery(delivery, learnt(), this::row)));
        steps.addAll(drain(delivery.receivedNanos()));
        return steps;
    }

    /** The timers that are due until then. */
    public List<Stepped> playUntil(long nanos) {
        List<Stepped> steps = new ArrayList<>();
        for (Optional<DueTimer> due = nextTimer();
                due.isPresent() && due.get().dueNanos() <= nanos;
                due = nextTimer()) {
            steps.add(keep(stepper.timer(due.get(), due.get().dueNanos(), 0, this::row)));
            steps.addAll(drain(due.get().dueNanos()));
        }
        return steps;
    }

    public @Nullable Row row(String key) {
        return rows.get(key);
    }

    /** What was learnt so far. */
    public Facts facts() {
        return Stepper.facts(this::row);
    }

    private List<Stepped> drain(long now) {
        List<Stepped> steps = new ArrayList<>();
        while (!messages.isEmpty()) {
            steps.add(keep(stepper.message(new QueuedMessage(0, messages.remove()), now, this::row)));
        }
        return steps;
    }

    private Stepped keep(Stepped step) {
        step.commit().rows().forEach(row -> replace(row.key(), row));
        step.commit().removed().forEach(key -> replace(key, null));
        messages.addAll(step.commit().messages());
        return step;
    }

    private void replace(String key, @Nullable Row after) {
        Row before = after == null ? rows.remove(key) : rows.put(key, after);
        if (before != null) {
            due(before).forEach(timers::remove);
            facts -= before instanceof Row.Fact ? 1 : 0;
        }
        if (after != null) {
            timers.addAll(due(after));
            facts += after instanceof Row.Fact ? 1 : 0;
        }
    }

    private static List<DueTimer> due(Row row) {
        return row.timers().due().entrySet().stream()
                .map(due -> new DueTimer(due.getValue(), due.getKey(), row.key()))
                .toList();
    }

    private long learnt() {
        return facts;
    }

    private Optional<DueTimer> nextTimer() {
        return timers.isEmpty() ? Optional.empty() : Optional.of(timers.first());
    }
}
