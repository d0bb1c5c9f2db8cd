package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.app.check.TestCase.Expected;
import io.contextcore.gateway.app.check.TestCase.Mode;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a failed expectation must say so that it holds. It keeps its mode and says no more than before: records name the
 * fields that they named. One that said nothing becomes a whole one.
 */
final class Renewal {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String CONTAINS = "contains";

    private Renewal() {}

    /**
     * The kind of what came out, as a test file says it, if it is another than is expected: telemetry is no rejection. That
     * is for a person to decide, not to be written unasked.
     */
    static Optional<String> otherKind(Expected expected, Played played) {
        String actual = kind(played.rejected(), played.ignored());
        boolean same = expected.isEmpty() || actual.equals(kind(expected.rejected(), expected.ignored()));
        return same ? Optional.empty() : Optional.of(actual);
    }

    private static String kind(@Nullable String rejected, @Nullable String ignored) {
        return rejected != null ? "rejected" : ignored != null ? "ignored" : "spans and logs";
    }

    /** The expectation, written anew. */
    static ObjectNode of(Expected expected, Played played) {
        ObjectNode renewed = telemetry(expected, played);
        YamlNode reply = expected.reply();
        if (reply != null) {
            JsonNode actual = played.reply(reply);
            renewed.set("reply", actual.isMissingNode() ? JSON.nullNode() : actual);
        }
        return renewed;
    }

    private static ObjectNode telemetry(Expected expected, Played played) {
        ObjectNode renewed = JSON.objectNode();
        if (played.rejected() != null) {
            return renewed.put("rejected", played.rejected());
        }
        if (played.ignored() != null) {
            return renewed.put("ignored", played.ignored());
        }
        if (expected.reply() != null && saysNothingOfTelemetry(expected) && expected.mode() != Mode.EQUALS) {
            return renewed;
        }
        if (expected.mode() == Mode.EQUALS || saysNothingOfTelemetry(expected)) {
            ObjectNode whole = renewed.putObject("equals");
            whole.set("spans", all(expected.counted(played.seen().spans())));
            whole.set("logs", all(expected.counted(played.seen().logs())));
            return renewed;
        }
        boolean named = expected.node() instanceof YamlMapping mapping
                && mapping.get(CONTAINS).isPresent();
        contained(named ? renewed.putObject(CONTAINS) : renewed, expected, played);
        return renewed;
    }

    /**
     * The values that must change, where nothing else must: each is the value of a field of a record. Empty: the expectation
     * has to be written anew as a whole.
     */
    static List<Difference> values(Expected expected, Played played) {
        List<Difference> values = new ArrayList<>();
        boolean only = !expected.isEmpty()
                && expected.rejected() == null
                && expected.ignored() == null
                && expected.reply() == null
                && played.rejected() == null
                && played.ignored() == null
                && counts(expected.spanCount(), expected.counted(played.seen().spans()))
                && counts(expected.logCount(), expected.counted(played.seen().logs()))
                && values(expected, expected.spans(), played.seen().spans(), values)
                && values(expected, expected.logs(), played.seen().logs(), values);
        return only ? values : List.of();
    }

    private static boolean values(
            Expected expected, @Nullable List<YamlMapping> records, List<JsonNode> actual, List<Difference> values) {
        if (records == null) {
            return true;
        }
        Matching matching = Matching.of(records, actual, expected.mode() == Mode.EQUALS);
        matching.pairs().forEach(pair -> values.addAll(pair.differences()));
        return (expected.mode() == Mode.CONTAINS
                        || expected.counted(matching.others()).isEmpty())
                && matching.pairs().stream().allMatch(pair -> pair.actual() != null)
                && values.stream().allMatch(difference -> difference.written() != null);
    }

    private static boolean counts(@Nullable Integer expected, List<JsonNode> actual) {
        return expected == null || expected == actual.size();
    }

    private static boolean saysNothingOfTelemetry(Expected expected) {
        return expected.spans() == null
                && expected.logs() == null
                && expected.spanCount() == null
                && expected.logCount() == null;
    }

    private static void contained(ObjectNode to, Expected expected, Played played) {
        if (expected.mode() == Mode.EXACTLY) {
            to.put("exactly", true);
        }
        if (expected.spanCount() != null) {
            to.put("spanCount", expected.counted(played.seen().spans()).size());
        }
        if (expected.logCount() != null) {
            to.put("logCount", expected.counted(played.seen().logs()).size());
        }
        records(to, "span", expected, expected.spans(), played.seen().spans());
        records(to, "log", expected, expected.logs(), played.seen().logs());
    }

    private static void records(
            ObjectNode to, String signal, Expected whole, @Nullable List<YamlMapping> expected, List<JsonNode> actual) {
        if (expected == null) {
            return;
        }
        Matching matching = Matching.of(expected, actual, false);
        ArrayNode records = JSON.arrayNode();
        for (Matching.Pair pair : matching.pairs()) {
            JsonNode found = pair.actual();
            if (found != null) {
                Set<YamlNode> wrong = pair.differences().stream()
                        .map(Difference::written)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                records.add(named(pair.expected(), found, wrong));
            }
        }
        if (whole.mode() == Mode.EXACTLY) {
            whole.counted(matching.others()).forEach(other -> records.add(identified(other)));
        }
        if (records.isEmpty() && whole.mode() == Mode.CONTAINS) {
            to.put(signal + "Count", whole.counted(actual).size());
        } else {
            to.set(signal + "s", records);
        }
    }

    /** The fields that the record names, with the values that came out. */
    private static ObjectNode named(YamlMapping expected, JsonNode actual, Set<YamlNode> wrong) {
        ObjectNode record = JSON.objectNode();
        for (YamlMapping.Entry field : expected.entries()) {
            String name = field.key().text();
            JsonNode value = actual.path(name);
            if (field.value() instanceof YamlMapping fields && value.isObject()) {
                record.set(name, named(fields, value, wrong));
            } else if (isWrong(field.value(), wrong)) {
                record.set(name, value.isMissingNode() ? JSON.nullNode() : value);
            } else {
                record.set(name, YamlJson.of(field.value()));
            }
        }
        return record;
    }

    private static boolean isWrong(YamlNode node, Set<YamlNode> wrong) {
        return wrong.contains(node)
                || (node instanceof YamlSequence sequence
                        && sequence.items().stream().anyMatch(item -> isWrong(item, wrong)))
                || (node instanceof YamlMapping mapping
                        && mapping.entries().stream().anyMatch(entry -> isWrong(entry.value(), wrong)));
    }

    /** Enough to tell a record from others. */
    private static ObjectNode identified(JsonNode actual) {
        ObjectNode record = JSON.objectNode();
        for (String name : List.of("name", "start", "end", "event", "time")) {
            if (actual.has(name)) {
                record.set(name, actual.get(name));
            }
        }
        return record;
    }

    private static ArrayNode all(List<JsonNode> actual) {
        ArrayNode records = JSON.arrayNode();
        actual.forEach(record -> records.add(filled(record)));
        return records;
    }

    /** Without what is empty: in a whole record what is not written is not there. */
    private static JsonNode filled(JsonNode value) {
        if (value.isArray()) {
            ArrayNode items = JSON.arrayNode();
            value.forEach(item -> items.add(filled(item)));
            return items;
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode inner = filled(member.getValue());
            if (!inner.isNull() && !(inner.isContainerNode() && inner.isEmpty())) {
                object.set(member.getKey(), inner);
            }
        }
        return object;
    }
}
