package io.contextcore.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/** Reads OTLP/JSON lines back into export requests; an unknown member is an error. */
public final class OtlpJsonReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> HEX = Set.of("trace_id", "span_id", "parent_span_id");

    private OtlpJsonReader() {}

    /** An ExportTraceServiceRequest or ExportLogsServiceRequest, by what the line holds. */
    public static Message read(String line) {
        try {
            JsonNode tree = JSON.readTree(line);
            return tree.has("resourceLogs")
                    ? message(tree, ExportLogsServiceRequest.newBuilder())
                    : message(tree, ExportTraceServiceRequest.newBuilder());
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + line, e);
        }
    }

    private static Message message(JsonNode tree, Message.Builder builder) {
        tree.properties().forEach(member -> {
            FieldDescriptor field = builder.getDescriptorForType().getFields().stream()
                    .filter(candidate -> candidate.getJsonName().equals(member.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown member " + member.getKey()));
            if (field.isRepeated()) {
                member.getValue().forEach(element -> builder.addRepeatedField(field, value(element, field, builder)));
            } else {
                builder.setField(field, value(member.getValue(), field, builder));
            }
        });
        return builder.build();
    }

    private static Object value(JsonNode node, FieldDescriptor field, Message.Builder parent) {
        return switch (field.getJavaType()) {
            case MESSAGE -> message(node, parent.newBuilderForField(field));
            case ENUM -> field.getEnumType().findValueByNumber(node.intValue());
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case LONG -> Long.parseLong(node.textValue());
            case INT -> (int) node.longValue();
            case FLOAT -> node.floatValue();
            case DOUBLE -> node.doubleValue();
            case BYTE_STRING ->
                ByteString.copyFrom(
                        HEX.contains(field.getName())
                                ? HexFormat.of().parseHex(node.textValue())
                                : Base64.getDecoder().decode(node.textValue()));
        };
    }
}
