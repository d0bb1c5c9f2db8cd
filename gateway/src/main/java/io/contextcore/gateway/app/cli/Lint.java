package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.check.CheckRun;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with the files of folders. */
final class Lint {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /**
     * What was found.
     *
     * @param files how many YAML files there are
     * @param millis how long it took, without the start of the machine
     * @param program null: it cannot be made
     * @param guides how many kinds have an example
     */
    record Report(
            List<Problem> problems,
            long files,
            long millis,
            @Nullable Program program,
            int guides) {
        long errors() {
            return problems.stream().filter(Problem::isError).count();
        }
    }

    private Lint() {}

    /** @param strict whether it is told as well what a program runs without, but should have */
    static Report run(List<Path> folders, boolean strict, Clock clock) {
        long start = clock.elapsedNanos();
        Problems problems = new Problems();
        List<SenderGuide> guides = SenderGuides.read(folders, problems);
        Program program = null;
        try {
            program = ProgramLoader.load(folders, (source, name) -> Optional.empty(), Limits.defaults());
            CheckRun.read(program, folders, problems);
            if (strict) {
                problems.addAll(program.omissions());
            }
        } catch (InvalidFiles e) {
            // Both readers tell what is wrong with the YAML of a kind.
            List<Problem> told = problems.all();
            problems.addAll(e.problems().stream()
                    .filter(problem -> !told.contains(problem))
                    .toList());
        }
        long files = folders.stream().mapToLong(Lint::files).sum();
        long millis = (clock.elapsedNanos() - start) / NANOS_PER_MILLI;
        return new Report(problems.all(), files, millis, program, guides.size());
    }

    private static long files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(".yaml") && Files.isRegularFile(file))
                    .count();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
