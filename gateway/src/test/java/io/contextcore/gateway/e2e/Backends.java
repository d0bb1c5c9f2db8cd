package io.contextcore.gateway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.contextcore.gateway.testing.Collector;
import io.contextcore.gateway.testing.GatewayProcess;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The gateway, a real Collector behind it with the configuration that ships, and receivers in the places of Tempo and Loki. */
final class Backends implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    final OtlpReceiver tempo = OtlpReceiver.start();
    final OtlpReceiver loki = OtlpReceiver.start();
    final Collector collector;
    final GatewayProcess gateway;

    Backends(Path folder) {
        collector = Collector.start(
                folder.resolve("collector"),
                "127.0.0.1:" + tempo.grpcPort(),
                "http://127.0.0.1:" + loki.httpPort() + "/otlp");
        gateway = GatewayProcess.start(
                folder,
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.grpcEndpoint(), "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"));
    }

    /** Waits for as many, then for the gateway to have sent all that it has, so that one too many would be seen. */
    List<Span> spans(int count) {
        gateway.awaitDrained();
        return tempo.awaitSpans(count);
    }

    List<LogRecord> logs(int count) {
        gateway.awaitDrained();
        return loki.awaitLogs(count).stream()
                .filter(log -> !log.getEventName().equals("project.snapshot"))
                .toList();
    }

    @Override
    public void close() {
        gateway.close();
        collector.close();
        tempo.close();
        loki.close();
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    static Instant time(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    static Map<String, String> attributes(List<KeyValue> attributes) {
        Map<String, String> flat = new TreeMap<>();
        attributes.forEach(attribute -> flat.put(attribute.getKey(), text(attribute.getValue())));
        return flat;
    }

    static JsonNode body(LogRecord record) {
        try {
            return JSON.readTree(record.getBody().getStringValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(Backends::text)
                        .toList()
                        .toString();
            default -> value.toString();
        };
    }
}
