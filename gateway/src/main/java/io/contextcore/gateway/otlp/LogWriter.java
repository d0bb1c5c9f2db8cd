package io.contextcore.gateway.otlp;

import io.contextcore.gateway.model.AttributeValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.NavigableMap;
import java.util.SortedMap;

/** The fields of a log record, from the last to the first. */
final class LogWriter {

    private final Twins twins;

    LogWriter(Twins twins) {
        this.twins = twins;
    }

    void write(ProtoWriter out, io.contextcore.gateway.model.LogRecord record) {
        Protos.name(out, LogRecord.EVENT_NAME_FIELD_NUMBER, record.eventName());
        Protos.time(out, LogRecord.OBSERVED_TIME_UNIX_NANO_FIELD_NUMBER, record.observed());
        if (record.spanId() != null) {
            out.id(LogRecord.SPAN_ID_FIELD_NUMBER, record.spanId());
        }
        if (record.traceId() != null) {
            out.id(LogRecord.TRACE_ID_FIELD_NUMBER, record.traceId());
            out.fixed32(LogRecord.FLAGS_FIELD_NUMBER, SpanWriter.SAMPLED);
        }
        Protos.attributes(out, LogRecord.ATTRIBUTES_FIELD_NUMBER, named(record, record.attributes()));
        int body = out.size();
        Protos.value(out, LogBody.text(named(record, record.body())));
        out.message(LogRecord.BODY_FIELD_NUMBER, body);
        out.text(LogRecord.SEVERITY_TEXT_FIELD_NUMBER, record.severity().name());
        out.number(LogRecord.SEVERITY_NUMBER_FIELD_NUMBER, record.severity().number());
        Protos.time(out, LogRecord.TIME_UNIX_NANO_FIELD_NUMBER, record.time());
    }

    private NavigableMap<String, AttributeValue> named(
            io.contextcore.gateway.model.LogRecord record, SortedMap<String, AttributeValue> attributes) {
        NavigableMap<String, AttributeValue> named = twins.apply(attributes);
        named.put(OtlpEncoder.EVENT_NAME, AttributeValue.of(record.eventName()));
        return named;
    }
}
