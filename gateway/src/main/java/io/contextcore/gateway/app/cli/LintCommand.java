package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with mapping files. */
@Command(
        name = "lint",
        description = {
            "Reads the mapping files of the folders as one program, the tests beside them and the files of sources (not"
                    + " their secrets), and prints everything that is wrong: file, line, column, code (docs/errors.md explains"
                    + " it), what was expected, the nearest valid name.",
            "",
            "A later folder adds to the earlier ones and overrides them by name, tables row by row; what overrides what is"
                    + " shown. `builtin` stands for the mappings that come with the gateway."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is wrong; there may be warnings",
            "1:there are errors, or warnings with --strict; or a folder holds nothing to check",
            "2:the command line is wrong",
            "70:a bug in the gateway"
        },
        footer = {
            "",
            "  contextcore lint",
            "  contextcore lint builtin my-mappings/",
            "  contextcore lint --strict --format github builtin my-mappings/"
        })
final class LintCommand implements Callable<Integer> {

    /** How the problems are written. */
    enum Format {
        HUMAN("human"),
        JSON("json"),
        ANNOTATIONS("github");

        private final String word;

        Format(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", arity = "0..*", description = "mappings (those that come with the gateway)")
    private List<Path> folders = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "human",
            description =
                    "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}); the last one writes annotations of GitHub Actions")
    private Format format = Format.HUMAN;

    @Option(names = "--strict", description = "tell also what works but should be better, and fail for warnings")
    private boolean strict;

    private final Surroundings surroundings;

    LintCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Lint.Report report = Lint.run(Mappings.folders(surroundings, folders), strict, surroundings.clock());
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case HUMAN -> new LintText(new Paint(surroundings.colour()), out).human(report);
            case JSON -> LintText.json(report, out);
            case ANNOTATIONS -> LintText.annotations(report, out);
        }
        out.flush();
        boolean bad = strict
                ? !report.problems().isEmpty()
                : report.problems().stream().anyMatch(Problem::isError);
        return bad ? ExitCode.NO : ExitCode.DONE;
    }
}
