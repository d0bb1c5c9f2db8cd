package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.CannotStart;
import io.contextcore.gateway.app.GatewayApp;
import io.contextcore.gateway.app.Sources;
import io.contextcore.gateway.app.Watch;
import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.otlp.Machine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the gateway with a settings file. */
@Command(
        name = "serve",
        description = {
            "Runs the gateway with a settings file, until it is told to stop (Ctrl-C, SIGTERM).",
            "",
            "Every setting can also be a variable (CONTEXTCORE_HTTP_PORT for http.port), and OpenTelemetry's own variables"
                    + " work; docs/settings.md lists them."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "  contextcore serve --config gateway.yaml",
            "  contextcore serve --config gateway.yaml --check",
            "  OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 contextcore serve --config gateway.yaml --set http.port=9000"
        })
final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "the settings file; without it the defaults hold")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "one setting; may be given often, wins over its variable and the file")
    private List<String> sets = List.of();

    @Option(
            names = "--check",
            description = "only read settings, mappings and the files of TLS, and say what is wrong with them")
    private boolean check;

    private final Surroundings surroundings;

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(
                        config == null ? null : surroundings.folder().resolve(config),
                        sets,
                        surroundings.folder(),
                        surroundings.mappings(),
                        surroundings.version()),
                Machine.here(surroundings.environment()));
        GatewayApp.Parts parts = new GatewayApp.Parts(
                settings,
                Sources.program(settings),
                surroundings.version(),
                surroundings.clock(),
                surroundings.randomness(),
                Watch.none());
        if (check) {
            GatewayApp.check(parts);
            out.println("settings and mappings are fine");
            out.flush();
            return ExitCode.DONE;
        }
        ConsoleLog.install(spec.commandLine().getErr(), settings.logLevel(), surroundings.clock());
        try (Running running = Running.start(parts, () -> {})) {
            if (settings.reload().signal()) {
                HangUp.on(running.app()::reloadBySignal);
            }
            out.println("contextcore " + surroundings.version() + " takes webhooks at "
                    + running.url(
                            settings.intake().host(), settings.guard().tls().isPresent())
                    + "/webhooks/…, tells of itself at http://"
                    + settings.admin().host() + ":" + running.app().adminPort() + "/metrics");
            if (settings.sources().isEmpty() && parts.program().sources().isEmpty()) {
                out.println(
                        "no source is configured, so that every request is answered 404 (expected: `sources:` in the"
                                + " settings file; `contextcore dev` needs none)");
            }
            out.flush();
            running.awaitStop();
            return ExitCode.DONE;
        } catch (CannotStart e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }
}
