package io.contextcore.gateway.model;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A finished span, as OTLP knows it.
 *
 * @param traceId 32 lower-case hex digits
 * @param spanId 16 lower-case hex digits
 * @param parentSpanId null for a root
 * @param start epoch nanoseconds
 * @param end epoch nanoseconds, not before start
 */
public record Span(
        String traceId,
        String spanId,
        @Nullable String parentSpanId,
        String name,
        Kind kind,
        long start,
        long end,
        SortedMap<String, AttributeValue> attributes,
        List<Event> events,
        List<SpanLink> links,
        Status status) {

    public enum Kind {
        INTERNAL,
        SERVER,
        CLIENT,
        PRODUCER,
        CONSUMER
    }

    public record Event(long time, String name, SortedMap<String, AttributeValue> attributes) {}

    public record SpanLink(String traceId, String spanId, SortedMap<String, AttributeValue> attributes) {}

    /** @param message empty unless {@code code} is ERROR */
    public record Status(Code code, String message) {

        public static final Status UNSET = new Status(Code.UNSET, "");
        public static final Status OK = new Status(Code.OK, "");

        public enum Code {
            UNSET,
            OK,
            ERROR
        }

        public static Status error(String message) {
            return new Status(Code.ERROR, message);
        }
    }
}
