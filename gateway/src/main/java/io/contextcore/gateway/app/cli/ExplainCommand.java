package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Facts;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.pipeline.Encoding;
import io.contextcore.gateway.pipeline.Rehearsal;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.pipeline.Stepper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a payload through the mappings and prints every step. */
@Command(
        name = "explain",
        description = {
            "Runs a payload through the mappings and prints every step: which mapping took it or why not, each expression with"
                    + " its value, the signals, the state before and after, spans and logs.",
            "",
            "Nothing is verified, started or sent. The state is empty before; --before plays earlier payloads first."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0 if it was mapped or ignored, 1 if it was refused or is a dead letter.",
            "",
            "  contextcore explain SOURCE --example",
            "  contextcore explain shop order.json --event order",
            "  contextcore explain shop closed.json --event order --before order=opened.json",
            "  contextcore explain shop order.json --event order --format json",
            "  contextcore explain --dead-letter 4711",
            "  contextcore explain shop - --event order --mappings mappings/ --mappings my-mappings/ < order.json"
        })
final class ExplainCommand implements Callable<Integer> {

    /** How it is written. */
    enum Format {
        HUMAN,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SOURCE", description = "name of the source")
    private String source = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "the payload; `-` reads standard input")
    private @Nullable String file;

    @Option(names = "--example", description = "explain the example of the source's kind instead of a file")
    private boolean example;

    @Option(
            names = "--dead-letter",
            paramLabel = "NUMBER",
            description =
                    "explain this delivery of a running gateway's dead letters, with the mappings as they are now;"
                            + " `contextcore dead-letters list` shows them")
    private @Nullable Long deadLetter;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8081",
            description = "address of that gateway's admin port (${DEFAULT-VALUE})")
    private URI url = URI.create("http://127.0.0.1:8081");

    @Option(
            names = "--event",
            paramLabel = "NAME",
            defaultValue = "",
            description = "name of the event, where the sender tells it in a header")
    private String event = "";

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "a header of the request; may be given often")
    private Map<String, String> headers = Map.of();

    @Option(
            names = "--before",
            paramLabel = "[EVENT=]FILE",
            description = "an earlier payload; may be given often, in order")
    private List<String> before = List.of();

    @Option(names = "--kind", paramLabel = "KIND", description = "kind of the source (the source's name)")
    private @Nullable String kind;

    @Option(names = "--mappings", paramLabel = "FOLDER", description = "mappings (those that come with the gateway)")
    private List<Path> mappings = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "human",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}); docs/explain.md tells what the JSON has")
    private Format format = Format.HUMAN;

    private final Surroundings surroundings;
    private final Map<String, Row> rows = new HashMap<>();
    private long sequence;

    ExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What stays the same for all payloads of one call. */
    private record Stage(Program program, SourceKind kind, SenderGuide guide, Rehearsal rehearsal) {}

    @Override
    public Integer call() {
        if (deadLetter == null && source.isEmpty()) {
            throw new UserError("what to explain? (expected: a source and its payload, or --dead-letter NUMBER)");
        }
        if (deadLetter != null && (!source.isEmpty() || example || !before.isEmpty())) {
            throw new UserError("--dead-letter stands alone (expected: no source, file, example or earlier payload)");
        }
        Program program = Mappings.load(surroundings, mappings);
        Delivery dead = deadLetter == null
                ? null
                : DeadLetterCaller.delivery(new HttpCaller("contextcore/" + surroundings.version()), url, deadLetter);
        String name = dead != null ? dead.kind() : kind == null ? source : kind;
        SourceKind found = program.kinds().get(name);
        if (found == null) {
            throw new UserError("no kind '" + name + "' (expected one of "
                    + String.join(", ", program.kinds().keySet())
                    + Nearest.hint(name, program.kinds().keySet()) + "; --kind names the kind of a source)");
        }
        Stage stage = new Stage(program, found, SenderGuides.of(program, name), rehearsal(program));
        for (String earlier : before) {
            int equals = earlier.indexOf('=');
            String earlierEvent = equals < 0 ? event : earlier.substring(0, equals);
            Verdict verdict = admit(stage, earlierEvent, bytes(earlier.substring(equals + 1)));
            verdict.admitted()
                    .forEach(admitted ->
                            stage.rehearsal().play(delivery(admitted.arrival())).forEach(this::keep));
        }
        PrintWriter out = spec.commandLine().getOut();
        ExplainView view = format == Format.JSON
                ? new ExplanationJson(out)
                : new Explanation(out, new Paint(surroundings.colour()));
        int exitCode = dead == null ? explain(stage, payload(stage), view) : explain(stage, dead, Map.of(), view);
        view.end();
        return exitCode;
    }

    private int explain(Stage stage, Verdict verdict, ExplainView view) {
        if (verdict instanceof Verdict.Refused refused) {
            view.refused(refused.reason().slug(), refused.text());
            return ExitCode.NO;
        }
        if (verdict instanceof Verdict.Ping) {
            view.ping();
            return ExitCode.DONE;
        }
        int exitCode = ExitCode.DONE;
        for (Verdict.Admitted admitted : verdict.admitted()) {
            exitCode = Math.max(exitCode, explain(stage, delivery(admitted.arrival()), admitted.redactions(), view));
        }
        return exitCode;
    }

    private int explain(Stage stage, Delivery delivery, Map<String, Integer> redactions, ExplainView view) {
        view.delivery(delivery, redactions);
        try {
            view.evaluation(stage.program().evaluate(delivery, Facts.none(), view));
        } catch (EvaluationException e) {
            view.failed(e);
            return ExitCode.NO;
        }
        boolean dead = false;
        // Messages are stepped in the order in which they were sent.
        Deque<Message> sent = new ArrayDeque<>();
        for (Stepped step : stage.rehearsal().play(delivery)) {
            view.step(step, step.commit().message() == null ? null : sent.remove(), rows);
            keep(step);
            sent.addAll(step.commit().messages());
            dead |= step.commit().deadLetter() != null;
        }
        return dead ? ExitCode.NO : ExitCode.DONE;
    }

    private void keep(Stepped step) {
        step.commit().rows().forEach(row -> rows.put(row.key(), row));
    }

    private static Rehearsal rehearsal(Program program) {
        Limits limits = Limits.defaults();
        return new Rehearsal(new Stepper(
                program::evaluate,
                new LifecycleEngine(program.lifecycles(), program.conventions(), limits),
                new Encoding(spans -> new byte[0], logs -> new byte[0]),
                limits,
                Deadline::none));
    }

    private Verdict admit(Stage stage, String eventName, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Type", "application/json");
        Map<String, String> values = Placeholders.ofRequest(eventName, surroundings.clock(), surroundings.randomness());
        stage.guide().headers().forEach((name, value) -> {
            if (!eventName.isEmpty() || !Placeholders.uses(value, "event")) {
                all.put(name, Placeholders.fill(value, values));
            }
        });
        all.putAll(headers);
        Source played = new Source(source, stage.kind().name(), List.of(), true, Projects.NONE);
        return new Door(Limits.defaults())
                .admit(
                        new IntakeRequest(source, all, Map.of(), body),
                        played,
                        stage.kind(),
                        stage.program().redactor());
    }

    private Verdict payload(Stage stage) {
        if (example == (file != null)) {
            throw new UserError("what to explain? (expected: a file, - for standard input, or --example)");
        }
        if (file != null) {
            return admit(stage, event, bytes(file));
        }
        Courier.Letter letter = new Courier(surroundings).example(stage.guide(), stage.kind());
        return admit(stage, event.isEmpty() ? letter.event() : event, letter.body());
    }

    private Delivery delivery(Arrival arrival) {
        sequence++;
        return Delivery.of(sequence, arrival, surroundings.clock().epochNanos());
    }

    private byte[] bytes(String name) {
        try {
            return name.equals("-")
                    ? surroundings.in().readAllBytes()
                    : Files.readAllBytes(surroundings.folder().resolve(name));
        } catch (IOException e) {
            throw new UserError("cannot read " + name + " (expected: a file with a payload)");
        }
    }
}
