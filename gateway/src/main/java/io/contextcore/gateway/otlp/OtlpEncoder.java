package io.contextcore.gateway.otlp;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Span;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Spans and log records into the bytes of OTLP export requests. Equal arguments give equal bytes: attributes go in name
 * order, and nothing is read from anywhere. Immutable.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP specification</a>
 */
public final class OtlpEncoder {

    /** The attribute that repeats EventName, which some log stores drop. */
    public static final String EVENT_NAME = "event_name";

    /** W3C trace flags: sampled. Nothing of ours is ever sampled away. */
    private static final int SAMPLED = 0x01;

    /** SpanFlags: it is known whether the parent is remote; and it is not, every parent is a span of this service. */
    private static final int PARENT_IS_LOCAL = 0x100;

    private final io.opentelemetry.proto.resource.v1.Resource resource;
    private final InstrumentationScope scope;
    private final Twins twins;

    /** @param scopeVersion the gateway's version */
    public OtlpEncoder(
            Resource resource, String scopeName, String scopeVersion, Conventions conventions, EmitMode mode) {
        this.twins = new Twins(conventions.byName().values(), mode);
        this.resource = io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                .addAllAttributes(Protos.attributes(resource.attributes()))
                .build();
        this.scope = InstrumentationScope.newBuilder()
                .setName(scopeName)
                .setVersion(scopeVersion)
                .build();
    }

    /** An ExportTraceServiceRequest with one ResourceSpans, spans in the given order. */
    public byte[] spans(List<Span> spans) {
        ScopeSpans.Builder scoped = ScopeSpans.newBuilder().setScope(scope);
        spans.forEach(span -> scoped.addSpans(span(span)));
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scoped))
                .build()
                .toByteArray();
    }

    /** An ExportLogsServiceRequest with one ResourceLogs, records in the given order. */
    public byte[] logs(List<LogRecord> records) {
        ScopeLogs.Builder scoped = ScopeLogs.newBuilder().setScope(scope);
        records.forEach(record -> scoped.addLogRecords(log(record)));
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scoped))
                .build()
                .toByteArray();
    }

    private io.opentelemetry.proto.trace.v1.Span span(Span span) {
        io.opentelemetry.proto.trace.v1.Span.Builder builder = io.opentelemetry.proto.trace.v1.Span.newBuilder()
                .setTraceId(Protos.id(span.traceId()))
                .setSpanId(Protos.id(span.spanId()))
                .setFlags(SAMPLED | PARENT_IS_LOCAL)
                .setName(span.name())
                .setKind(Protos.kind(span.kind()))
                .setStartTimeUnixNano(span.start())
                .setEndTimeUnixNano(span.end())
                .addAllAttributes(Protos.attributes(twins.apply(span.attributes())))
                .setStatus(Protos.status(span.status()));
        if (span.parentSpanId() != null) {
            builder.setParentSpanId(Protos.id(span.parentSpanId()));
        }
        span.events().forEach(event -> builder.addEvents(event(event)));
        span.links().forEach(link -> builder.addLinks(link(link)));
        return builder.build();
    }

    private io.opentelemetry.proto.trace.v1.Span.Event event(Span.Event event) {
        return io.opentelemetry.proto.trace.v1.Span.Event.newBuilder()
                .setTimeUnixNano(event.time())
                .setName(event.name())
                .addAllAttributes(Protos.attributes(twins.apply(event.attributes())))
                .build();
    }

    /** Whether a linked span is another service's is not known here, so its flags say nothing of that. */
    private io.opentelemetry.proto.trace.v1.Span.Link link(Span.SpanLink link) {
        return io.opentelemetry.proto.trace.v1.Span.Link.newBuilder()
                .setTraceId(Protos.id(link.traceId()))
                .setSpanId(Protos.id(link.spanId()))
                .setFlags(SAMPLED)
                .addAllAttributes(Protos.attributes(twins.apply(link.attributes())))
                .build();
    }

    private io.opentelemetry.proto.logs.v1.LogRecord log(LogRecord record) {
        io.opentelemetry.proto.logs.v1.LogRecord.Builder builder = io.opentelemetry.proto.logs.v1.LogRecord.newBuilder()
                .setTimeUnixNano(record.time())
                .setObservedTimeUnixNano(record.observed())
                .setSeverityNumber(SeverityNumber.forNumber(record.severity().number()))
                .setSeverityText(record.severity().name())
                .setEventName(record.eventName())
                .setBody(Protos.text(LogBody.text(named(record, record.body()))))
                .addAllAttributes(Protos.attributes(named(record, record.attributes())));
        if (record.traceId() != null) {
            builder.setTraceId(Protos.id(record.traceId())).setFlags(SAMPLED);
        }
        if (record.spanId() != null) {
            builder.setSpanId(Protos.id(record.spanId()));
        }
        return builder.build();
    }

    private SortedMap<String, AttributeValue> named(LogRecord record, SortedMap<String, AttributeValue> attributes) {
        SortedMap<String, AttributeValue> named = new TreeMap<>(twins.apply(attributes));
        named.put(EVENT_NAME, AttributeValue.of(record.eventName()));
        return named;
    }
}
