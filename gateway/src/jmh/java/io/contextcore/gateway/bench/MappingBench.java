package io.contextcore.gateway.bench;

import dev.cel.runtime.CelEvaluationException;
import io.contextcore.gateway.expression.PlannedMapping;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Signal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An issue's delivery becomes its signal: by the mapping file, and by a method written by hand. Beside them dev.cel's planner
 * evaluates the mapping's expressions, and makes nothing of what they give.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MappingBench {

    private final Program program = IssueFixture.program();
    private final Delivery delivery = IssueFixture.delivery();
    private final HandWritten byHand = new HandWritten(program.tables());
    private final PlannedMapping planner = IssueFixture.planner(program, delivery);

    /** Both must say the same, or the comparison means nothing. */
    @Setup
    public void check() {
        List<Signal> mapped = program.evaluate(delivery).signals();
        if (!mapped.equals(byHand.signals(delivery))) {
            throw new AssertionError("the mapping says\n" + mapped + "\nand the method\n" + byHand.signals(delivery));
        }
        System.out.println("dev.cel's planner evaluates " + planner.size() + " expressions, without those of "
                + planner.leftOut());
    }

    @Benchmark
    public Object mappingFile() {
        return program.evaluate(delivery);
    }

    @Benchmark
    public Object handWritten() {
        return byHand.signals(delivery);
    }

    @Benchmark
    public Object plannerExpressionsOnly() throws CelEvaluationException {
        return planner.evaluate();
    }
}
