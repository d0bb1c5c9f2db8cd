package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.check.CheckRun;
import io.contextcore.gateway.app.check.CoverageReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the tests beside mappings. */
@Command(
        name = "test",
        description = {
            "Runs the tests beside mappings: every *.test.yaml under the folders. A case says what is delivered and which"
                    + " spans and logs must come out; the format is in mappings/README.md.",
            "",
            "Nothing is started and nothing is sent."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all cases pass, and enough is covered",
            "1:a case fails, a file has problems, a folder has no test, no case is picked, or less is covered than"
                    + " --min-coverage",
            "2:the command line is wrong",
            "70:a bug in the gateway"
        },
        footer = {
            "",
            "  contextcore test",
            "  contextcore test mappings/ --filter 'an order'",
            "  contextcore test my-mappings/ --with builtin",
            "  contextcore test my-mappings/ --with builtin --min-coverage 95",
            "  contextcore test my-mappings/ --update"
        })
final class TestCommand implements Callable<Integer> {

    /** How the results are written. */
    enum Format {
        HUMAN,
        JUNIT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..*",
            description = "mappings and their tests (those that come with the gateway)")
    private List<Path> folders = List.of();

    @Option(
            names = "--with",
            paramLabel = "FOLDER",
            description = "mappings that yours lie on, whose tests are not run; `builtin`: those of the gateway")
    private List<Path> with = List.of();

    @Option(
            names = {"--filter", "--name"},
            paramLabel = "TEXT",
            defaultValue = "",
            description = "only cases whose name holds this text")
    private String filter = "";

    @Option(
            names = "--update",
            description = "rewrite the expectations that fail with what came out, and fill empty ones; the rest of the"
                    + " files stays as it is, and so does an expectation that would become one of another kind (rejected"
                    + " instead of logs). Read the difference before you keep it")
    private boolean update;

    @Option(
            names = "--coverage",
            description = "tell which expressions of the folders' files the tests ran, and which of their branches")
    private boolean coverage;

    @Option(
            names = "--min-coverage",
            paramLabel = "PERCENT",
            description = "fail if fewer of a hundred expressions and branches are reached; means --coverage")
    private @Nullable Integer minCoverage;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "human",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}); junit is the XML that CI systems read")
    private Format format = Format.HUMAN;

    private final Surroundings surroundings;

    TestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (minCoverage != null && (minCoverage < 0 || minCoverage > 100)) {
            throw new ParameterException(
                    spec.commandLine(), "--min-coverage: " + minCoverage + " is no percentage (expected 0 to 100)");
        }
        List<Path> tests = Mappings.folders(surroundings, folders);
        List<Path> all = new ArrayList<>(with.stream()
                .map(folder -> Mappings.folder(surroundings, folder))
                .toList());
        all.addAll(tests);
        boolean covers = coverage || minCoverage != null;
        CheckRun.Report report =
                CheckRun.run(new CheckRun.Plan(all, tests, name -> name.contains(filter), covers, update));
        boolean enough = isEnough(report.coverage());
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JUNIT) {
            JUnitReport.write(report, out);
        } else {
            new TestReport(new Paint(surroundings.colour()), out).write(report, enough ? null : minCoverage);
        }
        out.flush();
        boolean passed = report.results().stream().allMatch(CheckRun.Result::passed);
        return passed && enough ? ExitCode.DONE : ExitCode.NO;
    }

    private boolean isEnough(@Nullable CoverageReport report) {
        return minCoverage == null || report == null || report.percent() >= minCoverage;
    }
}
