package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where telemetry goes.
 *
 * @param file OTLP/JSON lines go to this file instead of a Collector
 */
public record ExportSettings(Optional<Path> file, Target traces, Target logs) {

    /** How a Collector is spoken to. */
    public enum Protocol {
        GRPC,
        HTTP_PROTOBUF;

        /** As OpenTelemetry writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '/');
        }
    }

    /** How requests are compressed. */
    public enum Compression {
        NONE,
        GZIP;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The receiver of one signal.
     *
     * @param endpoint for gRPC host and port, for HTTP the whole URL
     * @param headers sent with every request; they often authorize, so they are secrets
     * @param certificate PEM file of the authorities that the receiver's certificate is checked against
     * @param clientCertificate PEM file, for mutual TLS
     * @param clientKey PEM file, for mutual TLS
     */
    public record Target(
            Protocol protocol,
            URI endpoint,
            Map<String, Secret> headers,
            Duration timeout,
            Compression compression,
            Optional<Path> certificate,
            Optional<Path> clientCertificate,
            Optional<Path> clientKey) {}
}
