package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.InvalidFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Lines as {@code --set} and as variables: settings, or all that is wrong with them. */
public final class SettingsFuzz {

    private static final List<String> VARIABLES = List.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_HEADERS",
            "OTEL_EXPORTER_OTLP_TIMEOUT",
            "OTEL_RESOURCE_ATTRIBUTES",
            "CONTEXTCORE_HTTP_PORT",
            "CONTEXTCORE_DATA_FOLDER");

    private SettingsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> lines =
                new String(input, StandardCharsets.UTF_8).lines().limit(20).toList();
        read(lines, Map.of());
        String all = String.join("\n", lines);
        VARIABLES.forEach(name -> read(List.of(), Map.of(name, all)));
    }

    private static void read(List<String> sets, Map<String, String> variables) {
        try {
            SettingsReader.read(
                    new SettingsReader.Given(null, sets, Path.of("none"), Path.of("none"), "1"),
                    Environment.of(variables));
        } catch (InvalidFiles e) {
            if (e.problems().isEmpty()) {
                throw new AssertionError("refused without a problem", e);
            }
        }
    }
}
