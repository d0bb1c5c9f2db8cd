package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.Told;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as a person reads them, one line each. */
final class Shown {

    private static final int MOST_CHARS = 160;

    private Shown() {}

    /** The value of an expression. */
    static String value(Object value) {
        if (value instanceof Nothing nothing) {
            return nothing.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof String text) {
            return cut("\"" + text + "\"");
        }
        return cut(value instanceof JsonNode node ? node.toString() : String.valueOf(value));
    }

    static String time(@Nullable Long nanos) {
        return nanos == null ? "unknown" : Nanos.toInstant(nanos).toString();
    }

    static Map<String, String> signal(Signal signal) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("at", time(signal.at()));
        put(lines, "start", signal.start() == null ? null : time(signal.start()));
        put(lines, "since", signal.since() == null ? null : time(signal.since()));
        put(lines, "end", told(signal.end() == null ? null : new Told<>(endText(signal.end()))));
        put(lines, "outcome", told(signal.outcome()));
        put(
                lines,
                "parent",
                signal.parent() == null ? null : reference(signal.parent().value()));
        signal.attributes().forEach((name, value) -> lines.put(name, attribute(value.value())));
        signal.sets().forEach((name, members) -> lines.put(name, members.toString()));
        put(
                lines,
                "aliases",
                signal.aliases().isEmpty() ? null : signal.aliases().toString());
        signal.links()
                .forEach(link -> lines.put(
                        "link to " + reference(link.target()),
                        link.attributes().keySet().toString()));
        return lines;
    }

    /** What a row holds, name by name: comparing two of these shows what a step changed. */
    static Map<String, String> row(@Nullable Row row) {
        Map<String, String> lines = new LinkedHashMap<>();
        if (row instanceof Row.Alias alias) {
            lines.put("alias of", reference(alias.owner()));
            lines.put("waiting signals", Integer.toString(alias.waiting().size()));
        } else if (row instanceof Instance instance) {
            instance(instance, lines);
        }
        return lines;
    }

    private static void instance(Instance instance, Map<String, String> lines) {
        lines.put("stage", instance.stage().name().toLowerCase(Locale.ROOT) + (instance.adopted() ? ", adopted" : ""));
        lines.put("generation", Integer.toString(instance.generation()));
        put(lines, "start", instance.start() == null ? null : time(instance.start()));
        put(lines, "ended", instance.endedAt() == null ? null : time(instance.endedAt()));
        put(lines, "outcome", cell(instance.outcome()));
        Cell<Reference> parent = instance.parent();
        put(lines, "parent", parent == null ? null : reference(parent.value()));
        instance.attributes().forEach((name, cell) -> lines.put(name, attribute(cell.value())));
        instance.sets().forEach((name, members) -> {
            Map<String, Boolean> in = new LinkedHashMap<>();
            members.forEach((member, cell) -> in.put(member, Boolean.TRUE.equals(cell.value())));
            lines.put(name, in.toString());
        });
        instance.derived().forEach((name, value) -> lines.put(name + " (derived)", attribute(value)));
        Instance.Phase phase = instance.phase();
        put(lines, "phase", phase == null ? null : phase.value() + " since " + time(phase.start()));
        put(
                lines,
                "aliases",
                instance.aliases().isEmpty() ? null : instance.aliases().toString());
        instance.timers()
                .due()
                .forEach((purpose, due) -> lines.put("timer " + purpose.name().toLowerCase(Locale.ROOT), time(due)));
    }

    static Map<String, String> span(Span span) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(
                "ids",
                "trace " + span.traceId() + ", span " + span.spanId()
                        + (span.parentSpanId() == null ? "" : ", parent " + span.parentSpanId()));
        lines.put("time", time(span.start()) + (span.end() == span.start() ? "" : " to " + time(span.end())));
        if (span.status().code() != Span.Status.Code.UNSET) {
            lines.put("status", span.status().code() + " " + span.status().message());
        }
        span.attributes().forEach((name, value) -> lines.put(name, attribute(value)));
        span.events().forEach(event -> lines.put("event " + event.name(), time(event.time())));
        span.links().forEach(link -> lines.put("link", "trace " + link.traceId() + ", span " + link.spanId()));
        return lines;
    }

    static Map<String, String> log(LogRecord log) {
        Map<String, String> lines = new LinkedHashMap<>();
        put(lines, "ids", log.traceId() == null ? null : "trace " + log.traceId() + ", span " + log.spanId());
        lines.put("time", time(log.time()));
        lines.put("severity", log.severity().name());
        log.body().forEach((name, value) -> lines.put(name, attribute(value)));
        return lines;
    }

    static String reference(@Nullable Reference reference) {
        return reference == null
                ? "nothing"
                : reference.lifecycle() + (reference.alias() ? " alias " : " ") + reference.name();
    }

    private static @Nullable String endText(Told<Long> end) {
        return end.value() == null ? null : time(end.value());
    }

    private static @Nullable String told(@Nullable Told<String> told) {
        return told == null ? null : told.value() == null ? "nothing" : told.value();
    }

    private static @Nullable String cell(@Nullable Cell<String> cell) {
        return cell == null ? null : cell.value();
    }

    private static String attribute(@Nullable AttributeValue value) {
        return value == null ? "nothing" : value(value.plain());
    }

    private static void put(Map<String, String> lines, String name, @Nullable String value) {
        if (value != null) {
            lines.put(name, value);
        }
    }

    private static String cut(String text) {
        String line = text.replace("\n", "\\n");
        return line.length() <= MOST_CHARS
                ? line
                : line.substring(0, MOST_CHARS) + "… (" + line.length() + " characters)";
    }
}
