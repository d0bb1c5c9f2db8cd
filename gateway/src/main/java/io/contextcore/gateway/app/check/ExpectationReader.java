package io.contextcore.gateway.app.check;

import io.contextcore.gateway.app.check.TestCase.Expected;
import io.contextcore.gateway.app.check.TestCase.Mode;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Vocabulary;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what a test expects. An expectation that can never fail is a problem. */
final class ExpectationReader {

    private static final String KEY = "expect";
    private final @Nullable Vocabulary vocabulary;
    private final RecordCheck check;
    private final boolean mayBeEmpty;
    private final Problems problems;

    /**
     * @param vocabulary null: not known
     * @param mayBeEmpty whether an expectation may be left out, because it is about to be written
     */
    ExpectationReader(@Nullable Vocabulary vocabulary, boolean mayBeEmpty, Problems problems) {
        this.vocabulary = vocabulary;
        this.check = new RecordCheck(vocabulary, problems);
        this.mayBeEmpty = mayBeEmpty;
        this.problems = problems;
    }

    /** One that knows no program: it finds what is wrong whatever the mappings say. */
    static ExpectationReader ofForm(boolean mayBeEmpty, Problems problems) {
        return new ExpectationReader(null, mayBeEmpty, problems);
    }

    /** The kind of a source must be one of the program's. */
    void kind(Field field) {
        Set<String> known = vocabulary == null ? null : vocabulary.kinds();
        Optional<String> kind = field.text();
        if (known != null && kind.isPresent() && !known.contains(kind.get())) {
            field.problem(
                    ErrorCode.UNKNOWN_KIND,
                    "unknown kind '" + kind.get() + "' (expected one of " + String.join(", ", new TreeSet<>(known))
                            + Nearest.hint(kind.get(), known) + ")");
        }
    }

    /**
     * What stands under {@code expect} of a case or a step.
     *
     * @param without names of records that do not count
     */
    Optional<Expected> read(Fields owner, Set<String> without) {
        Optional<YamlMapping.Entry> entry = owner.mapping().entries().stream()
                .filter(candidate -> candidate.key().text().equals(KEY))
                .findFirst();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Location key = entry.get().key().location();
        YamlNode node = entry.get().value();
        Optional<Expected> expected =
                owner.get(KEY).fields(TestForm.EXPECTED).map(fields -> expected(fields, key, node, without));
        if (expected.isPresent() && expected.get().isEmpty() && !mayBeEmpty) {
            problems.add(
                    ErrorCode.CHECKS_NOTHING,
                    node.location(),
                    "this expectation checks nothing (expected spans, logs, spanCount, logCount, ignored, rejected or reply)");
        }
        return expected;
    }

    private Expected expected(Fields fields, Location key, YamlNode node, Set<String> without) {
        String ignored = fields.get("ignored").text().orElse(null);
        String rejected = fields.get("rejected").text().orElse(null);
        YamlNode reply = fields.get("reply").node().orElse(null);
        Field equals = fields.get("equals");
        Field contains = fields.get("contains");
        oneOfThem(fields);
        if (equals.isPresent()) {
            Optional<Fields> whole = equals.fields(TestForm.EQUALS);
            List<YamlMapping> spans = whole.map(parts -> records(parts.get("spans"), TestForm.SPAN))
                    .orElse(List.of());
            List<YamlMapping> logs =
                    whole.map(parts -> records(parts.get("logs"), TestForm.LOG)).orElse(List.of());
            return new Expected(key, node, Mode.EQUALS, null, null, spans, logs, ignored, rejected, reply, without);
        }
        Optional<Fields> parts = contains.isPresent() ? contains.fields(TestForm.CONTAINS) : Optional.of(fields);
        return parts.map(telemetry -> contained(telemetry, key, node, ignored, rejected, reply, without))
                .orElse(new Expected(
                        key, node, Mode.CONTAINS, null, null, null, null, ignored, rejected, reply, without));
    }

    /** {@code equals}, {@code contains} and the keys of the latter standing alone are three ways to say it. */
    private void oneOfThem(Fields fields) {
        List<String> ways = new ArrayList<>(List.of("equals", "contains"));
        ways.removeIf(way -> !fields.isPresent(way));
        if (!ways.isEmpty()) {
            TestForm.CONTAINS.keys().stream()
                    .map(Form.Key::name)
                    .filter(fields::isPresent)
                    .forEach(ways::add);
        }
        if (ways.size() > 1) {
            problems.add(
                    ErrorCode.KEYS_DISAGREE,
                    fields.location(),
                    "'" + ways.get(1) + "' stands beside '" + ways.get(0) + "' (expected one of them)");
        }
    }

    private Expected contained(
            Fields fields,
            Location key,
            YamlNode node,
            @Nullable String ignored,
            @Nullable String rejected,
            @Nullable YamlNode reply,
            Set<String> without) {
        return new Expected(
                key,
                node,
                fields.get("exactly").flag().orElse(false) ? Mode.EXACTLY : Mode.CONTAINS,
                fields.get("spanCount").integer().orElse(null),
                fields.get("logCount").integer().orElse(null),
                fields.isPresent("spans") ? records(fields.get("spans"), TestForm.SPAN) : null,
                fields.isPresent("logs") ? records(fields.get("logs"), TestForm.LOG) : null,
                ignored,
                rejected,
                reply,
                without);
    }

    private List<YamlMapping> records(Field field, Form form) {
        List<YamlMapping> records = new ArrayList<>();
        if (field.isPresent()) {
            for (Field item : field.items()) {
                item.fields(form).ifPresent(fields -> {
                    check.check(fields);
                    records.add(fields.mapping());
                });
            }
        }
        return records;
    }
}
