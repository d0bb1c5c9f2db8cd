package io.contextcore.gateway.app;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.tracing.OtlpSpanExporter;
import io.contextcore.gateway.app.tracing.OwnSpans;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.export.OtlpSenders;
import io.contextcore.gateway.export.OtlpSettings;
import io.contextcore.gateway.export.Sender;
import io.contextcore.gateway.server.BadTlsFiles;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the ways out, as the settings say where they lead. */
record Senders(Vertx vertx, Settings settings, String version, Clock clock) {

    /** For the telemetry that the gateway is there for. */
    Sender telemetry() {
        Path file = settings.export().file().orElse(null);
        return file == null ? network() : file(file);
    }

    /** For the gateway's own spans; null: nobody asked for them. */
    @Nullable OwnSpans ownSpans() {
        if (!settings.export().own().on()) {
            return null;
        }
        return new OwnSpans(
                settings.export().own(), version, clock, new OtlpSpanExporter(network(), settings.resource(), version));
    }

    private Sender network() {
        OtlpSettings otlp = settings.export().otlp();
        try {
            Certificates.require(vertx, otlp.traces());
            Certificates.require(vertx, otlp.logs());
            return OtlpSenders.network(vertx, otlp, version, clock);
        } catch (BadTlsFiles | VertxException e) {
            throw new CannotStart("export", "a certificate or key cannot be used: " + e.getMessage(), e);
        }
    }

    private Sender file(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return OtlpSenders.file(vertx, file);
        } catch (IOException e) {
            throw new CannotStart("export.file", "cannot write to " + file + ": " + e.getMessage(), e);
        }
    }
}
