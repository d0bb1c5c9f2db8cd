package io.contextcore.gateway.otlp;

import com.google.protobuf.ByteString;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Span;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Our values as OTLP's protobuf values. */
final class Protos {

    private Protos() {}

    static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** In the map's order, which is name order everywhere here. */
    static List<KeyValue> attributes(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .map(entry -> KeyValue.newBuilder()
                        .setKey(entry.getKey())
                        .setValue(value(entry.getValue()))
                        .build())
                .toList();
    }

    static AnyValue value(AttributeValue value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        if (value instanceof AttributeValue.Text text) {
            any.setStringValue(text.value());
        } else if (value instanceof AttributeValue.Int number) {
            any.setIntValue(number.value());
        } else if (value instanceof AttributeValue.Real number) {
            any.setDoubleValue(number.value());
        } else if (value instanceof AttributeValue.Flag flag) {
            any.setBoolValue(flag.value());
        } else {
            ArrayValue.Builder array = ArrayValue.newBuilder();
            ((AttributeValue.Texts) value).values().forEach(element -> array.addValues(text(element)));
            any.setArrayValue(array);
        }
        return any.build();
    }

    static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    static io.opentelemetry.proto.trace.v1.Span.SpanKind kind(Span.Kind kind) {
        return switch (kind) {
            case INTERNAL -> io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_INTERNAL;
            case SERVER -> io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER;
            case CLIENT -> io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CLIENT;
            case PRODUCER -> io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_PRODUCER;
            case CONSUMER -> io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CONSUMER;
        };
    }

    static Status status(Span.Status status) {
        return switch (status.code()) {
            case UNSET -> Status.getDefaultInstance();
            case OK ->
                Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK).build();
            case ERROR ->
                Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage(status.message())
                        .build();
        };
    }
}
