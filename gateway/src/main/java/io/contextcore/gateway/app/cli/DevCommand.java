package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.CannotStart;
import io.contextcore.gateway.app.GatewayApp;
import io.contextcore.gateway.app.Sources;
import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.Settings.SourceSetting;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.otlp.Machine;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a gateway that needs no settings, and shows what goes by. */
@Command(
        name = "dev",
        description = {
            "Runs a gateway that needs no settings: one source for each kind that the mappings declare, secrets made once and"
                    + " kept, state in a folder of yours, telemetry as OTLP/JSON lines in a file. It prints commands to paste,"
                    + " and each delivery as it goes by.",
            "",
            "With OTEL_EXPORTER_OTLP_ENDPOINT set, telemetry goes to that Collector instead (unless --out is given)."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "  contextcore dev --example",
            "  contextcore dev --temp --out telemetry.jsonl",
            "  OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317 contextcore dev"
        })
final class DevCommand implements Callable<Integer> {

    private static final long EXAMPLE_SECONDS = 5;

    /** By setting: what this command calls it. */
    private static final Map<String, String> FLAGS = Map.of(
            "http.port", "--port", "admin.port", "--admin-port", "data.folder", "--data", "export.file", "--out");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "port of the webhooks (${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "port of health and metrics (${DEFAULT-VALUE})")
    private int adminPort;

    @ArgGroup
    private @Nullable Place place;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "file of the OTLP/JSON lines (telemetry.jsonl in the folder)")
    private @Nullable Path out;

    @Option(
            names = "--secret",
            paramLabel = "SOURCE=VALUE",
            description = "secret of a source, kept from then on (one that was made before)")
    private Map<String, String> secrets = Map.of();

    @Option(
            names = "--example",
            description = "send yourself one signed delivery of each source, to see what it becomes")
    private boolean example;

    @Option(names = "--mappings", paramLabel = "FOLDER", description = "mappings (those that come with the gateway)")
    private List<Path> mappings = List.of();

    private final Surroundings surroundings;

    /** Where state lies: one of the two. */
    static final class Place {
        @Option(names = "--data", paramLabel = "DIR", description = "folder of state and secrets (one per user)")
        private @Nullable Path data;

        @Option(names = "--temp", description = "a folder that is removed at the end")
        private boolean temp;
    }

    DevCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path given = place == null || place.data == null
                ? null
                : surroundings.folder().resolve(place.data);
        boolean temporary = place != null && place.temp;
        try (DevFolder folder = DevFolder.open(given == null ? surroundings.devFolder() : given, temporary)) {
            return run(folder, given != null || temporary);
        } catch (CannotStart e) {
            throw new UserError(FLAGS.getOrDefault(e.setting(), e.setting()) + ": " + e.reason());
        }
    }

    private Integer run(DevFolder folder, boolean elsewhere) throws InterruptedException {
        PrintWriter screen = spec.commandLine().getOut();
        Settings settings = settings(folder.path());
        Program program = Sources.program(settings.withSources(List.of()));
        refuseUnknown(program);
        Map<String, Secret> all = new DevSecrets(folder.path())
                .all(new TreeSet<>(program.kinds().keySet()), secrets, surroundings.randomness());
        Settings complete = settings.withSources(sources(all));
        ConsoleLog.install(spec.commandLine().getErr(), settings.logLevel(), surroundings.clock());
        Paint paint = new Paint(surroundings.colour());
        DevScreen watch = new DevScreen(screen, paint, surroundings.clock(), ZoneId.systemDefault());
        GatewayApp.Parts parts = new GatewayApp.Parts(
                complete, program, surroundings.version(), surroundings.clock(), surroundings.randomness(), watch);
        List<SenderGuide> guides = guides(program);
        try (Running running = Running.start(parts, folder::close)) {
            String url =
                    running.url(settings.intake().host(), settings.guard().tls().isPresent());
            DevWelcome welcome = new DevWelcome(
                    screen,
                    paint,
                    url,
                    running.app().intakePort(),
                    surroundings.command(),
                    sendOptions(url, elsewhere ? folder.path() : null));
            String telemetry = settings.export()
                    .file()
                    .map(file -> "OTLP/JSON lines in " + file)
                    .orElseGet(() -> "to the Collector at "
                            + settings.export().otlp().traces().endpoint());
            welcome.head(surroundings.version(), telemetry, running.app().adminPort(), folder.path(), folder.note());
            guides.forEach(guide -> welcome.source(guide.kind(), of(guide, program.kinds()), guide, of(guide, all)));
            screen.println();
            screen.println(example ? "one example of each source:" : "waiting for the first event (Ctrl-C ends)");
            screen.flush();
            if (example) {
                watch.awaitShown(sendExamples(guides, program, all, url, watch), EXAMPLE_SECONDS);
                screen.println("waiting for yours (Ctrl-C ends)");
                screen.flush();
            }
            running.awaitStop();
            return ExitCode.DONE;
        }
    }

    /** Telemetry goes to a file, unless a Collector is named and no file is. */
    private Settings settings(Path folder) {
        List<String> sets = new ArrayList<>(List.of(
                "http.host=127.0.0.1",
                "http.port=" + port,
                "admin.port=" + adminPort,
                "data.folder=" + folder.resolve("store")));
        Settings network = read(sets);
        if (network.export().otlp().configured() && out == null) {
            return network;
        }
        sets.add("export.file="
                + (out == null
                        ? folder.resolve("telemetry.jsonl")
                        : surroundings.folder().resolve(out)));
        return read(sets);
    }

    private Settings read(List<String> sets) {
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(
                        null, sets, surroundings.folder(), surroundings.mappings(), surroundings.version()),
                Machine.here(surroundings.environment()));
        return mappings.isEmpty()
                ? settings
                : settings.withMappings(mappings.stream()
                        .map(folder -> folder.equals(Settings.BUILTIN)
                                ? surroundings.mappings()
                                : surroundings.folder().resolve(folder).normalize())
                        .toList());
    }

    private void refuseUnknown(Program program) {
        for (String source : secrets.keySet()) {
            if (!program.kinds().containsKey(source)) {
                throw new UserError("--secret " + source + ": no such source (expected one of "
                        + String.join(", ", program.kinds().keySet())
                        + Nearest.hint(source, program.kinds().keySet()) + ")");
            }
        }
    }

    private static List<SourceSetting> sources(Map<String, Secret> secrets) {
        List<SourceSetting> sources = new ArrayList<>();
        secrets.forEach((name, secret) -> sources.add(new SourceSetting(
                new Source(name, name, List.of(secret), false, Projects.NONE), Location.named("contextcore dev"))));
        return sources;
    }

    private static List<SenderGuide> guides(Program program) {
        Map<String, SenderGuide> byKind = new LinkedHashMap<>();
        SenderGuides.of(program).forEach(guide -> byKind.put(guide.kind(), guide));
        return List.copyOf(byKind.values());
    }

    private String sendOptions(String url, @Nullable Path folder) {
        return (url.endsWith(":8080") ? "" : " --url " + url) + (folder == null ? "" : " --data " + folder);
    }

    private static <T> T of(SenderGuide guide, Map<String, T> byKind) {
        return Objects.requireNonNull(byKind.get(guide.kind()), "every guide has its kind and its secret");
    }

    /** How many were sent and taken. */
    private int sendExamples(
            List<SenderGuide> guides, Program program, Map<String, Secret> all, String url, DevScreen watch) {
        Courier courier = new Courier(surroundings);
        int sent = 0;
        for (SenderGuide guide : guides) {
            if (guide.example() != null) {
                Courier.Letter letter = courier.example(guide, of(guide, program.kinds()));
                URI target = URI.create(url + "/webhooks/" + guide.kind());
                if (courier.post(letter, target, of(guide, all)).isSuccess()) {
                    watch.exampleSent(guide.kind());
                    sent++;
                }
            }
        }
        return sent;
    }
}
