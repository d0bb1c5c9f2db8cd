package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.Identity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says under which ids an instance is found. */
@Command(
        name = "id",
        description = {
            "Prints trace id, span id and traceparent of an instance, from its key.",
            "",
            "Whoever knows the key knows the trace: the ids are a function of it. A lifecycle whose file gives ids outright"
                    + " is used where it recognises the key."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "  contextcore id shop/acme/order/4711",
            "  contextcore id shop/acme/order/4711 | sed -n 's/^traceparent *//p'"
        })
final class IdCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "KEY", arity = "1..*", description = "the instance's key, as its mapping writes it")
    private List<String> keys = List.of();

    @Option(names = "--mappings", paramLabel = "FOLDER", description = "mappings (those that come with the gateway)")
    private List<Path> mappings = List.of();

    private final Surroundings surroundings;

    IdCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Program program = Mappings.load(surroundings, mappings);
        LifecycleEngine engine = new LifecycleEngine(program.lifecycles(), program.conventions(), Limits.defaults());
        PrintWriter out = spec.commandLine().getOut();
        for (String key : keys) {
            for (Identity identity : engine.identities(key)) {
                out.println("key          " + key);
                out.println("trace id     " + identity.traceId());
                out.println("span id      " + identity.spanId());
                out.println("traceparent  00-" + identity.traceId() + "-" + identity.spanId() + "-01");
            }
        }
        out.flush();
        return ExitCode.DONE;
    }
}
