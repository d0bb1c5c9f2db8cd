package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.Sources;
import io.contextcore.gateway.app.check.CheckRun;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
            int files,
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
        ProgramLoader.Attempt read = ProgramLoader.attempt(folders, Limits.defaults());
        Problems problems = read.problems();
        List<SenderGuide> guides = SenderGuides.read(read.kindFiles(), problems);
        Sources.check(read.sourceFiles(), problems);
        List<Path> tests = CheckRun.read(read.vocabulary(), folders, problems);
        refuseNothing(folders, read.files(), tests, problems);
        Program program = read.program();
        if (strict && program != null) {
            problems.addAll(program.omissions());
        }
        long millis = (clock.elapsedNanos() - start) / NANOS_PER_MILLI;
        return new Report(problems.all(), read.files().size() + tests.size(), millis, program, guides.size());
    }

    /** Who checks files wants some checked: a misspelt folder must not look like one without mistakes. */
    private static void refuseNothing(List<Path> folders, Set<Path> files, List<Path> tests, Problems problems) {
        for (Path folder : folders) {
            boolean empty = Stream.concat(files.stream(), tests.stream()).noneMatch(file -> file.startsWith(folder));
            if (Files.exists(folder) && (empty || files.isEmpty())) {
                problems.add(
                        ErrorCode.UNREADABLE,
                        Location.file(folder.toString()),
                        "there is " + (empty ? "no file" : "nothing but tests")
                                + " of the mapping language here (expected files *.yaml that begin with"
                                + " `apiVersion:`, and say `kind:`, `mapping:` or another key of mappings/README.md)");
            }
        }
    }
}
