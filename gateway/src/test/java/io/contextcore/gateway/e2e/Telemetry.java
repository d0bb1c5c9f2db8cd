package io.contextcore.gateway.e2e;

import com.google.protobuf.ByteString;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Small OTLP requests, and what of them has come to a receiver. */
final class Telemetry {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long TIME = 1_780_000_000_000_000_000L;

    private Telemetry() {}

    /** An id that says its number. */
    static ByteString id(int number, int bytes) {
        byte[] id = new byte[bytes];
        id[bytes - 2] = (byte) (number >> 8);
        id[bytes - 1] = (byte) number;
        return ByteString.copyFrom(id);
    }

    static Span span(int number, Map<String, String> attributes) {
        return Span.newBuilder()
                .setTraceId(id(number, 16))
                .setSpanId(id(number, 8))
                .setName("span " + number)
                .setStartTimeUnixNano(TIME)
                .setEndTimeUnixNano(TIME + number)
                .addAllAttributes(keyValues(attributes))
                .build();
    }

    static LogRecord log(String event, Map<String, String> attributes) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(TIME)
                .setObservedTimeUnixNano(TIME)
                .setEventName(event)
                .addAllAttributes(keyValues(attributes))
                .build();
    }

    static ExportTraceServiceRequest spans(Span... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
                .build();
    }

    static ExportLogsServiceRequest logs(Map<String, String> resource, LogRecord... records) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Resource.newBuilder().addAllAttributes(keyValues(resource)))
                        .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(records))))
                .build();
    }

    static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    static Map<String, String> attributes(LogRecord record) {
        return attributes(record.getAttributesList());
    }

    static Map<String, String> attributes(List<KeyValue> attributes) {
        Map<String, String> texts = new TreeMap<>();
        attributes.forEach(each -> texts.put(each.getKey(), each.getValue().getStringValue()));
        return texts;
    }

    /** Waits for the span of this id. */
    static Span awaitSpan(OtlpReceiver receiver, ByteString id) {
        Await.until("a span", PATIENCE, () -> spanOf(receiver, id).isPresent());
        return spanOf(receiver, id).orElseThrow();
    }

    /** Waits for the log record of this event. */
    static LogRecord awaitLog(OtlpReceiver receiver, String event) {
        Await.until(
                "a log record " + event, PATIENCE, () -> logOf(receiver, event).isPresent());
        return logOf(receiver, event).orElseThrow();
    }

    /** Waits for the log record of this event; the attributes of what it belongs to. */
    static Map<String, String> resourceOf(OtlpReceiver receiver, String event) {
        awaitLog(receiver, event);
        return receiver.received().stream()
                .flatMap(request -> request.resourceLogs().stream())
                .filter(resource -> resource.getScopeLogsList().stream()
                        .flatMap(scope -> scope.getLogRecordsList().stream())
                        .anyMatch(record -> record.getEventName().equals(event)))
                .map(resource -> attributes(resource.getResource().getAttributesList()))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Span> spanOf(OtlpReceiver receiver, ByteString id) {
        return receiver.spans().stream()
                .filter(span -> span.getSpanId().equals(id))
                .findFirst();
    }

    private static Optional<LogRecord> logOf(OtlpReceiver receiver, String event) {
        return receiver.logs().stream()
                .filter(record -> record.getEventName().equals(event))
                .findFirst();
    }

    private static List<KeyValue> keyValues(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(each -> KeyValue.newBuilder()
                        .setKey(each.getKey())
                        .setValue(text(each.getValue()))
                        .build())
                .toList();
    }
}
