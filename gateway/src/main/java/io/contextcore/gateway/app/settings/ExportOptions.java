package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.app.settings.Option.Standard;
import io.contextcore.gateway.app.settings.Values.Value;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.export.OtlpSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The options of {@link ExportSettings}. Each stands for one of OpenTelemetry's variables: what the user says, wherever,
 * is handed to {@link OtlpSettings} as if that variable had said it, so that there is one reading of them.
 */
final class ExportOptions {

    private static final Option<Path> FILE = Option.of(
            "export.file",
            OptionType.FILE,
            null,
            "write OTLP/JSON lines to this file instead of sending to a Collector");

    private static final String BASE_ENDPOINT =
            "`http://localhost:4317`; over HTTP `http://localhost:4318`, to which the signal's path is added";

    /** By variable. */
    private static final Map<String, Option<?>> BY_VARIABLE = byVariable();

    private ExportOptions() {}

    static List<Option<?>> all() {
        List<Option<?>> all = new ArrayList<>(List.of(FILE));
        all.addAll(BY_VARIABLE.values());
        return List.copyOf(all);
    }

    static ExportSettings read(Values values, Environment environment, Problems problems) {
        Environment said = name -> BY_VARIABLE.containsKey(name)
                ? values.find(BY_VARIABLE.get(name)).map(ExportOptions::text).orElse(null)
                : environment.get(name);
        Problems found = new Problems();
        OtlpSettings otlp = OtlpSettings.from(said, found);
        found.all().forEach(problem -> problems.add(problem.code(), place(problem, values), message(problem)));
        return new ExportSettings(values.find(FILE), otlp, TracingSettings.from(environment, problems));
    }

    private static Map<String, Option<?>> byVariable() {
        Map<String, Option<?>> options = new LinkedHashMap<>();
        add(options, "export.", "OTEL_EXPORTER_OTLP_", "", BASE_ENDPOINT);
        add(options, "export.traces.", "OTEL_EXPORTER_OTLP_TRACES_", "for traces only: ", ownEndpoint("/v1/traces"));
        add(options, "export.logs.", "OTEL_EXPORTER_OTLP_LOGS_", "for logs only: ", ownEndpoint("/v1/logs"));
        return options;
    }

    private static void add(
            Map<String, Option<?>> options, String prefix, String variables, String note, String endpoint) {
        for (Option<?> option : List.of(
                Option.of(
                        prefix + "endpoint",
                        OptionType.TEXT,
                        null,
                        note + "where the Collector listens (" + endpoint + ")"),
                Option.of(
                        prefix + "protocol",
                        OptionType.word("grpc", "http/protobuf"),
                        null,
                        note
                                + "how the Collector is spoken to (`http/protobuf` if the endpoint's port is 4318, else `grpc`)"),
                Option.of(
                        prefix + "headers",
                        OptionType.HEADERS,
                        null,
                        note + "headers of every request, an authorization say"),
                Option.of(prefix + "timeout", OptionType.TIME, null, note + "how long a request may take (`10s`)"),
                Option.of(
                        prefix + "compression",
                        OptionType.word("none", "gzip"),
                        null,
                        note + "how requests are compressed (`none`)"),
                Option.of(
                        prefix + "insecure",
                        OptionType.FLAG,
                        null,
                        note
                                + "whether an endpoint without `http://` or `https://` is spoken to without TLS (`false`)"),
                Option.of(
                        prefix + "certificate",
                        OptionType.FILE,
                        null,
                        note + "PEM file of the authorities that may vouch for the Collector (those of Java)"),
                Option.of(
                        prefix + "client_certificate",
                        OptionType.FILE,
                        null,
                        note + "PEM file of our own certificate, for mutual TLS"),
                Option.of(
                        prefix + "client_key",
                        OptionType.FILE,
                        null,
                        note + "PEM file of our own key, for mutual TLS"))) {
            String variable =
                    variables + option.key().substring(prefix.length()).toUpperCase(Locale.ROOT);
            Standard standard = option.type() == OptionType.TIME
                    ? new Standard(variable, ExportOptions::milliseconds)
                    : Standard.same(variable);
            options.put(variable, option.or(standard));
        }
    }

    /** OTLP exporter specification, "Endpoint URLs for OTLP/HTTP": a signal's own endpoint is used as it is. */
    private static String ownEndpoint(String path) {
        return "`export.endpoint`; over HTTP it is used as it is, so with its path: `http://localhost:4318" + path
                + "`";
    }

    /** The specification's timeouts are bare numbers. */
    private static Optional<String> milliseconds(String text) {
        return Optional.of(text.matches("\\d+") ? text + "ms" : text);
    }

    /** As the variable would have it. */
    private static String text(Object value) {
        return value instanceof Duration duration ? Long.toString(duration.toMillis()) : value.toString();
    }

    /** Where the user said it. */
    private static Location place(Problem problem, Values values) {
        Option<?> option = BY_VARIABLE.get(problem.location().file());
        Value value = option == null ? null : values.byKey().get(option.key());
        return value == null || value.at() == null ? problem.location() : value.at();
    }

    private static String message(Problem problem) {
        Option<?> option = BY_VARIABLE.get(problem.location().file());
        return option == null ? problem.message() : option.key() + ": " + problem.message();
    }
}
