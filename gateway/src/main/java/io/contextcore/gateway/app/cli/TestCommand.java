package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.check.CheckRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        footer = {
            "",
            "Exit code 0 if all pass, else 1.",
            "",
            "  contextcore test",
            "  contextcore test mappings/ --name 'an order'",
            "  contextcore test my-mappings/ --with mappings/"
        })
final class TestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..*",
            description = "mappings and their tests (those that come with the gateway)")
    private List<Path> folders = List.of();

    @Option(names = "--with", paramLabel = "FOLDER", description = "further mappings, whose tests are not run")
    private List<Path> with = List.of();

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "only cases whose name holds this text")
    private String name = "";

    private final Surroundings surroundings;

    TestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Paint paint = new Paint(surroundings.colour());
        PrintWriter out = spec.commandLine().getOut();
        List<Path> tests = Mappings.folders(surroundings, folders);
        List<Path> all = new ArrayList<>(tests);
        with.forEach(folder -> all.add(surroundings.shown(folder)));
        List<CheckRun.Result> results = CheckRun.run(all, tests, candidate -> candidate.contains(name));
        int failed = 0;
        for (CheckRun.Result result : results) {
            if (!result.passed()) {
                failed++;
                out.println(paint.bad("FAILED") + " " + result.name() + "  " + result.at());
                result.failures().forEach(failure -> out.println("  " + failure.replace("\n", "\n  ")));
            }
        }
        String summary = (results.size() - failed) + " passed, " + failed + " failed";
        out.println(failed == 0 ? paint.good(summary) : paint.bad(summary));
        out.flush();
        return failed == 0 ? ExitCode.DONE : ExitCode.NO;
    }
}
