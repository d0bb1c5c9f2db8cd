package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plays histories on so many partitions. Each has its messages in order; which goes on next is left to chance. Every step is
 * done twice, and must come to the same.
 */
final class Universe {

    private record Pending(Message message, long now) {}

    private record Due(long nanos, Timers.Purpose purpose, String key) {}

    final TreeMap<String, Row> rows = new TreeMap<>();
    final List<Span> spans = new ArrayList<>();
    final List<LogRecord> logs = new ArrayList<>();
    final Map<StepResult.Note, Integer> notes = new EnumMap<>(StepResult.Note.class);
    private final LifecycleEngine engine =
            new LifecycleEngine(Shop.lifecycles(), Shop.conventions(), Limits.defaults());
    private final List<Deque<Pending>> partitions = new ArrayList<>();
    private final TreeSet<Due> timers = new TreeSet<>(
            Comparator.comparingLong(Due::nanos).thenComparing(Due::purpose).thenComparing(Due::key));
    private final SplittableRandom chance;
    int steps;

    Universe(int partitions, long seed) {
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ArrayDeque<>());
        }
        this.chance = new SplittableRandom(seed);
    }

    /** All events in their order of arrival, then those that are replayed. */
    Universe play(List<History.Event> events) {
        events.stream().filter(event -> !event.replayed()).forEach(this::arrive);
        long last = events.get(events.size() - 1).received();
        events.stream().filter(History.Event::replayed).forEach(event -> {
            post(event.signal(), last);
            drain();
        });
        return this;
    }

    void arrive(History.Event event) {
        until(event.received());
        post(event.signal(), event.received());
        drain();
    }

    /** Runs the timers that are due up to then. */
    Universe until(long nanos) {
        while (!timers.isEmpty() && timers.first().nanos() <= nanos) {
            Due due = timers.first();
            Row row = rows.get(due.key());
            keep(due.key(), row, due.nanos(), () -> engine.wake(row, due.purpose(), due.nanos(), due.nanos(), true));
            drain();
        }
        return this;
    }

    /** What one message does, without what follows from it. */
    StepResult again(Message message, long now) {
        return engine.step(rows.get(message.addressee()), message, now);
    }

    private void post(Message message, long now) {
        partitions
                .get(Math.floorMod(message.addressee().hashCode(), partitions.size()))
                .add(new Pending(message, now));
    }

    private void drain() {
        List<Deque<Pending>> busy = busy();
        while (!busy.isEmpty()) {
            Pending next = busy.get(chance.nextInt(busy.size())).remove();
            Row row = rows.get(next.message().addressee());
            keep(next.message().addressee(), row, next.now(), () -> engine.step(row, next.message(), next.now()));
            busy = busy();
        }
    }

    private List<Deque<Pending>> busy() {
        return partitions.stream().filter(queue -> !queue.isEmpty()).toList();
    }

    private void keep(String key, @Nullable Row before, long now, java.util.function.Supplier<StepResult> step) {
        StepResult result = step.get();
        if (!result.equals(step.get())) {
            throw new AssertionError("the same step came to something else: " + result);
        }
        steps++;
        if (before != null) {
            before.timers().due().forEach((purpose, nanos) -> timers.remove(new Due(nanos, purpose, key)));
        }
        Row after = result.row();
        if (after == null) {
            rows.remove(key);
        } else {
            rows.put(key, after);
            after.timers().due().forEach((purpose, nanos) -> timers.add(new Due(nanos, purpose, key)));
        }
        spans.addAll(result.emission().spans());
        logs.addAll(result.emission().logs());
        result.notes().forEach(note -> notes.merge(note, 1, Integer::sum));
        result.messages().forEach(message -> post(message, now));
    }

    List<Instance> instances() {
        return rows.values().stream()
                .filter(Instance.class::isInstance)
                .map(Instance.class::cast)
                .toList();
    }

    /** The instance that answers to a name; null where there is none. */
    @Nullable Instance owner(String name) {
        Row row = rows.get(name);
        for (int hops = 0; row instanceof Row.Alias alias && alias.owner() != null && hops < 16; hops++) {
            row = rows.get(alias.owner().name());
        }
        return row instanceof Instance instance ? instance : null;
    }
}
