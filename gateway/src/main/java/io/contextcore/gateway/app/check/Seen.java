package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.OtlpJson;
import io.contextcore.gateway.store.Commit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What came out, as it would be sent: the OTLP/JSON of the encoder, in the shape in which test files write spans and logs.
 */
record Seen(List<JsonNode> spans, List<JsonNode> logs) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> KINDS =
            List.of("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER");
    private static final List<String> STATUSES = List.of("UNSET", "OK", "ERROR");

    static Seen of(List<Commit.Telemetry> telemetry) {
        List<JsonNode> spans = new ArrayList<>();
        List<JsonNode> logs = new ArrayList<>();
        for (Commit.Telemetry item : telemetry) {
            JsonNode request = parse(OtlpJson.line(item.signal(), item.payload()));
            boolean traces = item.signal() == TelemetrySignal.TRACES;
            for (JsonNode resource : request.path(traces ? "resourceSpans" : "resourceLogs")) {
                for (JsonNode scope : resource.path(traces ? "scopeSpans" : "scopeLogs")) {
                    scope.path(traces ? "spans" : "logRecords").forEach(record -> {
                        if (traces) {
                            spans.add(span(record));
                        } else {
                            logs.add(log(record));
                        }
                    });
                }
            }
        }
        return new Seen(spans, logs);
    }

    /** Name of a span, event of a log. */
    static String name(JsonNode record) {
        return record.path("name").asText(record.path("event").asText());
    }

    /** The JSON of a text; the text itself if it is none. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode span(JsonNode span) {
        ObjectNode seen = object();
        seen.set("name", span.path("name"));
        copy(span, seen, "traceId", "spanId", "parentSpanId");
        seen.put("kind", KINDS.get(span.path("kind").asInt()));
        seen.put("start", time(span.path("startTimeUnixNano")));
        seen.put("end", time(span.path("endTimeUnixNano")));
        seen.put("status", STATUSES.get(span.path("status").path("code").asInt()));
        if (span.path("status").has("message")) {
            seen.set("message", span.path("status").path("message"));
        }
        seen.set("attributes", attributes(span));
        ArrayNode events = seen.putArray("events");
        span.path("events").forEach(event -> {
            ObjectNode each = events.addObject();
            each.set("name", event.path("name"));
            each.put("time", time(event.path("timeUnixNano")));
            each.set("attributes", attributes(event));
        });
        ArrayNode links = seen.putArray("links");
        span.path("links").forEach(link -> {
            ObjectNode each = links.addObject();
            copy(link, each, "traceId", "spanId");
            each.set("attributes", attributes(link));
        });
        return seen;
    }

    private static JsonNode log(JsonNode log) {
        ObjectNode seen = object();
        seen.set("event", log.path("eventName"));
        seen.put("time", time(log.path("timeUnixNano")));
        seen.put("observed", time(log.path("observedTimeUnixNano")));
        seen.set("severity", log.path("severityText"));
        copy(log, seen, "traceId", "spanId");
        seen.set("attributes", attributes(log));
        JsonNode body = value(log.path("body"));
        seen.set("body", body.isTextual() ? parse(body.textValue().getBytes(StandardCharsets.UTF_8)) : body);
        return seen;
    }

    private static void copy(JsonNode from, ObjectNode to, String... names) {
        for (String name : names) {
            if (from.has(name)) {
                to.set(name, from.get(name));
            }
        }
    }

    private static ObjectNode attributes(JsonNode owner) {
        ObjectNode attributes = object();
        owner.path("attributes")
                .forEach(attribute -> attributes.set(attribute.path("key").asText(), value(attribute.path("value"))));
        return attributes;
    }

    /** An OTLP AnyValue as plain JSON; its integers are text. */
    private static JsonNode value(JsonNode any) {
        if (any.has("intValue")) {
            return JsonNodeFactory.instance.numberNode(any.get("intValue").asLong());
        }
        if (any.has("arrayValue")) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            any.get("arrayValue").path("values").forEach(element -> array.add(value(element)));
            return array;
        }
        for (String name : List.of("stringValue", "boolValue", "doubleValue")) {
            if (any.has(name)) {
                return any.get(name);
            }
        }
        return JsonNodeFactory.instance.nullNode();
    }

    private static String time(JsonNode nanos) {
        return Nanos.toInstant(nanos.asLong()).toString();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
