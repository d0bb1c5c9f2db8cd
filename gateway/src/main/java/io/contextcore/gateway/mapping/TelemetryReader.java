package io.contextcore.gateway.mapping;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.expression.Variables;
import io.contextcore.gateway.mapping.Mapping.Address;
import io.contextcore.gateway.mapping.Mapping.LogRule;
import io.contextcore.gateway.mapping.Mapping.SpanLinkRule;
import io.contextcore.gateway.mapping.Mapping.SpanRule;
import io.contextcore.gateway.mapping.RuleParts.Looped;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
import java.util.ArrayList;
import java.util.List;

/** Reads the stateless spans and plain logs of a mapping file. */
final class TelemetryReader {

    private static final List<String> STATUSES = List.of("ok", "error", "unset");

    private static final Form SPAN_LINK = Form.of(
            "a span's link",
            required("trace_id", Shape.TEMPLATE, "trace of the other span: 32 hex digits"),
            required("span_id", Shape.TEMPLATE, "the other span: 16 hex digits"),
            RuleParts.ATTRIBUTES);

    static final Form SPAN = Form.of("a span", RuleParts.WHEN)
            .with(RuleParts.LOOP)
            .with(
                    required("trace_id", Shape.TEMPLATE, "32 hex digits"),
                    required("span_id", Shape.TEMPLATE, "16 hex digits"),
                    optional("parent_span_id", Shape.TEMPLATE, "16 hex digits; without it the span is a root"),
                    required("name", Shape.TEMPLATE, "name of the span"),
                    optional("kind", Shape.words(Span.Kind.class), "kind of the span; default internal"),
                    required("start", Shape.TEMPLATE, "when it began"),
                    required("end", Shape.TEMPLATE, "when it ended"),
                    optional("status", Shape.TEMPLATE, "ok, error or unset"),
                    optional("message", Shape.TEMPLATE, "what went wrong, of a span with an error"),
                    RuleParts.ATTRIBUTES,
                    optional("links", Shape.list(Shape.of(SPAN_LINK)), "other spans that it has to do with"));

    private static final Form OWNER = Form.of(
            "what a log belongs to",
            required(RuleParts.LIFECYCLE, Shape.TEMPLATE, "name of the lifecycle"),
            required(RuleParts.KEY, Shape.TEMPLATE, "key of the instance"));

    static final Form LOG = Form.of("a log", RuleParts.WHEN)
            .with(RuleParts.LOOP)
            .with(
                    required("event", Shape.TEMPLATE, "name of the event"),
                    optional("at", Shape.TEMPLATE, "when it happened; default the receipt"),
                    optional("severity", Shape.TEMPLATE, "debug, info, warn or error; default info"),
                    optional("of", Shape.of(OWNER), "the instance that it belongs to"),
                    optional("trace_id", Shape.TEMPLATE, "32 hex digits, instead of `of`"),
                    optional("span_id", Shape.TEMPLATE, "16 hex digits, instead of `of`"),
                    RuleParts.ATTRIBUTES);

    private final Reading reading;
    private final RuleParts parts;
    private final Variables variables;

    TelemetryReader(Reading reading, RuleParts parts, Variables variables) {
        this.reading = reading;
        this.parts = parts;
        this.variables = variables;
    }

    List<SpanRule> spans(Field field) {
        List<SpanRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields(SPAN)
                        .map(fields -> span(fields, "spans[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private SpanRule span(Fields fields, String what) {
        Looped looped = parts.loop(fields, what, variables);
        Variables seen = looped.variables();
        SpanRule rule = new SpanRule(
                parts.condition(fields, what, seen),
                looped.loop(),
                parts.required(fields, "trace_id", what, seen),
                parts.required(fields, "span_id", what, seen),
                parts.text(fields.get("parent_span_id"), what + ".parent_span_id", seen),
                parts.required(fields, "name", what, seen),
                fields.get("kind").oneOf(Span.Kind.class).orElse(Span.Kind.INTERNAL),
                parts.requiredTime(fields, "start", what, seen),
                parts.requiredTime(fields, "end", what, seen),
                parts.choice(fields.get("status"), what + ".status", seen, STATUSES),
                parts.text(fields.get("message"), what + ".message", seen),
                reading.attributes(fields.get("attributes"), what + ".attributes", seen),
                spanLinks(fields.get("links"), what, seen));
        return rule;
    }

    private List<SpanLinkRule> spanLinks(Field field, String what, Variables seen) {
        List<SpanLinkRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                String name = what + ".links[" + rules.size() + "]";
                item.fields(SPAN_LINK).ifPresent(fields -> {
                    rules.add(new SpanLinkRule(
                            parts.required(fields, "trace_id", name, seen),
                            parts.required(fields, "span_id", name, seen),
                            reading.attributes(fields.get("attributes"), name + ".attributes", seen)));
                });
            }
        }
        return rules;
    }

    List<LogRule> logs(Field field) {
        List<LogRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields(LOG)
                        .map(fields -> log(fields, "logs[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private LogRule log(Fields fields, String what) {
        Looped looped = parts.loop(fields, what, variables);
        Variables seen = looped.variables();
        Field of = fields.get("of");
        LogRule rule = new LogRule(
                parts.condition(fields, what, seen),
                looped.loop(),
                parts.required(fields, "event", what, seen),
                parts.time(fields.get("at"), what + ".at", seen),
                parts.choice(fields.get("severity"), what + ".severity", seen, LogRule.SEVERITIES.keySet()),
                of.fields(OWNER).map(owner -> owner(owner, what, seen)).orElse(null),
                parts.text(fields.get("trace_id"), what + ".trace_id", seen),
                parts.text(fields.get("span_id"), what + ".span_id", seen),
                reading.attributes(fields.get("attributes"), what + ".attributes", seen));
        if (of.isPresent() && (rule.traceId() != null || rule.spanId() != null)) {
            of.problem(ErrorCode.KEYS_DISAGREE, "'of' stands beside trace_id or span_id (expected one or the other)");
        }
        return rule;
    }

    /** A log's owner is known by key: whose ids an alias stands for is not known here. */
    private Address owner(Fields fields, String what, Variables seen) {
        Part lifecycle = parts.lifecycle(fields.get(RuleParts.LIFECYCLE), what + ".of", seen);
        Part key = parts.required(fields, RuleParts.KEY, what + ".of", seen);
        return new Address(lifecycle, key, null);
    }
}
