package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Vocabulary;
import io.contextcore.gateway.otlp.OtlpEncoder;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlScalar;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds in expected spans and logs what no span and no log can have. */
final class RecordCheck {

    /**
     * What a field may hold.
     *
     * @param words all that there are; empty: the predicate says
     */
    private record Rule(String expected, List<String> words, Predicate<String> fits) {

        static Rule words(String... words) {
            return new Rule("one of " + String.join(", ", words), List.of(words), List.of(words)::contains);
        }

        static Rule of(String expected, Predicate<String> fits) {
            return new Rule(expected, List.of(), fits);
        }
    }

    private static final Rule TIME = Rule.of("a time, RFC 3339: 2026-03-02T10:00:00Z", RecordCheck::isTime);
    private static final Rule SPAN_ID = Rule.of("16 hex digits, small letters", id -> id.matches("[0-9a-f]{16}"));
    private static final Rule TEXT = Rule.of("a text", text -> true);

    private static final Map<String, Rule> RULES = new TreeMap<>(Map.ofEntries(
            Map.entry("name", TEXT),
            Map.entry("event", TEXT),
            Map.entry("message", TEXT),
            Map.entry("traceId", Rule.of("32 hex digits, small letters", id -> id.matches("[0-9a-f]{32}"))),
            Map.entry("spanId", SPAN_ID),
            Map.entry("parentSpanId", SPAN_ID),
            Map.entry("start", TIME),
            Map.entry("end", TIME),
            Map.entry("time", TIME),
            Map.entry("observed", TIME),
            Map.entry("kind", Rule.words("INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER")),
            Map.entry("status", Rule.words("UNSET", "OK", "ERROR")),
            Map.entry("severity", Rule.words("DEBUG", "INFO", "WARN", "ERROR"))));

    private static final Map<String, Form> PARTS = Map.of("events", TestForm.EVENT, "links", TestForm.LINK);
    private static final Set<String> ATTRIBUTES = Set.of("attributes", "body");

    private final @Nullable Set<String> attributes;
    private final Problems problems;

    /** @param vocabulary null: not known, any name may be that of an attribute */
    RecordCheck(@Nullable Vocabulary vocabulary, Problems problems) {
        this.attributes = vocabulary == null ? null : vocabulary.attributes();
        this.problems = problems;
    }

    /** What is wrong in a span, a log, or a part of one is added to the problems. */
    void check(Fields record) {
        for (YamlMapping.Entry entry : record.mapping().entries()) {
            String name = entry.key().text();
            Rule rule = RULES.get(name);
            Form part = PARTS.get(name);
            if (rule != null) {
                field(name, entry.value(), rule);
            } else if (part != null) {
                for (Field item : record.get(name).items()) {
                    item.fields(part).ifPresent(this::check);
                }
            } else if (ATTRIBUTES.contains(name) && entry.value() instanceof YamlMapping values) {
                values.entries().forEach(this::attribute);
            }
        }
    }

    private void field(String name, YamlNode value, Rule rule) {
        JsonNode written = YamlJson.of(value);
        if (written.isNull() || (written.isTextual() && rule.fits().test(written.textValue()))) {
            return;
        }
        String shown = value instanceof YamlScalar scalar ? "'" + scalar.text() + "'" : "this";
        String quotes = value instanceof YamlScalar && !written.isTextual() ? ", in quotes" : "";
        String hint = value instanceof YamlScalar scalar ? Nearest.hint(scalar.text(), rule.words()) : "";
        problems.add(
                rule.words().isEmpty() ? ErrorCode.WRONG_TYPE : ErrorCode.NOT_ALLOWED,
                value.location(),
                name + ": " + shown + " does not fit (expected " + rule.expected() + quotes + hint + ")");
    }

    /** That an attribute is not there says something only of one that could be there. */
    private void attribute(YamlMapping.Entry value) {
        String name = value.key().text();
        if (attributes == null || attributes.contains(name) || name.equals(OtlpEncoder.EVENT_NAME)) {
            return;
        }
        boolean absent = YamlJson.of(value.value()).isNull();
        problems.add(
                absent ? ErrorCode.CHECKS_NOTHING : ErrorCode.UNKNOWN_ATTRIBUTE,
                value.key().location(),
                (absent ? "'" + name + "' is never there, so this checks nothing" : "unknown attribute '" + name + "'")
                        + " (expected a name of the conventions" + Nearest.hint(name, attributes) + ")");
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
