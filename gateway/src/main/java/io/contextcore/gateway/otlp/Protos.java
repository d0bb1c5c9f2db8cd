package io.contextcore.gateway.otlp;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Span;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Our values as OTLP's protobuf values. */
final class Protos {

    private Protos() {}

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

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    /** Key and value of each, from the last to the first. */
    static void attributes(ProtoWriter out, int field, NavigableMap<String, AttributeValue> attributes) {
        attributes.descendingMap().forEach((name, value) -> {
            int end = out.size();
            value(out, value);
            out.message(KeyValue.VALUE_FIELD_NUMBER, end);
            name(out, KeyValue.KEY_FIELD_NUMBER, name);
            out.message(field, end);
        });
    }

    /** The field of an AnyValue: written also where it is zero or empty, since it says which type it is. */
    private static void value(ProtoWriter out, AttributeValue value) {
        if (value instanceof AttributeValue.Text text) {
            value(out, text.value());
        } else if (value instanceof AttributeValue.Int number) {
            out.number(AnyValue.INT_VALUE_FIELD_NUMBER, number.value());
        } else if (value instanceof AttributeValue.Real number) {
            out.fixed64(AnyValue.DOUBLE_VALUE_FIELD_NUMBER, Double.doubleToRawLongBits(number.value()));
        } else if (value instanceof AttributeValue.Flag flag) {
            out.number(AnyValue.BOOL_VALUE_FIELD_NUMBER, flag.value() ? 1 : 0);
        } else {
            texts(out, ((AttributeValue.Texts) value).values());
        }
    }

    static void value(ProtoWriter out, String text) {
        out.text(AnyValue.STRING_VALUE_FIELD_NUMBER, text);
    }

    private static void texts(ProtoWriter out, List<String> texts) {
        int array = out.size();
        for (int i = texts.size() - 1; i >= 0; i--) {
            int end = out.size();
            value(out, texts.get(i));
            out.message(ArrayValue.VALUES_FIELD_NUMBER, end);
        }
        out.message(AnyValue.ARRAY_VALUE_FIELD_NUMBER, array);
    }

    /** Nothing where it is empty, as for all fields that are in no oneof. */
    static void name(ProtoWriter out, int field, String name) {
        if (!name.isEmpty()) {
            out.text(field, name);
        }
    }

    /** Nothing where it is 0. */
    static void time(ProtoWriter out, int field, long unixNanos) {
        if (unixNanos != 0) {
            out.fixed64(field, unixNanos);
        }
    }

    static int kind(Span.Kind kind) {
        return switch (kind) {
            case INTERNAL -> SpanKind.SPAN_KIND_INTERNAL_VALUE;
            case SERVER -> SpanKind.SPAN_KIND_SERVER_VALUE;
            case CLIENT -> SpanKind.SPAN_KIND_CLIENT_VALUE;
            case PRODUCER -> SpanKind.SPAN_KIND_PRODUCER_VALUE;
            case CONSUMER -> SpanKind.SPAN_KIND_CONSUMER_VALUE;
        };
    }
}
