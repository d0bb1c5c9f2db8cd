package io.contextcore.gateway.bench;

import io.contextcore.gateway.app.cli.Commands;
import io.contextcore.gateway.app.cli.Surroundings;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import picocli.CommandLine;

/** {@code contextcore lint --strict} of all our files, their tests too; what it prints is thrown away. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LintBench {

    private final Surroundings surroundings = new Surroundings(
            "bench",
            IssueFixture.MAPPINGS,
            Path.of("").toAbsolutePath(),
            Path.of(""),
            Environment.of(Map.of()),
            Clock.system(),
            Randomness.system(),
            InputStream.nullInputStream(),
            false);

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Fork(1)
    @Warmup(iterations = 8, time = 3)
    @Measurement(iterations = 5, time = 3)
    public int warm() {
        return lint();
    }

    /** The first in a process; the start of the JVM is not counted. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Fork(
            value = 5,
            jvmArgs = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"})
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public int cold() {
        return lint();
    }

    private int lint() {
        CommandLine line = Commands.create(surroundings);
        line.setOut(new PrintWriter(Writer.nullWriter()));
        int exitCode = line.execute("lint", "--strict");
        if (exitCode != 0) {
            throw new AssertionError("our files have no mistake, yet lint ends with " + exitCode);
        }
        return exitCode;
    }
}
