package io.contextcore.gateway.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.contextcore.gateway.model.TelemetrySignal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * OTLP/JSON. It is protobuf's JSON mapping with two changes: trace and span ids are hex, enum values are integers. Members
 * stand in the order of the protobuf field numbers, so equal requests give equal text.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP specification, JSON encoding</a>
 */
public final class OtlpJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> HEX = Set.of("trace_id", "span_id", "parent_span_id");

    private OtlpJson() {}

    /**
     * An export request as one line of UTF-8 JSON without its line end: {@code {"resourceSpans":…}} or
     * {@code {"resourceLogs":…}}.
     *
     * @throws IllegalArgumentException if the bytes are no request of this signal
     */
    public static byte[] line(TelemetrySignal signal, byte[] request) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(request.length * 3);
        try (JsonGenerator json = JSON.createGenerator((OutputStream) line)) {
            write(json, parse(signal, request));
        } catch (IOException e) {
            throw new UncheckedIOException("a ByteArrayOutputStream does not fail", e);
        }
        return line.toByteArray();
    }

    private static Message parse(TelemetrySignal signal, byte[] request) {
        try {
            return switch (signal) {
                case TRACES -> ExportTraceServiceRequest.parseFrom(request);
                case LOGS -> ExportLogsServiceRequest.parseFrom(request);
            };
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not an export request of " + signal.label(), e);
        }
    }

    private static void write(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            json.writeFieldName(field.getKey().getJsonName());
            if (field.getKey().isRepeated()) {
                json.writeStartArray();
                for (Object element : (List<?>) field.getValue()) {
                    write(json, field.getKey(), element);
                }
                json.writeEndArray();
            } else {
                write(json, field.getKey(), field.getValue());
            }
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, FieldDescriptor field, Object value) throws IOException {
        switch (field.getJavaType()) {
            case MESSAGE -> write(json, (Message) value);
            case ENUM -> json.writeNumber(((EnumValueDescriptor) value).getNumber());
            case STRING -> json.writeString((String) value);
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case BYTE_STRING -> json.writeString(bytes(field, (ByteString) value));
            case LONG -> json.writeString(number(field, (Long) value));
            case INT ->
                json.writeNumber(
                        field.getType() == FieldDescriptor.Type.UINT32
                                        || field.getType() == FieldDescriptor.Type.FIXED32
                                ? Integer.toUnsignedLong((Integer) value)
                                : (Integer) value);
            case FLOAT -> json.writeNumber((Float) value);
            case DOUBLE -> json.writeNumber((Double) value);
        }
    }

    private static String bytes(FieldDescriptor field, ByteString value) {
        byte[] bytes = value.toByteArray();
        return HEX.contains(field.getName())
                ? HexFormat.of().formatHex(bytes)
                : Base64.getEncoder().encodeToString(bytes);
    }

    private static String number(FieldDescriptor field, long value) {
        return field.getType() == FieldDescriptor.Type.UINT64 || field.getType() == FieldDescriptor.Type.FIXED64
                ? Long.toUnsignedString(value)
                : Long.toString(value);
    }
}
