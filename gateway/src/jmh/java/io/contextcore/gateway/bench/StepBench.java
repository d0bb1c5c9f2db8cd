package io.contextcore.gateway.bench;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.lifecycle.StepResult;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Told;
import io.contextcore.gateway.store.Commit;
import io.contextcore.gateway.store.RocksStore;
import io.contextcore.gateway.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A change of one open task, with all that follows from it, on a store that holds so many open ones: the row is read, stepped
 * and written, and so are its parent's and the tally's. The cost must not grow with their number.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class StepBench {

    private static final long START = IssueFixture.RECEIVED;
    private static final int ROWS_PER_COMMIT = 1_000;

    /** Open tasks; each hundredth is the parent of those up to the next. */
    @Param({"1000", "1000000"})
    public int open;

    private final SplittableRandom random = new SplittableRandom(17);
    private Path folder;
    private RocksStore store;
    private LifecycleEngine engine;
    private long now = START;
    private long sequence;

    @Setup
    public void fill() throws IOException {
        Program program = IssueFixture.program();
        engine = new LifecycleEngine(program.lifecycles(), program.conventions(), Limits.defaults());
        folder = Files.createTempDirectory("contextcore-bench");
        store = RocksStore.open(
                folder,
                Clock.system(),
                StoreSettings.defaults(),
                bytes -> {
                    throw new AssertionError("no delivery is read");
                },
                Metrics.none());
        List<io.contextcore.gateway.model.Row> rows = new ArrayList<>();
        for (int i = 0; i < open; i++) {
            StepResult opened = engine.step(null, signal(i, "pending"), now);
            rows.add(opened.row());
            if (rows.size() == ROWS_PER_COMMIT || i == open - 1) {
                store.commit(new Commit(now, null, null, rows, List.of(), List.of(), List.of(), null));
                rows = new ArrayList<>();
            }
        }
    }

    @TearDown
    public void clear() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** One task changes its status: the lone step. */
    @Benchmark
    public Object step() {
        return run(signal(random.nextInt(open), random.nextBoolean() ? "in_progress" : "in_review"), false);
    }

    /** The same, and what it tells its parent and the tally. */
    @Benchmark
    public Object stepAndWhatFollows() {
        return run(signal(random.nextInt(open), random.nextBoolean() ? "in_progress" : "in_review"), true);
    }

    private int run(Message first, boolean further) {
        Deque<Message> waiting = new ArrayDeque<>(List.of(first));
        int steps = 0;
        while (!waiting.isEmpty()) {
            Message message = waiting.remove();
            StepResult result = engine.step(store.row(message.addressee()), message, now);
            if (result.row() != null) {
                store.commit(
                        new Commit(now, null, null, List.of(result.row()), List.of(), List.of(), List.of(), null));
            }
            steps++;
            if (further) {
                waiting.addAll(result.messages());
            }
        }
        return steps;
    }

    private Signal signal(int number, String status) {
        now += 1_000_000;
        SortedMap<String, Told<AttributeValue>> attributes = new TreeMap<>();
        tell(attributes, "project.id", "bench");
        tell(attributes, "task.id", "acme/shop#" + number);
        tell(attributes, "task.title", "Checkout asks for the address twice");
        tell(attributes, "task.type", "story");
        tell(attributes, "task.source_status", status);
        tell(attributes, "task.assignee", "sam");
        tell(attributes, "task.url", "https://github.com/acme/shop/issues/" + number);
        int parent = number / 100 * 100;
        sequence++;
        return new Signal(
                Reference.key("task", key(number)),
                now,
                START,
                null,
                null,
                null,
                parent == number ? null : Told.of(Reference.key("task", key(parent))),
                attributes,
                new TreeMap<>(),
                List.of(),
                List.of(),
                now,
                new Origin("github", "github//" + sequence, sequence, "", 0, 0));
    }

    private static String key(int number) {
        return "github/github.com/700100200/" + number;
    }

    private static void tell(SortedMap<String, Told<AttributeValue>> attributes, String name, @Nullable String value) {
        attributes.put(name, Told.of(AttributeValue.of(value)));
    }
}
