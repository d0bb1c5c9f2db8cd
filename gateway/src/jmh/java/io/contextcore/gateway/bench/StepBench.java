package io.contextcore.gateway.bench;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.rocksdb.RocksDBException;

/** A change of one open task, any of them, on a store that holds so many: the cost must not grow with their number. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms768m", "-Xmx768m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
public class StepBench {

    private static final int FAMILY = 100;
    private static final int READ_AHEAD = 256;

    @Param({"1000", "1000000"})
    public int open;

    private final SplittableRandom random = new SplittableRandom(17);
    private TaskStore tasks;

    @Setup
    public void fill() throws IOException, RocksDBException {
        tasks = TaskStore.filled(open, FAMILY);
    }

    @TearDown
    public void clear() throws IOException {
        tasks.close();
    }

    /** Rows of tasks by chance, read from the store a moment before they are stepped. */
    @State(Scope.Benchmark)
    public static class RowsRead {

        private List<TaskStore.Change> changes = List.of();

        @Setup(Level.Invocation)
        public void read(StepBench bench) {
            changes = bench.tasks.read(bench.random.ints(READ_AHEAD, 0, bench.open));
        }
    }

    /** The step as the lifecycle engine sees it: a function of a row that was read, and of what it is told. */
    @Benchmark
    @OperationsPerInvocation(READ_AHEAD)
    public void lifecycleStep(RowsRead read, Blackhole hole) {
        for (TaskStore.Change change : read.changes) {
            hole.consume(tasks.lifecycleStep(change));
        }
    }

    /** The lone step, its row read from the store, decoded, encoded and committed. */
    @Benchmark
    public Object step() {
        return tasks.step(tasks.change(random.nextInt(open)));
    }

    /** The same, and the steps of those whom it tells: its parent, and the tally. */
    @Benchmark
    public int stepAndWhatFollows() {
        return tasks.stepAll(tasks.change(random.nextInt(open)));
    }
}
