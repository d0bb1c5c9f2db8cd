package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.app.settings.Settings.Listen;
import io.contextcore.gateway.app.settings.Settings.SourceSetting;
import io.contextcore.gateway.app.settings.Settings.SourcesRead;
import io.contextcore.gateway.app.settings.Values.Value;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Privacy;
import io.contextcore.gateway.otlp.Machine;
import io.contextcore.gateway.otlp.Resource;
import io.contextcore.gateway.server.TlsFiles;
import io.contextcore.gateway.store.StoreSettings;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings. Who wins: {@code --set}, then {@code CONTEXTCORE_…}, then OpenTelemetry's own variables, then the
 * file, then the default. An empty variable counts as unset (OpenTelemetry specification, "Empty value").
 */
public final class SettingsReader {

    private final Given given;
    private final Machine machine;
    private final Environment environment;
    private final Problems problems = new Problems();

    private SettingsReader(Given given, Machine machine) {
        this.given = given;
        this.machine = machine;
        this.environment = machine.environment();
    }

    /**
     * What the command line gives.
     *
     * @param file the settings file; null: none
     * @param sets {@code key=value}, the last of equal keys counts
     * @param folder that relative paths of variables and {@code --set} start from; those of the file start from its folder
     * @param mappings the mappings that come with the gateway
     * @param version of the gateway
     */
    public record Given(@Nullable Path file, List<String> sets, Path folder, Path mappings, String version) {}

    /**
     * @param machine that the resource tells of; its environment is read
     * @throws InvalidFiles with all problems, if there is any
     */
    public static Settings read(Given given, Machine machine) {
        return new SettingsReader(given, machine).read();
    }

    /**
     * The same for a machine of which nothing else is known.
     *
     * @throws InvalidFiles with all problems, if there is any
     */
    public static Settings read(Given given, Environment environment) {
        return read(given, Machine.unknown(environment));
    }

    private Settings read() {
        SettingsTree file = new SettingsTree(problems);
        if (given.file() != null) {
            file.addFile(given.file());
        }
        SettingsTree sets = new SettingsTree(problems);
        given.sets().forEach(sets::addAssignment);
        Values values = values(file, sets);
        Optional<YamlMapping> told = SettingsTree.merge(file.sources(), sets.sources());
        SecretReader secrets = new SecretReader(environment, problems);
        List<SourceSetting> sources = sources(told, secrets, problems);
        Privacy privacy = Options.PRIVACY.read(values, secrets, problems);
        Resource resource = Resource.of(Options.RESOURCE.read(values, given.version()), machine, problems);
        ExportSettings export = ExportOptions.read(values, environment, problems);
        Optional<TlsFiles> tls = tls(values);
        problems.throwIfAny();
        return new Settings(
                listen(values, Options.HTTP_HOST, Options.HTTP_PORT),
                new Settings.Guard(values.find(Options.TRUSTED_PROXIES).orElse(List.of()), tls),
                listen(values, Options.ADMIN_HOST, Options.ADMIN_PORT),
                values.get(Options.DATA_FOLDER),
                store(values),
                mappings(values),
                sources,
                files -> readAgain(told, files),
                Options.LIMITS.read(values),
                export,
                values.get(Options.EMIT_MODE),
                privacy,
                resource,
                values.get(Options.STOP_TIMEOUT),
                values.get(Options.LOG_LEVEL),
                new Settings.Reload(
                        values.get(Options.RELOAD_SIGNAL),
                        values.get(Options.RELOAD_HTTP),
                        values.get(Options.RELOAD_WATCH)));
    }

    /** Certificate and key go together, and the senders' authorities with them: nothing comes in the clear by a forgotten line. */
    private Optional<TlsFiles> tls(Values values) {
        Optional<Path> certificate = values.find(Options.TLS_CERTIFICATE);
        Optional<Path> key = values.find(Options.TLS_KEY);
        List<Option<Path>> missing = Stream.of(Options.TLS_CERTIFICATE, Options.TLS_KEY)
                .filter(option -> values.find(option).isEmpty())
                .toList();
        Stream.of(Options.TLS_CERTIFICATE, Options.TLS_KEY, Options.TLS_CLIENT_CA)
                .filter(option -> values.find(option).isPresent())
                .limit(missing.isEmpty() ? 0 : 1)
                .forEach(said -> problems.add(
                        ErrorCode.BAD_SETTING,
                        values.placeOf(said).orElse(Location.named(said.key())),
                        said.key() + ": not enough for TLS (expected also: "
                                + missing.stream().map(Option::key).collect(Collectors.joining(", ")) + ")"));
        return certificate.flatMap(pem -> key.map(
                its -> new TlsFiles(pem, its, values.find(Options.TLS_CLIENT_CA).orElse(null))));
    }

    private static StoreSettings store(Values values) {
        return StoreSettings.defaults()
                .withDiskBudgetBytes(values.get(Options.DISK_BUDGET))
                .withSeenIds(values.get(Options.DUPLICATE_IDS))
                .withBlockCacheBytes(values.get(Options.CACHE))
                .withArchive(new StoreSettings.Archiving(
                        values.get(Options.ARCHIVE).toNanos(), values.get(Options.ARCHIVE_BYTES)));
    }

    private List<Path> mappings(Values values) {
        return values.find(Options.MAPPINGS).orElse(List.of(Settings.BUILTIN)).stream()
                .map(folder -> folder.equals(Settings.BUILTIN) ? given.mappings() : folder)
                .toList();
    }

    private static Listen listen(Values values, Option<String> host, Option<Integer> port) {
        return new Listen(values.get(host), values.get(port), port.key(), values.placeOf(port));
    }

    private Values values(SettingsTree file, SettingsTree sets) {
        Map<String, Value> values = new HashMap<>();
        for (Option<?> option : Options.all()) {
            said(option, file, sets)
                    .map(node -> value(option, node))
                    .orElseGet(() -> fallback(option))
                    .ifPresent(value -> values.put(option.key(), value));
        }
        return new Values(Map.copyOf(values));
    }

    /** What the strongest says of an option. */
    private Optional<YamlNode> said(Option<?> option, SettingsTree file, SettingsTree sets) {
        return sets.get(option)
                .or(() -> variable(option.variable()).map(text -> node(option.variable(), text)))
                .or(() -> option.standard().stream()
                        .flatMap(standard -> variable(standard.variable())
                                .flatMap(standard.adapt())
                                .map(text -> node(standard.variable(), text))
                                .stream())
                        .findFirst())
                .or(() -> file.get(option));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    private static YamlNode node(String place, String text) {
        return YamlScalar.given(text, Location.named(place));
    }

    private Optional<Value> value(Option<?> option, YamlNode node) {
        Optional<?> value = option.type().parser().parse(node, folderOf(node.location()));
        if (value.isEmpty()) {
            String what = option.type().confidential() ? "the value" : node.describe();
            problems.add(
                    ErrorCode.BAD_SETTING,
                    node.location(),
                    option.key() + ": " + what + " does not fit (expected "
                            + option.type().expected() + ")");
        }
        return value.map(parsed -> new Value(parsed, node.location()));
    }

    private Optional<Value> fallback(Option<?> option) {
        return Optional.ofNullable(option.fallback())
                .map(text -> option.type()
                        .parser()
                        .parse(node("default", text), given.folder())
                        .map(parsed -> new Value(parsed, null))
                        .orElseThrow(() -> new AssertionError("the default of " + option.key() + " does not fit")));
    }

    /** Relative paths in a file start from its folder. */
    private SourcesRead readAgain(Optional<YamlMapping> told, List<YamlMapping> files) {
        Problems found = new Problems();
        SecretReader secrets = new SecretReader(environment, found);
        List<SourceSetting> sources = new ArrayList<>(sources(told, secrets, found));
        SourcesReader reader = new SourcesReader(
                secrets,
                place -> {
                    Path parent = Path.of(place.file()).toAbsolutePath().getParent();
                    return parent == null ? given.folder() : parent;
                },
                found);
        sources.addAll(reader.readFiles(files));
        found.throwIfAny();
        return new SourcesRead(sources, secrets.files());
    }

    private List<SourceSetting> sources(Optional<YamlMapping> told, SecretReader secrets, Problems found) {
        return told.map(new SourcesReader(secrets, this::folderOf, found)::read).orElse(List.of());
    }

    /** Paths in the file start from its folder, all others from where the command runs. */
    private Path folderOf(Location place) {
        Path file = given.file();
        if (file == null || !place.file().equals(file.toString())) {
            return given.folder();
        }
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? given.folder() : parent;
    }
}
