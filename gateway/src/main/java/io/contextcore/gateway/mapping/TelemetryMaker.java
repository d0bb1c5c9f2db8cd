package io.contextcore.gateway.mapping;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.mapping.Mapping.LogRule;
import io.contextcore.gateway.mapping.Mapping.SpanLinkRule;
import io.contextcore.gateway.mapping.Mapping.SpanRule;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.LogRecord.Severity;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.Span.SpanLink;
import io.contextcore.gateway.model.Span.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes stateless spans and plain logs of rules. */
final class TelemetryMaker {

    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");

    private final Values values;
    private final Addresses addresses;
    private final Program program;
    private final Limits limits;
    private final Delivery delivery;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private int spanCount;
    private int logCount;

    TelemetryMaker(Values values, Addresses addresses, Program program, Limits limits, Delivery delivery) {
        this.values = values;
        this.addresses = addresses;
        this.program = program;
        this.limits = limits;
        this.delivery = delivery;
    }

    private record Lane(List<Span> spans, List<LogRecord> logs) {}

    List<Emission> emissions() {
        List<Emission> emissions = new ArrayList<>(lanes.size());
        lanes.forEach(
                (traceId, lane) -> emissions.add(new Emission(traceId, delivery.source(), lane.spans(), lane.logs())));
        return emissions;
    }

    /** Spans and logs so far. */
    int count() {
        return spanCount + logCount;
    }

    void spans(SpanRule rule) {
        Loops.each(values, rule.loop(), () -> {
            if (!values.holds(rule.when())) {
                return;
            }
            if (spanCount == limits.spansPerDelivery()) {
                values.note("spans-capped");
                return;
            }
            Span span = span(rule);
            lane(span.traceId()).spans().add(span);
            spanCount++;
        });
    }

    void logs(LogRule rule) {
        Loops.each(values, rule.loop(), () -> {
            if (!values.holds(rule.when())) {
                return;
            }
            if (logCount == limits.logsPerDelivery()) {
                values.note("logs-capped");
                return;
            }
            log(rule);
            logCount++;
        });
    }

    private Span span(SpanRule rule) {
        long start = values.requiredTime(rule.start());
        long end = values.requiredTime(rule.end());
        if (end < start) {
            values.note("end-clamped");
            end = start;
        }
        return new Span(
                requiredId(rule.traceId(), TRACE_ID),
                requiredId(rule.spanId(), SPAN_ID),
                id(rule.parentSpanId(), SPAN_ID),
                values.requiredName(rule.name()),
                rule.kind(),
                start,
                end,
                values.attributes(rule.attributes()),
                List.of(),
                links(rule.links()),
                status(rule));
    }

    private Status status(SpanRule rule) {
        Part told = rule.status();
        if (told == null) {
            return Status.UNSET;
        }
        Object value = values.of(told);
        if (value instanceof Nothing || value.equals("unset")) {
            return Status.UNSET;
        }
        if (value.equals("ok")) {
            return Status.OK;
        }
        if (value.equals("error")) {
            String message = values.name(rule.message());
            return Status.error(message == null ? "" : message);
        }
        throw values.wrong(told, value, "ok, error or unset");
    }

    private List<SpanLink> links(List<SpanLinkRule> rules) {
        List<SpanLink> links = new ArrayList<>();
        for (SpanLinkRule rule : rules) {
            String traceId = id(rule.traceId(), TRACE_ID);
            String spanId = id(rule.spanId(), SPAN_ID);
            if (traceId != null && spanId != null) {
                links.add(new SpanLink(traceId, spanId, values.attributes(rule.attributes())));
            }
        }
        return links;
    }

    private void log(LogRule rule) {
        Long at = values.time(rule.at());
        Reference owner = rule.of() == null ? null : addresses.given(rule.of());
        Identity identity = owner == null || owner.alias()
                ? null
                : Identity.of(program.lifecycles().get(owner.lifecycle()), owner.name());
        String traceId = identity == null ? id(rule.traceId(), TRACE_ID) : identity.traceId();
        String spanId = identity == null ? id(rule.spanId(), SPAN_ID) : identity.spanId();
        SortedMap<String, AttributeValue> body = values.attributes(rule.attributes());
        LogRecord record = new LogRecord(
                at == null ? delivery.receivedNanos() : at,
                delivery.receivedNanos(),
                severity(rule.severity()),
                values.requiredName(rule.event()),
                traceId,
                spanId,
                indexed(body),
                body);
        String key = owner != null ? owner.name() : traceId != null ? traceId : delivery.id();
        lane(key).logs().add(record);
    }

    private Severity severity(@Nullable Part part) {
        if (part == null) {
            return Severity.INFO;
        }
        Object value = values.of(part);
        Severity severity = value instanceof String name ? LogRule.SEVERITIES.get(name) : null;
        if (severity == null) {
            throw values.wrong(part, value, "debug, info, warn or error");
        }
        return severity;
    }

    private SortedMap<String, AttributeValue> indexed(SortedMap<String, AttributeValue> body) {
        SortedMap<String, AttributeValue> indexed = new TreeMap<>();
        body.forEach((name, value) -> {
            Conventions.Attribute declared = program.conventions().byName().get(name);
            if (declared != null && declared.indexed()) {
                indexed.put(name, value);
            }
        });
        return indexed;
    }

    private String requiredId(Part part, Pattern form) {
        String id = id(part, form);
        if (id == null) {
            throw values.wrong(part, Nothing.ABSENT, "hex digits; say `when:` where there may be none");
        }
        return id;
    }

    private @Nullable String id(@Nullable Part part, Pattern form) {
        if (part == null) {
            return null;
        }
        Object value = values.of(part);
        if (value instanceof Nothing) {
            return null;
        }
        if (value instanceof String text && form.matcher(text).matches()) {
            return text;
        }
        throw values.wrong(part, value, (form == TRACE_ID ? "32" : "16") + " lower-case hex digits, not all zero");
    }

    private Lane lane(String key) {
        return lanes.computeIfAbsent(key, k -> new Lane(new ArrayList<>(), new ArrayList<>()));
    }
}
