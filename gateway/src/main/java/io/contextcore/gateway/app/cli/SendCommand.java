package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.SourceKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a payload as its sender would, and posts it. */
@Command(
        name = "send",
        description = {
            "Signs a payload as its sender would, posts it to a gateway, and prints the answer.",
            "",
            "How to sign and which headers to send stands in the file of the source's kind."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0 if the answer is 2xx, else 1.",
            "",
            "  contextcore send SOURCE --example",
            "  contextcore send shop order.json --event order",
            "  curl -s https://example.org/payload.json | contextcore send shop - --event order",
            "  contextcore send shop-main order.json --kind shop --url https://hooks.example.org --secret \"$SECRET\""
        })
final class SendCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "name of the source: POST /webhooks/SOURCE")
    private String source = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "the payload, sent byte for byte; `-` reads standard input")
    private @Nullable String file;

    @Option(names = "--example", description = "send the example of the source's kind instead of a file")
    private boolean example;

    @Option(
            names = "--event",
            paramLabel = "NAME",
            description = "name of the event, where the sender tells it in a header")
    private @Nullable String event;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "the gateway; a path other than / is used as it is (${DEFAULT-VALUE})")
    private URI url;

    @Option(
            names = "--secret",
            paramLabel = "VALUE",
            description = "what to sign with (the secret of `contextcore dev`)")
    private @Nullable String secret;

    @Option(names = "--kind", paramLabel = "KIND", description = "kind of the source (the source's name)")
    private @Nullable String kind;

    @Option(
            names = "--delivery",
            paramLabel = "ID",
            description = "delivery id, to send the same one again (a new one)")
    private @Nullable String delivery;

    @Option(names = "--mappings", paramLabel = "FOLDER", description = "mappings (those that come with the gateway)")
    private List<Path> mappings = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "folder of the `contextcore dev` whose secret is meant")
    private @Nullable Path data;

    private final Surroundings surroundings;

    SendCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Program program = Mappings.load(surroundings, mappings);
        String name = kind == null ? source : kind;
        SourceKind found = program.kinds().get(name);
        if (found == null) {
            throw new UserError("no kind '" + name + "' (expected one of "
                    + String.join(", ", program.kinds().keySet())
                    + Nearest.hint(name, program.kinds().keySet()) + "; --kind names the kind of a source)");
        }
        SenderGuide guide = SenderGuides.of(program, name);
        Courier courier = new Courier(surroundings);
        Courier.Letter letter = example
                ? courier.example(guide, found)
                : new Courier.Letter(found, guide, event == null ? "" : event, payload(), delivery);
        HttpCaller.Answer answer = courier.post(letter, target(), secret());
        PrintWriter out = spec.commandLine().getOut();
        out.println(answer.status()
                + (answer.text().isBlank() ? "" : " " + Plain.text(answer.text().strip())));
        out.flush();
        return answer.isSuccess() ? ExitCode.DONE : ExitCode.NO;
    }

    private byte[] payload() {
        if (file == null) {
            throw new UserError("nothing to send (expected: a file, - for standard input, or --example)");
        }
        try {
            return file.equals("-")
                    ? surroundings.in().readAllBytes()
                    : Files.readAllBytes(surroundings.folder().resolve(file));
        } catch (IOException e) {
            throw new UserError("cannot read " + file + " (expected: a file with a payload)");
        }
    }

    private URI target() {
        String path = url.getPath();
        return path == null || path.isEmpty() || path.equals("/") ? url.resolve("/webhooks/" + source) : url;
    }

    private Secret secret() {
        if (secret != null) {
            return Secret.of(secret);
        }
        DevSecrets kept = new DevSecrets(
                data == null ? surroundings.devFolder() : surroundings.folder().resolve(data));
        Optional<Secret> found = kept.find(source);
        return found.orElseThrow(() -> new UserError("no secret for source '" + source + "' in " + kept.file()
                + " (expected: --secret, or the folder of a `contextcore dev` that ran before)"));
    }
}
