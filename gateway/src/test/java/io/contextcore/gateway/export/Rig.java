package io.contextcore.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.testing.CountingMetrics;
import io.contextcore.gateway.testing.MemoryOutbox;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.Wait;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An outbox, what carries it, and receivers, on a Vert.x that tests share: starting one takes longer than most of them. */
final class Rig implements AutoCloseable {

    private static final ExportOptions OPTIONS = new ExportOptions(
            512,
            1_000_000,
            2_000_000,
            2,
            2,
            new Backoff(1_000_000, 2_000_000, 5_000_000),
            Duration.ofSeconds(5).toNanos(),
            5);

    final Clock clock = Clock.system();
    final MemoryOutbox outbox = new MemoryOutbox();
    final CountingMetrics metrics = new CountingMetrics();
    private final Vertx vertx;
    private final List<Exporter> exporters = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final List<OtlpReceiver> receivers = new ArrayList<>();

    Rig(Vertx vertx) {
        this.vertx = vertx;
    }

    /** A receiver, and the exporter's way to it; {@link #run} begins. */
    OtlpReceiver open(String transport, Map<String, String> more) {
        OtlpReceiver receiver = keep(OtlpReceiver.start(vertx));
        connect(transport, "http://127.0.0.1:" + port(receiver, transport), more);
        return receiver;
    }

    /** Closes it in the end. */
    OtlpReceiver keep(OtlpReceiver receiver) {
        receivers.add(receiver);
        return receiver;
    }

    static int port(OtlpReceiver receiver, String transport) {
        return transport.equals("grpc") ? receiver.grpcPort() : receiver.httpPort();
    }

    /** @param more other variables, without {@code OTEL_EXPORTER_OTLP_} */
    void connect(String transport, String endpoint, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                endpoint,
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                transport.equals("grpc") ? "grpc" : "http/protobuf"));
        more.forEach((suffix, value) -> variables.put("OTEL_EXPORTER_OTLP_" + suffix, value));
        Problems problems = new Problems();
        OtlpSettings settings = OtlpSettings.from(Environment.of(variables), problems);
        assertEquals(List.of(), problems.all());
        senders.add(OtlpSenders.network(vertx, settings, "1", clock));
    }

    void run() {
        run(OPTIONS);
    }

    Exporter run(ExportOptions options) {
        Sender sender = senders.get(senders.size() - 1);
        Exporter exporter = new Exporter(
                vertx,
                outbox,
                sender,
                source -> Map.of(),
                options,
                clock,
                Randomness.system(),
                metrics,
                Tracing.none());
        exporters.add(exporter);
        exporter.start();
        return exporter;
    }

    @Override
    public void close() {
        exporters.forEach(exporter -> Wait.until(exporter.drain(1)));
        senders.forEach(sender -> Wait.until(sender.close()));
        receivers.forEach(OtlpReceiver::close);
    }
}
