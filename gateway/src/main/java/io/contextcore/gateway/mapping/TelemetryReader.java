package io.contextcore.gateway.mapping;

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
import java.util.ArrayList;
import java.util.List;

/** Reads the stateless spans and plain logs of a mapping file. */
final class TelemetryReader {

    private static final List<String> STATUSES = List.of("ok", "error", "unset");

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
                item.fields("a span")
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
                parts.text(fields.optional("parent_span_id"), what + ".parent_span_id", seen),
                parts.required(fields, "name", what, seen),
                fields.optional("kind").oneOf(Span.Kind.class).orElse(Span.Kind.INTERNAL),
                parts.requiredTime(fields, "start", what, seen),
                parts.requiredTime(fields, "end", what, seen),
                parts.choice(fields.optional("status"), what + ".status", seen, STATUSES),
                parts.text(fields.optional("message"), what + ".message", seen),
                reading.attributes(fields.optional("attributes"), what + ".attributes", seen),
                spanLinks(fields.optional("links"), what, seen));
        fields.done();
        return rule;
    }

    private List<SpanLinkRule> spanLinks(Field field, String what, Variables seen) {
        List<SpanLinkRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                String name = what + ".links[" + rules.size() + "]";
                item.fields("a span's link").ifPresent(fields -> {
                    rules.add(new SpanLinkRule(
                            parts.required(fields, "trace_id", name, seen),
                            parts.required(fields, "span_id", name, seen),
                            reading.attributes(fields.optional("attributes"), name + ".attributes", seen)));
                    fields.done();
                });
            }
        }
        return rules;
    }

    List<LogRule> logs(Field field) {
        List<LogRule> rules = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields("a log")
                        .map(fields -> log(fields, "logs[" + rules.size() + "]"))
                        .ifPresent(rules::add);
            }
        }
        return rules;
    }

    private LogRule log(Fields fields, String what) {
        Looped looped = parts.loop(fields, what, variables);
        Variables seen = looped.variables();
        Field of = fields.optional("of");
        LogRule rule = new LogRule(
                parts.condition(fields, what, seen),
                looped.loop(),
                parts.required(fields, "event", what, seen),
                parts.time(fields.optional("at"), what + ".at", seen),
                parts.choice(fields.optional("severity"), what + ".severity", seen, LogRule.SEVERITIES.keySet()),
                of.fields("what a log belongs to")
                        .map(owner -> owner(owner, what, seen))
                        .orElse(null),
                parts.text(fields.optional("trace_id"), what + ".trace_id", seen),
                parts.text(fields.optional("span_id"), what + ".span_id", seen),
                reading.attributes(fields.optional("attributes"), what + ".attributes", seen));
        if (of.isPresent() && (rule.traceId() != null || rule.spanId() != null)) {
            of.problem(ErrorCode.KEYS_DISAGREE, "'of' stands beside trace_id or span_id (expected one or the other)");
        }
        fields.done();
        return rule;
    }

    /** A log's owner is known by key: whose ids an alias stands for is not known here. */
    private Address owner(Fields fields, String what, Variables seen) {
        Part lifecycle = parts.lifecycle(fields.required(RuleParts.LIFECYCLE), what + ".of", seen);
        Part key = parts.required(fields, RuleParts.KEY, what + ".of", seen);
        fields.done();
        return new Address(lifecycle, key, null);
    }
}
