package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.export.OtlpSettings.Target;
import io.contextcore.gateway.model.TelemetrySignal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;

/** The senders there are. */
public final class OtlpSenders {

    private OtlpSenders() {}

    /**
     * How the names of receivers are to be resolved: of several addresses any, another time another one. Else an address
     * that is dead and comes first would be tried for ever.
     */
    public static AddressResolverOptions resolver() {
        return new AddressResolverOptions().setRoundRobinInetAddress(true);
    }

    /**
     * To a receiver over the network; signals with the same target share a connection.
     *
     * @param version the gateway's, for the user agent
     * @throws io.vertx.core.VertxException if a PEM file cannot be used
     */
    public static Sender network(Vertx vertx, OtlpSettings settings, String version, Clock clock) {
        String userAgent = "contextcore-gateway/" + version + " OTel-OTLP-Exporter-Java/" + version;
        Map<Target, Sender> byTarget = new HashMap<>();
        Map<TelemetrySignal, Sender> bySignal = new EnumMap<>(TelemetrySignal.class);
        for (TelemetrySignal signal : TelemetrySignal.values()) {
            bySignal.put(
                    signal,
                    byTarget.computeIfAbsent(
                            settings.target(signal), target -> sender(vertx, target, userAgent, clock)));
        }
        return new PerSignal(bySignal);
    }

    /**
     * To a file of OTLP/JSON lines. Blocks while it opens the file.
     *
     * @throws IOException if the file cannot be opened for writing
     */
    public static Sender file(Vertx vertx, Path file) throws IOException {
        return FileSender.open(vertx, file);
    }

    private static Sender sender(Vertx vertx, Target target, String userAgent, Clock clock) {
        return switch (target.protocol()) {
            case GRPC -> new GrpcSender(vertx, target, userAgent);
            case HTTP_PROTOBUF -> new HttpSender(vertx, target, userAgent, clock);
        };
    }

    /** A sender for each signal, some of which may be the same. */
    private record PerSignal(Map<TelemetrySignal, Sender> senders) implements Sender {

        @Override
        public Future<SendResult> send(TelemetrySignal signal, byte[] payload, Map<String, Secret> headers) {
            return Objects.requireNonNull(senders.get(signal)).send(signal, payload, headers);
        }

        @Override
        public Future<Void> close() {
            return Future.join(new HashSet<>(senders.values())
                            .stream().map(Sender::close).toList())
                    .mapEmpty();
        }
    }
}
