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
 * A change of one child among so many of one parent, with all that follows: its share in the parent's sums changes, and it
 * moves from one group of the tally to another. The cost is that of the tree's depth and must not grow with the siblings.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
public class SiblingsBench {

    /** The child, its parent, and the tally: once for the group that it leaves, once for the one that it comes to. */
    private static final int STEPS = 4;

    @Param({"10", "10000"})
    public int children;

    private final SplittableRandom random = new SplittableRandom(17);
    private TaskStore tasks;

    @Setup
    public void fill() throws IOException, RocksDBException {
        tasks = TaskStore.filled(children + 1, children + 1);
    }

    @TearDown
    public void clear() throws IOException {
        tasks.close();
    }

    @Benchmark
    public void childChanges() {
        int steps = tasks.stepAll(tasks.change(1 + random.nextInt(children)));
        if (steps != STEPS) {
            throw new AssertionError("steps: " + steps);
        }
    }
}
