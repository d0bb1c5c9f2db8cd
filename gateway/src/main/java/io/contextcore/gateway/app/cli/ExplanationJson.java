package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.store.Commit.DeadLetter;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down how a delivery is understood, as one JSON object; docs/explain.md tells its members. */
final class ExplanationJson implements ExplainView {

    private static final JsonMapper JSON = new JsonMapper();

    private final PrintWriter out;
    private final ObjectNode page = JsonNodeFactory.instance.objectNode();
    private @Nullable ObjectNode mapping;

    ExplanationJson(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void refused(String reason, String text) {
        page.putObject("refused").put("reason", reason).put("text", text);
    }

    @Override
    public void ping() {
        page.put("ping", true);
    }

    @Override
    public void delivery(Delivery delivery, Map<String, Integer> redactions) {
        page.put("event", delivery.event());
        page.put("id", delivery.id());
        page.set("redactions", JSON.valueToTree(redactions));
        page.putArray("mappings");
    }

    @Override
    public void mapping(String name, String file) {
        ObjectNode tried = page.withArray("mappings").addObject();
        tried.put("name", name).put("file", file).put("taken", true);
        tried.putArray("expressions");
        mapping = tried;
    }

    @Override
    public void expression(String what, String source, Location location, Object value) {
        if (mapping == null) {
            throw new IllegalStateException("an expression before its mapping: " + what);
        }
        ObjectNode expression = mapping.withArray("expressions").addObject();
        expression.put("what", what).put("source", source).put("at", location.toString());
        if (value == Nothing.ABSENT) {
            expression.put("absent", true);
        } else {
            expression.set("value", value(value));
        }
    }

    @Override
    public void passed(String name, String reason) {
        page.withArray("mappings").forEach(tried -> {
            if (tried.path("name").asText().equals(name)) {
                ((ObjectNode) tried).put("taken", false).put("reason", reason);
            }
        });
    }

    @Override
    public void evaluation(Evaluation evaluation) {
        if (evaluation.ignored() != null) {
            page.put("ignored", evaluation.ignored());
            return;
        }
        ArrayNode signals = page.putArray("signals");
        for (Signal signal : evaluation.signals()) {
            ObjectNode told = signals.addObject();
            told.put("to", Shown.reference(signal.target()));
            told.set("says", JSON.valueToTree(Shown.signal(signal)));
        }
        page.set("notes", JSON.valueToTree(evaluation.notes()));
    }

    @Override
    public void failed(EvaluationException error) {
        ObjectNode problem = page.putObject("problem");
        problem.put("code", error.code().code()).put("text", error.tell());
        Location location = error.location();
        if (location != null) {
            problem.put("at", location.toString());
        }
    }

    @Override
    public void step(Stepped step, @Nullable Message message, Map<String, Row> before) {
        ObjectNode told = page.withArray("steps").addObject();
        told.put(
                "of", message != null ? StepName.of(message) : step.commit().delivery() != null ? "delivery" : "timer");
        if (message != null) {
            told.put("to", message.addressee());
        }
        told.put("now", Shown.time(step.commit().nowNanos()));
        ArrayNode state = told.putArray("state");
        for (Row row : step.commit().rows()) {
            Row was = before.get(row.key());
            ObjectNode change = state.addObject().put("of", row.key());
            change.set("before", was == null ? null : JSON.valueToTree(Shown.row(was)));
            change.set("after", JSON.valueToTree(Shown.row(row)));
        }
        ArrayNode spans = told.putArray("spans");
        ArrayNode logs = told.putArray("logs");
        for (Emission emission : step.emissions()) {
            emission.spans().forEach(span -> spans.add(span(span)));
            emission.logs().forEach(log -> logs.add(log(log)));
        }
        DeadLetter dead = step.commit().deadLetter();
        if (dead != null) {
            told.putObject("deadLetter").put("code", dead.code()).put("text", dead.error());
        }
    }

    @Override
    public void end() {
        out.println(page.toPrettyString());
        out.flush();
    }

    private static ObjectNode span(Span span) {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("name", span.name()).put("traceId", span.traceId()).put("spanId", span.spanId());
        told.put("parentSpanId", span.parentSpanId());
        told.put("kind", span.kind().name());
        told.put("start", time(span.start())).put("end", time(span.end()));
        told.put("status", span.status().code().name())
                .put("message", span.status().message());
        told.set("attributes", attributes(span.attributes()));
        ArrayNode events = told.putArray("events");
        span.events()
                .forEach(event -> events.addObject()
                        .put("name", event.name())
                        .put("time", time(event.time()))
                        .set("attributes", attributes(event.attributes())));
        ArrayNode links = told.putArray("links");
        span.links()
                .forEach(link -> links.addObject()
                        .put("traceId", link.traceId())
                        .put("spanId", link.spanId())
                        .set("attributes", attributes(link.attributes())));
        return told;
    }

    private static ObjectNode log(LogRecord log) {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("event", log.eventName()).put("time", time(log.time())).put("observed", time(log.observed()));
        told.put("severity", log.severity().name());
        told.put("traceId", log.traceId()).put("spanId", log.spanId());
        told.set("attributes", attributes(log.attributes()));
        told.set("body", attributes(log.body()));
        return told;
    }

    private static ObjectNode attributes(Map<String, AttributeValue> attributes) {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        attributes.forEach((name, value) -> told.set(name, JSON.valueToTree(value.plain())));
        return told;
    }

    private static String time(long nanos) {
        return Nanos.toInstant(nanos).toString();
    }

    /** What JSON has no value for (a time, a duration, bytes) is text. */
    private static JsonNode value(Object value) {
        if (value instanceof JsonNode node) {
            return node;
        }
        if (value == Nothing.NULL) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (value instanceof Iterable<?> items) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> list.add(value(item)));
            return list;
        }
        boolean itself = value instanceof Number || value instanceof Boolean || value instanceof String;
        return JSON.valueToTree(itself ? value : String.valueOf(value));
    }
}
