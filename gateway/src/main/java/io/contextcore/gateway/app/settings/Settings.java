package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.IpRange;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.model.Privacy;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.otlp.EmitMode;
import io.contextcore.gateway.otlp.Resource;
import io.contextcore.gateway.server.TlsFiles;
import io.contextcore.gateway.store.StoreSettings;
import io.contextcore.gateway.yaml.YamlMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a user can set, understood and checked.
 *
 * @param intake where webhooks come in
 * @param guard who may come in there, before anything is asked of a source
 * @param admin where health and metrics are asked
 * @param data folder of the store
 * @param store how much the store may hold
 * @param mappings folders of the mapping files
 * @param sources those of the settings, with the secrets that they had at the start
 * @param sourceReading reads them again, and those that stand in files of the mappings
 * @param stopTimeout how long a stop may take
 * @param reload what makes a running gateway read its mappings again
 */
public record Settings(
        Listen intake,
        Guard guard,
        Listen admin,
        Path data,
        StoreSettings store,
        List<Path> mappings,
        List<SourceSetting> sources,
        SourceReading sourceReading,
        Limits limits,
        ExportSettings export,
        EmitMode emitMode,
        Privacy privacy,
        Resource resource,
        Duration stopTimeout,
        LogLevel logLevel,
        Reload reload) {

    /** Among the folders of mappings: those that come with the gateway. A folder of this name is {@code ./builtin}. */
    public static final Path BUILTIN = Path.of("builtin");

    public Settings {
        mappings = List.copyOf(mappings);
        sources = List.copyOf(sources);
    }

    /** The same with other folders of mappings. */
    public Settings withMappings(List<Path> others) {
        return new Settings(
                intake,
                guard,
                admin,
                data,
                store,
                others,
                sources,
                sourceReading,
                limits,
                export,
                emitMode,
                privacy,
                resource,
                stopTimeout,
                logLevel,
                reload);
    }

    /** The same with these sources only: those in files do not count. */
    public Settings withSources(List<SourceSetting> others) {
        return new Settings(
                intake,
                guard,
                admin,
                data,
                store,
                mappings,
                others,
                files -> new SourcesRead(others, Set.of()),
                limits,
                export,
                emitMode,
                privacy,
                resource,
                stopTimeout,
                logLevel,
                reload);
    }

    /**
     * A place to listen.
     *
     * @param setting key of the setting of the port, for the message that it is taken
     * @param saidAt where the user said it; empty: it is the default
     */
    public record Listen(String host, int port, String setting, Optional<Location> saidAt) {}

    /**
     * Who may come in where webhooks do.
     *
     * @param trustedProxies what these say of where a request comes from is believed
     * @param tls empty: webhooks come in the clear
     */
    public record Guard(List<IpRange> trustedProxies, Optional<TlsFiles> tls) {
        public Guard {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /**
     * What makes a running gateway read its mappings again.
     *
     * @param signal SIGHUP, where the platform has it
     * @param http {@code POST /admin/reload} on the admin port
     * @param watch a file that has changed
     */
    public record Reload(boolean signal, boolean http, boolean watch) {}

    /** Reads the sources of the settings and those of files of the mappings, with their secrets as they are at that moment. */
    @FunctionalInterface
    public interface SourceReading {

        /** @throws io.contextcore.gateway.base.InvalidFiles if a secret cannot be had, say */
        SourcesRead read(List<YamlMapping> files);
    }

    /**
     * All sources.
     *
     * @param secretFiles files that their secrets and headers were read from
     */
    public record SourcesRead(List<SourceSetting> sources, Set<Path> secretFiles) {
        public SourcesRead {
            sources = List.copyOf(sources);
            secretFiles = Set.copyOf(secretFiles);
        }
    }

    /** A source, and where its kind is named: whether there is such a kind is known once the mappings are read. */
    public record SourceSetting(Source source, Location kindAt) {}
}
