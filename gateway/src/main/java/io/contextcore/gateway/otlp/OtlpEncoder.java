package io.contextcore.gateway.otlp;

import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Span;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.List;

/**
 * Spans and log records into the bytes of OTLP export requests. Equal arguments give equal bytes: attributes go in name
 * order, and nothing is read from anywhere. The bytes are those of protobuf's own writer, made without its messages: fields
 * are written from the last to the first ({@link ProtoWriter}). Immutable.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP specification</a>
 */
public final class OtlpEncoder {

    /** The attribute that repeats EventName, which some log stores drop. */
    public static final String EVENT_NAME = "event_name";

    /** Room for an ordinary step's items. */
    private static final int ROOM = 4_096;

    /** {@code ResourceSpans.resource}; the same field in ResourceLogs. */
    private final byte[] resource;
    /** {@code ScopeSpans.scope}; the same field in ScopeLogs. */
    private final byte[] scope;

    private final SpanWriter spanWriter;
    private final LogWriter logWriter;

    /** @param scopeVersion the gateway's version */
    public OtlpEncoder(
            Resource resource, String scopeName, String scopeVersion, Conventions conventions, EmitMode mode) {
        Twins twins = new Twins(conventions.byName().values(), mode);
        this.spanWriter = new SpanWriter(twins);
        this.logWriter = new LogWriter(twins);
        this.resource = ResourceSpans.newBuilder()
                .setResource(io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                        .addAllAttributes(Protos.attributes(resource.attributes())))
                .build()
                .toByteArray();
        this.scope = ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName(scopeName).setVersion(scopeVersion))
                .build()
                .toByteArray();
    }

    /** An ExportTraceServiceRequest with one ResourceSpans, spans in the given order. */
    public byte[] spans(List<Span> spans) {
        ProtoWriter out = new ProtoWriter(ROOM);
        for (int i = spans.size() - 1; i >= 0; i--) {
            int end = out.size();
            spanWriter.write(out, spans.get(i));
            out.message(ScopeSpans.SPANS_FIELD_NUMBER, end);
        }
        out.raw(scope);
        out.message(ResourceSpans.SCOPE_SPANS_FIELD_NUMBER, 0);
        out.raw(resource);
        out.message(ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER, 0);
        return out.toByteArray();
    }

    /** An ExportLogsServiceRequest with one ResourceLogs, records in the given order. */
    public byte[] logs(List<LogRecord> records) {
        ProtoWriter out = new ProtoWriter(ROOM);
        for (int i = records.size() - 1; i >= 0; i--) {
            int end = out.size();
            logWriter.write(out, records.get(i));
            out.message(ScopeLogs.LOG_RECORDS_FIELD_NUMBER, end);
        }
        out.raw(scope);
        out.message(ResourceLogs.SCOPE_LOGS_FIELD_NUMBER, 0);
        out.raw(resource);
        out.message(ExportLogsServiceRequest.RESOURCE_LOGS_FIELD_NUMBER, 0);
        return out.toByteArray();
    }
}
