package io.contextcore.gateway.model;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A log record, as OTLP knows it.
 *
 * @param time when the event happened, epoch nanoseconds
 * @param observed receipt of the delivery; part of the record, so that a re-send is the same bytes
 * @param eventName becomes EventName and the attribute {@code event_name}
 * @param traceId null only where the record belongs to no instance
 * @param attributes what is filtered by
 * @param body everything, as one flat JSON object under the same names
 */
public record LogRecord(
        long time,
        long observed,
        Severity severity,
        String eventName,
        @Nullable String traceId,
        @Nullable String spanId,
        SortedMap<String, AttributeValue> attributes,
        SortedMap<String, AttributeValue> body) {

    /** The four that we use, with OTLP's numbers. */
    public enum Severity {
        DEBUG(5),
        INFO(9),
        WARN(13),
        ERROR(17);

        private final int number;

        Severity(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }
}
