package io.contextcore.gateway.app.check;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.yaml.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Runs the test files of folders. */
public final class CheckRun {

    private static final String TEST_SUFFIX = ".test.yaml";

    /** The form of a test file. */
    public static final Form FILE = TestFileReader.FORM;

    private CheckRun() {}

    /**
     * How a case ended.
     *
     * @param at where it stands
     * @param failures what does not hold; none: it passed
     */
    public record Result(Location at, String name, List<String> failures) {
        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /**
     * Runs all {@code *.test.yaml} under {@code tests} with the mappings of {@code folders}.
     *
     * @param wanted picks cases by name
     * @throws InvalidFiles with every problem of every mapping and test file
     */
    public static List<Result> run(List<Path> folders, List<Path> tests, Predicate<String> wanted) {
        Limits limits = Limits.defaults();
        Projects projects = new Projects();
        Program program = ProgramLoader.load(folders, projects::of, limits);
        Problems problems = new Problems();
        List<TestCase.File> files = new ArrayList<>();
        tests.forEach(folder -> files(folder, problems)
                .forEach(file -> TestFileReader.read(file, problems).ifPresent(files::add)));
        files.forEach(file -> requireKind(file, program, problems));
        problems.throwIfAny();
        List<Result> results = new ArrayList<>();
        for (TestCase.File file : files) {
            projects.now = file.projects();
            SourceKind kind = Objects.requireNonNull(program.kinds().get(file.kind()), "looked at before");
            for (TestCase test : file.cases()) {
                if (wanted.test(test.name())) {
                    Played played = new Player(program, kind, test.source(), limits).play(test);
                    results.add(new Result(test.at(), test.name(), Judgement.failures(test.expected(), played)));
                }
            }
        }
        return results;
    }

    /** The project table of the file at hand: the program is compiled once for all files. */
    private static final class Projects {
        private Map<String, String> now = Map.of();

        private Optional<String> of(String source, String name) {
            return Optional.ofNullable(now.get(name));
        }
    }

    private static void requireKind(TestCase.File file, Program program, Problems problems) {
        if (!program.kinds().containsKey(file.kind()) && !file.cases().isEmpty()) {
            problems.add(
                    ErrorCode.UNKNOWN_KIND,
                    Location.file(file.cases().get(0).at().file()),
                    "unknown kind '" + file.kind() + "'"
                            + Nearest.hint(file.kind(), program.kinds().keySet()));
        }
    }

    private static List<Path> files(Path folder, Problems problems) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(TEST_SUFFIX) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(
                    ErrorCode.UNREADABLE,
                    Location.file(folder.toString()),
                    "cannot be read (expected: a folder with mappings and tests)");
            return List.of();
        }
    }
}
