package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.export.OtlpSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where telemetry goes.
 *
 * @param file OTLP/JSON lines go to this file instead of a Collector
 * @param own the gateway's own spans, which go to where {@code otlp} sends traces
 */
public record ExportSettings(Optional<Path> file, OtlpSettings otlp, TracingSettings own) {}
