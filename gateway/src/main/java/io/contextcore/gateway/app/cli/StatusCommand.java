package io.contextcore.gateway.app.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks a running gateway how it is. */
@Command(
        name = "status",
        description = "Asks a running gateway how it is: readiness, and what it has received, made and sent.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0 if the gateway is ready, else 1.",
            "",
            "  contextcore status",
            "  contextcore status --url http://127.0.0.1:9081"
        })
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8081",
            description = "address of the admin port (${DEFAULT-VALUE})")
    private URI url;

    private final Surroundings surroundings;

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        HttpCaller http = new HttpCaller("contextcore/" + surroundings.version());
        HttpCaller.Answer ready = http.get(url.resolve("/health/ready"));
        out.println(ready.isSuccess() ? "ready" : "not ready: " + ready.text().strip());
        HttpCaller.Answer metrics = http.get(url.resolve("/metrics"));
        if (metrics.isSuccess()) {
            new StatusReport(metrics.text()).lines().forEach(out::println);
        }
        out.flush();
        return ready.isSuccess() ? ExitCode.DONE : ExitCode.NO;
    }
}
