package io.contextcore.gateway.otlp;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/** The fields of a span, from the last to the first. */
final class SpanWriter {

    /** W3C trace flags: sampled. Nothing of ours is ever sampled away. */
    static final int SAMPLED = 0x01;

    /** SpanFlags: it is known whether the parent is remote; and it is not, every parent is a span of this service. */
    private static final int PARENT_IS_LOCAL = 0x100;

    private final Twins twins;

    SpanWriter(Twins twins) {
        this.twins = twins;
    }

    void write(ProtoWriter out, io.contextcore.gateway.model.Span span) {
        out.fixed32(Span.FLAGS_FIELD_NUMBER, SAMPLED | PARENT_IS_LOCAL);
        status(out, span.status());
        for (int i = span.links().size() - 1; i >= 0; i--) {
            link(out, span.links().get(i));
        }
        for (int i = span.events().size() - 1; i >= 0; i--) {
            event(out, span.events().get(i));
        }
        Protos.attributes(out, Span.ATTRIBUTES_FIELD_NUMBER, twins.apply(span.attributes()));
        Protos.time(out, Span.END_TIME_UNIX_NANO_FIELD_NUMBER, span.end());
        Protos.time(out, Span.START_TIME_UNIX_NANO_FIELD_NUMBER, span.start());
        out.number(Span.KIND_FIELD_NUMBER, Protos.kind(span.kind()));
        Protos.name(out, Span.NAME_FIELD_NUMBER, span.name());
        if (span.parentSpanId() != null) {
            out.id(Span.PARENT_SPAN_ID_FIELD_NUMBER, span.parentSpanId());
        }
        out.id(Span.SPAN_ID_FIELD_NUMBER, span.spanId());
        out.id(Span.TRACE_ID_FIELD_NUMBER, span.traceId());
    }

    private static void status(ProtoWriter out, io.contextcore.gateway.model.Span.Status status) {
        int end = out.size();
        switch (status.code()) {
            case UNSET -> {}
            case OK -> out.number(Status.CODE_FIELD_NUMBER, Status.StatusCode.STATUS_CODE_OK_VALUE);
            case ERROR -> {
                out.number(Status.CODE_FIELD_NUMBER, Status.StatusCode.STATUS_CODE_ERROR_VALUE);
                Protos.name(out, Status.MESSAGE_FIELD_NUMBER, status.message());
            }
        }
        out.message(Span.STATUS_FIELD_NUMBER, end);
    }

    private void event(ProtoWriter out, io.contextcore.gateway.model.Span.Event event) {
        int end = out.size();
        Protos.attributes(out, Span.Event.ATTRIBUTES_FIELD_NUMBER, twins.apply(event.attributes()));
        Protos.name(out, Span.Event.NAME_FIELD_NUMBER, event.name());
        Protos.time(out, Span.Event.TIME_UNIX_NANO_FIELD_NUMBER, event.time());
        out.message(Span.EVENTS_FIELD_NUMBER, end);
    }

    /** Whether a linked span is another service's is not known here, so its flags say nothing of that. */
    private void link(ProtoWriter out, io.contextcore.gateway.model.Span.SpanLink link) {
        int end = out.size();
        out.fixed32(Span.Link.FLAGS_FIELD_NUMBER, SAMPLED);
        Protos.attributes(out, Span.Link.ATTRIBUTES_FIELD_NUMBER, twins.apply(link.attributes()));
        out.id(Span.Link.SPAN_ID_FIELD_NUMBER, link.spanId());
        out.id(Span.Link.TRACE_ID_FIELD_NUMBER, link.traceId());
        out.message(Span.LINKS_FIELD_NUMBER, end);
    }
}
