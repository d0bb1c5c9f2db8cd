package io.contextcore.gateway.otlp;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Span;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A span and a log record that use everything there is. */
final class Samples {

    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    static final String SPAN = "b7ad6b7169203331";

    private Samples() {}

    static OtlpEncoder encoder(EmitMode mode) {
        return new OtlpEncoder(
                new Resource(attributes(Map.of("service.name", AttributeValue.of("contextcore")))),
                "io.contextcore.gateway",
                "0.1.0",
                conventions(),
                mode);
    }

    static Conventions conventions() {
        return new Conventions(
                Map.of("agent.id", attribute("agent.id", "gen_ai.agent.id"), "task.id", attribute("task.id", null)));
    }

    static Conventions.Attribute attribute(String name, @Nullable String twin) {
        return new Conventions.Attribute(name, Conventions.Type.STRING, List.of(), "", "stable", false, twin);
    }

    static SortedMap<String, AttributeValue> attributes(Map<String, AttributeValue> values) {
        return new TreeMap<>(values);
    }

    static Span span() {
        return new Span(
                TRACE,
                SPAN,
                "00f067aa0ba902b7",
                "task story",
                Span.Kind.INTERNAL,
                1_700_000_000_000_000_001L,
                1_700_000_000_000_000_002L,
                attributes(Map.of(
                        "agent.id", AttributeValue.of("a1"),
                        "task.id", AttributeValue.of("PROJ-7"),
                        "count", AttributeValue.of(9_007_199_254_740_993L),
                        "share", new AttributeValue.Real(0.5),
                        "open", AttributeValue.of(false),
                        "labels", new AttributeValue.Texts(List.of("b", "a")))),
                List.of(new Span.Event(1_700_000_000_000_000_001L, "noted", new TreeMap<>())),
                List.of(new Span.SpanLink(
                        TRACE, "00f067aa0ba902b8", attributes(Map.of("why", AttributeValue.of("x"))))),
                Span.Status.error("blocked"));
    }

    static LogRecord log() {
        return new LogRecord(
                1_700_000_000_000_000_001L,
                1_700_000_000_500_000_000L,
                LogRecord.Severity.WARN,
                "task.blocked",
                TRACE,
                SPAN,
                attributes(Map.of("agent.id", AttributeValue.of("a1"))),
                attributes(Map.of(
                        "agent.id", AttributeValue.of("a1"),
                        "task.title", AttributeValue.of("say \"hi\"\n"),
                        "task.labels", new AttributeValue.Texts(List.of("b", "a")),
                        "task.status_code", AttributeValue.of(3),
                        "share", new AttributeValue.Real(0.5),
                        "open", AttributeValue.of(true))));
    }
}
