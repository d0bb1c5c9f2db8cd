package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.TelemetrySignal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where telemetry goes, as OpenTelemetry's standard variables say it.
 *
 * @param configured whether an endpoint was given; else the targets are the standard's local ones
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OpenTelemetry protocol exporter</a>
 */
public record OtlpSettings(boolean configured, Target traces, Target logs) {

    public Target target(TelemetrySignal signal) {
        return switch (signal) {
            case TRACES -> traces;
            case LOGS -> logs;
        };
    }

    /** Reads {@code OTEL_EXPORTER_OTLP_*}; a signal's own variable beats the general one. */
    public static OtlpSettings from(Environment environment, Problems problems) {
        Problems found = new Problems();
        OtlpVariables traces = new OtlpVariables(environment, TelemetrySignal.TRACES, found);
        OtlpVariables logs = new OtlpVariables(environment, TelemetrySignal.LOGS, found);
        OtlpSettings settings =
                new OtlpSettings(traces.configured() || logs.configured(), traces.target(), logs.target());
        // A general variable is read for each signal; what is wrong with it is told once.
        problems.addAll(new LinkedHashSet<>(found.all()));
        return settings;
    }

    /** How requests travel. */
    public enum Protocol {
        GRPC("grpc"),
        HTTP_PROTOBUF("http/protobuf");

        private final String word;

        Protocol(String word) {
            this.word = word;
        }

        /** As the variable writes it. */
        public String word() {
            return word;
        }

        static List<String> words() {
            return Arrays.stream(values()).map(Protocol::word).toList();
        }
    }

    /**
     * Where one signal goes.
     *
     * @param endpoint for gRPC scheme, host and port; for HTTP the whole address of the signal
     * @param headers to send with each request, by lower-case name; may be credentials
     * @param timeoutNanos for one request
     * @param gzip whether requests are compressed
     * @param certificate PEM file of the authorities to trust; null: those of the Java runtime
     * @param clientKey PEM file; null unless the receiver wants client certificates
     * @param clientCertificate PEM file; null unless there is a {@code clientKey}
     */
    public record Target(
            Protocol protocol,
            URI endpoint,
            SortedMap<String, Secret> headers,
            long timeoutNanos,
            boolean gzip,
            @Nullable Path certificate,
            @Nullable Path clientKey,
            @Nullable Path clientCertificate) {

        public Target {
            headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        }

        public boolean tls() {
            return endpoint.getScheme().equals("https");
        }

        public int port() {
            return endpoint.getPort() >= 0 ? endpoint.getPort() : tls() ? 443 : 80;
        }
    }
}
