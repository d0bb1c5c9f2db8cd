package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Program;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with mapping files. */
@Command(
        name = "lint",
        description = {
            "Reads the mapping files of the folders as one program and prints everything that is wrong with them: file, line,"
                    + " column, what was expected, the nearest valid name.",
            "",
            "Folders add up: give the mappings that yours build on too."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "  contextcore lint", "  contextcore lint mappings/ my-mappings/"})
final class LintCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", arity = "0..*", description = "mappings (those that come with the gateway)")
    private List<Path> folders = List.of();

    private final Surroundings surroundings;

    LintCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Program program = Mappings.load(surroundings, folders);
        Problems problems = new Problems();
        List<SenderGuide> guides = SenderGuides.read(Mappings.folders(surroundings, folders), problems);
        problems.throwIfAny();
        PrintWriter out = spec.commandLine().getOut();
        out.println(program.kinds().size() + " kinds (" + guides.size() + " with an example), "
                + program.mappings().size() + " mappings, "
                + program.lifecycles().byName().size() + " lifecycles, "
                + program.tables().size() + " tables, "
                + program.conventions().byName().size() + " attributes: nothing is wrong");
        out.flush();
        return ExitCode.DONE;
    }
}
