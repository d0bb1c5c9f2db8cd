package io.contextcore.gateway.app.check;

import io.contextcore.gateway.app.check.TestCase.Step;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.expression.Coverage;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.mapping.Vocabulary;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the test files of folders. */
public final class CheckRun {

    /** The keys of a test file. */
    public static final Form FILE = TestForm.FILE;

    private static final String TEST_SUFFIX = ".test.yaml";

    /**
     * What to run.
     *
     * @param folders all folders of mappings
     * @param tests those of them whose tests are run
     * @param wanted picks cases by name
     * @param coverage whether it is asked which expressions run
     * @param update whether failed expectations are rewritten
     */
    public record Plan(
            List<Path> folders, List<Path> tests, Predicate<String> wanted, boolean coverage, boolean update) {

        /** Every case, and nothing else. */
        public static Plan all(List<Path> folders) {
            return new Plan(folders, folders, name -> true, false, false);
        }
    }

    /**
     * How a case ended.
     *
     * @param at where it stands
     * @param failures what does not hold; none: it passed
     */
    public record Result(Location at, String name, List<Failure> failures) {
        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /**
     * How all of them ended.
     *
     * @param files how many test files there are
     * @param rewritten files whose expectations were rewritten
     * @param coverage null: nobody asked
     */
    public record Report(
            List<Result> results,
            int files,
            Set<Path> rewritten,
            @Nullable CoverageReport coverage) {}

    private final Plan plan;
    private final Limits limits = Limits.defaults();
    private final @Nullable Coverage coverage;
    private final Program program;
    private Projects projects = Projects.NONE;

    private CheckRun(Plan plan) {
        this.plan = plan;
        this.coverage = plan.coverage() ? new Coverage() : null;
        // The project table is that of the file at hand: the program is compiled once for all files.
        this.program = ProgramLoader.load(plan.folders(), (source, name) -> projects.idOf(name), limits, coverage);
    }

    /**
     * Runs the {@code *.test.yaml} under the folders. If all cases are wanted, the schemas beside them are held against them
     * too.
     *
     * @throws InvalidFiles with every problem of every mapping and test file, or if there is no case to run
     */
    public static Report run(Plan plan) {
        return loaded(plan).report();
    }

    private static CheckRun loaded(Plan plan) {
        try {
            return new CheckRun(plan);
        } catch (InvalidFiles e) {
            throw withThoseOfTests(e, plan);
        }
    }

    /** Of a test file that stands beside wrong mappings its form can be checked: all problems are told at once. */
    private static InvalidFiles withThoseOfTests(InvalidFiles mappings, Plan plan) {
        Problems problems = new Problems();
        problems.addAll(mappings.problems());
        ExpectationReader expectations = ExpectationReader.ofForm(plan.update(), problems);
        plan.tests().stream()
                .filter(Files::isDirectory)
                .flatMap(folder -> files(folder, problems).stream())
                .forEach(file -> TestFileReader.read(file, expectations, problems));
        return new InvalidFiles(problems.all());
    }

    /**
     * Reads the test files under the folders; what is wrong with them is added to the problems.
     *
     * @return the test files, wrong or not
     */
    public static List<Path> read(Vocabulary vocabulary, List<Path> tests, Problems problems) {
        ExpectationReader expectations = new ExpectationReader(vocabulary, false, problems);
        List<Path> files = new ArrayList<>();
        tests.forEach(folder -> files.addAll(files(folder, problems)));
        files.forEach(file -> TestFileReader.read(file, expectations, problems));
        return files;
    }

    private Report report() {
        Set<Path> rewritten = new LinkedHashSet<>();
        if (plan.update()) {
            rewritten.addAll(update(read(true), true));
            // Single values may have gone to the wrong one of two records that are alike: then all of it is rewritten.
            rewritten.addAll(update(read(true), false));
        }
        List<TestCase.File> files = read(false);
        List<Result> results = new ArrayList<>();
        SchemaCheck schemas = new SchemaCheck(program);
        boolean all = true;
        for (TestCase.File file : files) {
            List<TestCase> wanted = wanted(file);
            all &= wanted.size() == file.cases().size();
            for (TestCase test : wanted) {
                results.add(new Result(test.at(), test.name(), failures(test, play(file, test, schemas))));
            }
        }
        if (results.isEmpty()) {
            Problems problems = new Problems();
            plan.tests()
                    .forEach(folder -> problems.add(
                            ErrorCode.NO_TEST,
                            Location.file(folder.toString()),
                            "no case has such a name (expected a part of one)"));
            problems.throwIfAny();
        }
        if (all) {
            results.addAll(schemas.unseen(plan.tests()));
        }
        CoverageReport covered = coverage == null ? null : CoverageReport.of(coverage, plan.tests());
        return new Report(results, files.size(), rewritten, covered);
    }

    private List<TestCase> wanted(TestCase.File file) {
        return file.cases().stream()
                .filter(test -> plan.wanted().test(test.name()))
                .toList();
    }

    private List<TestCase.File> read(boolean mayBeEmpty) {
        Problems problems = new Problems();
        List<TestCase.File> files = read(program, plan.tests(), mayBeEmpty, problems);
        boolean sound = problems.isEmpty();
        for (Path folder : plan.tests()) {
            if (sound && files.stream().noneMatch(file -> file.path().startsWith(folder))) {
                problems.add(
                        ErrorCode.NO_TEST,
                        Location.file(folder.toString()),
                        "there is no test (expected a file *" + TEST_SUFFIX + ")");
            }
        }
        problems.throwIfAny();
        return files;
    }

    static List<TestCase.File> read(Program program, List<Path> tests, boolean mayBeEmpty, Problems problems) {
        ExpectationReader expectations = new ExpectationReader(Vocabulary.of(program), mayBeEmpty, problems);
        List<TestCase.File> files = new ArrayList<>();
        for (Path folder : tests) {
            files(folder, problems)
                    .forEach(file ->
                            TestFileReader.read(file, expectations, problems).ifPresent(files::add));
        }
        return files;
    }

    private Player.Story play(TestCase.File file, TestCase test, SchemaCheck schemas) {
        projects = file.projects();
        return new Player(program, schemas, limits).play(test);
    }

    private List<Failure> failures(TestCase test, Player.Story story) {
        List<Failure> failures = new ArrayList<>(story.before());
        for (int i = 0; i < test.steps().size(); i++) {
            Step step = test.steps().get(i);
            String prefix = step.number() == 0 ? "" : "step " + step.number() + ": ";
            Judgement.failures(step.expected(), story.steps().get(i))
                    .forEach(failure ->
                            failures.add(new Failure(failure.at(), prefix + failure.summary(), failure.differences())));
            if (plan.update()) {
                Renewal.otherKind(step.expected(), story.steps().get(i))
                        .ifPresent(kind -> failures.add(Failure.of(
                                step.expected().key(),
                                prefix + "not rewritten, since it is of another kind now: " + kind
                                        + " (expected `expect: {}` here, if that is meant)")));
            }
        }
        failures.addAll(story.deviations());
        return failures;
    }

    private Set<Path> update(List<TestCase.File> files, boolean onlyValues) {
        Set<Path> rewritten = new LinkedHashSet<>();
        for (TestCase.File file : files) {
            Update update = new Update(file);
            for (TestCase test : wanted(file)) {
                List<Played> played = play(file, test, new SchemaCheck(program)).steps();
                for (int i = 0; i < played.size(); i++) {
                    TestCase.Expected expected = test.steps().get(i).expected();
                    boolean failed =
                            !Judgement.failures(expected, played.get(i)).isEmpty();
                    if (failed && Renewal.otherKind(expected, played.get(i)).isEmpty()) {
                        update.add(expected, played.get(i), onlyValues);
                    }
                }
            }
            if (!update.result().equals(file.text())) {
                write(file.path(), update.result());
                rewritten.add(file.path());
            }
        }
        return rewritten;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            Problems problems = new Problems();
            problems.add(ErrorCode.UNREADABLE, Location.file(file.toString()), "cannot be written");
            problems.throwIfAny();
        }
    }

    private static List<Path> files(Path folder, Problems problems) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(TEST_SUFFIX) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            return unreadable(folder, "something in the folder ", e.getCause(), problems);
        } catch (IOException e) {
            return unreadable(folder, "the folder ", e, problems);
        }
    }

    /** In the words of {@link ProgramLoader}, so that it is told once. */
    private static List<Path> unreadable(Path folder, String what, @Nullable IOException e, Problems problems) {
        problems.add(ErrorCode.UNREADABLE, Location.file(folder.toString()), what + TextFile.reason(e));
        return List.of();
    }
}
