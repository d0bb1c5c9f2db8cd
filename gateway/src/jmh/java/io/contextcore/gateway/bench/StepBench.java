package io.contextcore.gateway.bench;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.rocksdb.RocksDBException;

/**
 * A change of one open task, any of them, on a store that holds so many: its row is read from the store, decoded, stepped,
 * encoded and committed. The cost must not grow with their number.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
public class StepBench {

    private static final int FAMILY = 100;

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

    /** The lone step. */
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
