package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.app.settings.ExportSettings.Compression;
import io.contextcore.gateway.app.settings.ExportSettings.Protocol;
import io.contextcore.gateway.app.settings.ExportSettings.Target;
import io.contextcore.gateway.app.settings.Option.Standard;
import io.contextcore.gateway.base.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of {@link ExportSettings}. */
final class ExportOptions {

    private static final Option<Path> FILE = Option.of(
            "export.file",
            OptionType.FILE,
            null,
            "write OTLP/JSON lines to this file instead of sending to a Collector");
    private static final TargetOptions GENERAL = new TargetOptions("export", "OTEL_EXPORTER_OTLP_", "");
    private static final TargetOptions TRACES =
            new TargetOptions("export.traces", "OTEL_EXPORTER_OTLP_TRACES_", "for traces only: ");
    private static final TargetOptions LOGS =
            new TargetOptions("export.logs", "OTEL_EXPORTER_OTLP_LOGS_", "for logs only: ");

    private ExportOptions() {}

    static List<Option<?>> all() {
        List<Option<?>> all = new ArrayList<>(List.of(FILE));
        all.addAll(GENERAL.all());
        all.addAll(TRACES.all());
        all.addAll(LOGS.all());
        return List.copyOf(all);
    }

    static ExportSettings read(Values values) {
        return new ExportSettings(
                values.find(FILE), target(values, TRACES, "/v1/traces"), target(values, LOGS, "/v1/logs"));
    }

    /** The signal's own word, else the general one, else the default. */
    private static Target target(Values values, TargetOptions signal, String path) {
        Protocol protocol = first(values, signal.protocol, GENERAL.protocol).orElse(Protocol.GRPC);
        return new Target(
                protocol,
                endpoint(values, signal, protocol, path),
                first(values, signal.headers, GENERAL.headers).orElse(Map.of()),
                first(values, signal.timeout, GENERAL.timeout).orElse(Duration.ofSeconds(10)),
                first(values, signal.compression, GENERAL.compression).orElse(Compression.NONE),
                first(values, signal.certificate, GENERAL.certificate),
                first(values, signal.clientCertificate, GENERAL.clientCertificate),
                first(values, signal.clientKey, GENERAL.clientKey));
    }

    /** Over HTTP the signal's own endpoint is used as it is; the general one is a base, to which the path is added. */
    private static URI endpoint(Values values, TargetOptions signal, Protocol protocol, String path) {
        Optional<URI> own = values.find(signal.endpoint);
        if (own.isPresent()) {
            return own.get();
        }
        boolean grpc = protocol == Protocol.GRPC;
        URI base = values.find(GENERAL.endpoint).orElse(URI.create("http://localhost:" + (grpc ? "4317" : "4318")));
        if (grpc) {
            return base;
        }
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    private static <T> Optional<T> first(Values values, Option<T> signal, Option<T> general) {
        return values.find(signal).or(() -> values.find(general));
    }

    /** One set of options; OpenTelemetry's variables of the same meaning follow one rule. */
    private static final class TargetOptions {

        private final Option<Protocol> protocol;
        private final Option<URI> endpoint;
        private final Option<Map<String, Secret>> headers;
        private final Option<Duration> timeout;
        private final Option<Compression> compression;
        private final Option<Path> certificate;
        private final Option<Path> clientCertificate;
        private final Option<Path> clientKey;

        private TargetOptions(String prefix, String variables, String note) {
            protocol = Option.of(
                            prefix + ".protocol",
                            OptionType.oneOf(Protocol.class, Protocol::word),
                            null,
                            note + "how the Collector is spoken to (grpc)")
                    .or(Standard.same(variables + "PROTOCOL"));
            endpoint = Option.of(
                            prefix + ".endpoint",
                            OptionType.URL,
                            null,
                            note + "where the Collector listens (http://localhost:4317, over HTTP http://localhost:4318"
                                    + " with the signal's path)")
                    .or(Standard.same(variables + "ENDPOINT"));
            headers = Option.of(
                            prefix + ".headers",
                            OptionType.HEADERS,
                            null,
                            note + "headers of every request, an authorization say")
                    .or(Standard.same(variables + "HEADERS"));
            timeout = Option.of(prefix + ".timeout", OptionType.TIME, null, note + "how long a request may take (10s)")
                    .or(new Standard(variables + "TIMEOUT", text -> Optional.of(text.strip() + "ms")));
            compression = Option.of(
                            prefix + ".compression",
                            OptionType.oneOf(Compression.class, Compression::word),
                            null,
                            note + "how requests are compressed (none)")
                    .or(Standard.same(variables + "COMPRESSION"));
            certificate = Option.of(
                            prefix + ".certificate",
                            OptionType.FILE,
                            null,
                            note + "PEM file of the authorities that may vouch for the Collector (the system's)")
                    .or(Standard.same(variables + "CERTIFICATE"));
            clientCertificate = Option.of(
                            prefix + ".client_certificate",
                            OptionType.FILE,
                            null,
                            note + "PEM file of our own certificate, for mutual TLS")
                    .or(Standard.same(variables + "CLIENT_CERTIFICATE"));
            clientKey = Option.of(
                            prefix + ".client_key",
                            OptionType.FILE,
                            null,
                            note + "PEM file of our own key, for mutual TLS")
                    .or(Standard.same(variables + "CLIENT_KEY"));
        }

        private List<Option<?>> all() {
            return List.of(
                    protocol, endpoint, headers, timeout, compression, certificate, clientCertificate, clientKey);
        }
    }
}
