package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.app.check.CheckRun;
import io.contextcore.gateway.app.draft.Sample;
import io.contextcore.gateway.app.draft.SourceDraft;
import io.contextcore.gateway.app.draft.TemplateReader;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.model.UnreadableJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the first files of a new source. */
@Command(
        name = "source",
        description = {
            "Writes the first files of a new source, guessed from one delivery of it: its kind, the source, a mapping, a schema"
                    + " of what the mapping reads, and a test. They lint and pass at once; then edit them.",
            "",
            "Nothing is overwritten. Names that look like secrets, and values of headers that do, are not written."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the files are written",
            "1:the sample cannot be read, the name is taken, or a file is there already",
            "2:the command line is wrong",
            "70:a bug in the gateway"
        },
        footer = {
            "",
            "  contextcore new source shop --sample order.json",
            "  contextcore new source shop --sample order.json --header 'X-Shop-Event=order' --header 'X-Shop-Token=-'",
            "  contextcore new source shop --sample order.json --event order --into my-mappings/shop"
        })
final class NewSourceCommand implements Callable<Integer> {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description = "name of the source and of its kind: lower-case letters, digits, '-'")
    private String name = "";

    @Option(
            names = "--sample",
            paramLabel = "FILE",
            required = true,
            description = "the body of one delivery, a JSON object; `-` reads standard input")
    private String sample = "";

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description =
                    "a header of that delivery; may be given often. What tells the event, the delivery's id and the proof"
                            + " is found by the names")
    private Map<String, String> headers = Map.of();

    @Option(
            names = "--event",
            paramLabel = "NAME",
            defaultValue = "",
            description = "name of that delivery's event (what a header or a member of the sample says)")
    private String event = "";

    @Option(names = "--into", paramLabel = "DIR", description = "folder of the files (mappings-NAME)")
    private @Nullable Path into;

    private final Surroundings surroundings;

    NewSourceCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        refuseBadNames(Mappings.load(surroundings, List.of()));
        Problems problems = new Problems();
        SourceDraft draft = SourceDraft.of(name, sample(), TemplateReader.read(surroundings.mappings(), problems));
        problems.throwIfAny();
        Path shown = into == null ? Path.of("mappings-" + name) : into;
        Path folder = surroundings.folder().resolve(shown);
        refuseToOverwrite(draft, shown, folder);
        write(draft, folder);
        PrintWriter out = spec.commandLine().getOut();
        boolean passed = proved(folder, out);
        if (passed) {
            tell(draft, shown, out);
        }
        out.flush();
        return passed ? ExitCode.DONE : ExitCode.BUG;
    }

    private void refuseBadNames(Program program) {
        if (!SourceDraft.NAME.matcher(name).matches() || name.length() > 40) {
            throw new UserError(
                    "'" + name + "' cannot name a source (expected: lower-case letters, digits and '-' between"
                            + " them, 40 at most, a letter first)");
        }
        if (program.kinds().containsKey(name)) {
            throw new UserError("there is a kind '" + name
                    + "' already (expected another name; a second source of a kind is a file `source:`)");
        }
        String prefix = SourceDraft.prefix(name) + ".";
        if (program.conventions().byName().keySet().stream().anyMatch(attribute -> attribute.startsWith(prefix))) {
            throw new UserError(
                    "'" + name + "' is what attributes of the gateway's mappings begin with (expected another name)");
        }
        headers.keySet().stream()
                .filter(header -> !HEADER.matcher(header).matches())
                .findFirst()
                .ifPresent(header -> {
                    throw new UserError("--header " + header + ": no name of a header (expected: NAME=VALUE)");
                });
    }

    private Sample sample() {
        try {
            byte[] bytes = sample.equals("-")
                    ? surroundings.in().readAllBytes()
                    : Files.readAllBytes(surroundings.folder().resolve(sample));
            // Read as at the door: what it refuses is no delivery.
            if (new StrictJson(Limits.defaults()).read(bytes) instanceof ObjectNode payload) {
                return new Sample(new String(bytes, StandardCharsets.UTF_8), payload, headers, event);
            }
            throw new UserError(sample + " is no JSON object (expected: the body of one delivery, `{…}`)");
        } catch (UnreadableJson e) {
            throw new UserError(sample + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UserError("cannot read " + sample + " (expected: a file with the body of one delivery)");
        }
    }

    private static void refuseToOverwrite(SourceDraft draft, Path shown, Path folder) {
        List<String> there = draft.files().keySet().stream()
                .filter(file -> Files.exists(folder.resolve(file)))
                .toList();
        if (!there.isEmpty()) {
            throw new UserError("nothing is overwritten: in " + shown + " there is " + String.join(", ", there)
                    + " already (expected: another folder with --into DIR)");
        }
    }

    private static void write(SourceDraft draft, Path folder) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : draft.files().entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
            }
        } catch (IOException e) {
            throw new UserError("cannot write to " + folder + " (expected: --into DIR with a folder of yours)");
        }
    }

    /** Fills the test's expectation with what comes out, and holds the files to what is promised of them. */
    private boolean proved(Path folder, PrintWriter out) {
        List<Path> all = List.of(surroundings.mappings(), folder);
        List<Path> ours = List.of(folder);
        CheckRun.Report tests = CheckRun.run(new CheckRun.Plan(all, ours, test -> true, false, true));
        Lint.Report lint = Lint.run(all, true, surroundings.clock());
        boolean passed = lint.problems().isEmpty() && tests.results().stream().allMatch(CheckRun.Result::passed);
        if (!passed) {
            out.println(
                    "the files do not hold what is promised of them; this is a bug in the gateway, please report it:");
            Paint paint = new Paint(surroundings.colour());
            new LintText(paint, out).human(lint);
            new TestReport(paint, out).write(tests, null);
        }
        return passed;
    }

    private void tell(SourceDraft draft, Path shown, PrintWriter out) {
        Paint paint = new Paint(surroundings.colour());
        String folder = Shell.quoted(shown.toString());
        String command = surroundings.command();
        out.println("wrote to " + shown + ": " + String.join(", ", draft.files().keySet()));
        out.println("they lint, and the test passes. What was guessed, to be looked at first:");
        draft.guesses().forEach(guess -> out.println("  " + Plain.text(guess)));
        out.println();
        out.println(paint.strong("next"));
        String layers = " --mappings builtin --mappings " + folder;
        out.println("  " + command + " lint --strict builtin " + folder);
        out.println("  " + command + " test " + folder + " --with builtin");
        out.println("  " + command + " explain " + name + " --example" + layers);
        out.println("  " + command + " dev" + layers + "      # then, beside it:");
        out.println("  " + command + " send " + name + " --example" + layers);
    }
}
