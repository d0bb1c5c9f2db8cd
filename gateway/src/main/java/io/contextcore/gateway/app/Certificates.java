package io.contextcore.gateway.app;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.export.OtlpSettings.Target;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.server.BadTlsFiles;
import io.contextcore.gateway.server.TlsFiles;
import io.contextcore.gateway.server.TlsKeys;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** The PEM files of TLS that the settings name: whether a start could use them. */
final class Certificates {

    private static final String TRUSTED = "OTEL_EXPORTER_OTLP_CERTIFICATE";
    private static final String OWN = "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE";

    private Certificates() {}

    /** Adds what is wrong with those of the intake and with those of the export. */
    static void check(Vertx vertx, Settings settings, Problems problems) {
        settings.guard()
                .tls()
                .ifPresent(files -> check(problems, ErrorCode.BAD_SETTING, "http.tls", () -> {
                    TlsKeys.read(vertx, files);
                }));
        for (TelemetrySignal signal : sent(settings)) {
            Target target = settings.export().otlp().target(signal);
            check(problems, ErrorCode.BAD_VARIABLE, TRUSTED, () -> requireTrusted(target));
            check(problems, ErrorCode.BAD_VARIABLE, OWN, () -> requireOwn(vertx, target));
        }
    }

    /**
     * Those of one receiver, before it is sent to.
     *
     * @throws BadTlsFiles with the first that cannot be used
     */
    static void require(Vertx vertx, Target target) throws BadTlsFiles {
        requireTrusted(target);
        requireOwn(vertx, target);
    }

    /** Signals that go over the network: with a file for telemetry, only the gateway's own spans do. */
    private static Set<TelemetrySignal> sent(Settings settings) {
        if (settings.export().file().isEmpty()) {
            return EnumSet.allOf(TelemetrySignal.class);
        }
        return settings.export().own().on()
                ? EnumSet.of(TelemetrySignal.TRACES)
                : EnumSet.noneOf(TelemetrySignal.class);
    }

    private static void requireTrusted(Target target) throws BadTlsFiles {
        Path trusted = target.certificate();
        if (target.tls() && trusted != null) {
            TlsKeys.requireAuthorities(trusted);
        }
    }

    private static void requireOwn(Vertx vertx, Target target) throws BadTlsFiles {
        Path certificate = target.clientCertificate();
        Path key = target.clientKey();
        if (target.tls() && certificate != null && key != null) {
            TlsKeys.read(vertx, new TlsFiles(certificate, key, null));
        }
    }

    /** Reads files, and throws if they cannot be used. */
    @FunctionalInterface
    private interface Reading {
        void read() throws BadTlsFiles;
    }

    private static void check(Problems problems, ErrorCode code, String named, Reading reading) {
        try {
            reading.read();
        } catch (BadTlsFiles e) {
            problems.add(code, Location.named(named), String.valueOf(e.getMessage()));
        }
    }
}
