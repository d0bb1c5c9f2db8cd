package io.contextcore.gateway.app.check;

import io.contextcore.gateway.app.check.TestCase.Expected;
import io.contextcore.gateway.app.check.TestCase.Sent;
import io.contextcore.gateway.app.check.TestCase.Step;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.yaml.ApiVersion;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.TextFile;
import io.contextcore.gateway.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a test file. What is wrong in it is added to the problems. */
final class TestFileReader {

    private static final long FIRST_RECEIPT = Nanos.of(Instant.parse("2026-01-01T00:00:00Z"));
    private static final long SECOND = 1_000_000_000L;

    private final Path file;
    private final ExpectationReader expectations;
    private final Problems problems;
    private final Set<String> without = new TreeSet<>();

    private TestFileReader(Path file, ExpectationReader expectations, Problems problems) {
        this.file = file;
        this.expectations = expectations;
        this.problems = problems;
    }

    static Optional<TestCase.File> read(Path file, ExpectationReader expectations, Problems problems) {
        return TextFile.read(file, problems)
                .filter(TextFile::sound)
                .map(TextFile::text)
                .flatMap(text -> YamlReader.read(file.toString(), text, problems)
                        .flatMap(root -> Fields.of(root, TestForm.FILE, problems))
                        .filter(fields -> ApiVersion.check(fields.mapping(), problems))
                        .flatMap(fields -> new TestFileReader(file, expectations, problems).file(fields, text)));
    }

    private Optional<TestCase.File> file(Fields fields, String text) {
        Field kind = fields.get("kind");
        Who who = new Who(kind.text().orElse(""), null);
        if (kind.isPresent()) {
            expectations.kind(kind);
        }
        without.addAll(names(fields));
        Projects projects = Projects.of(texts(fields.get("projects")));
        List<TestCase> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Field tests = fields.get("tests");
        for (Field item : tests.items()) {
            item.fields(TestForm.TEST).flatMap(test -> test(test, who)).ifPresent(test -> {
                if (!names.add(test.name())) {
                    problems.add(
                            ErrorCode.DUPLICATE_NAME,
                            test.at(),
                            "another test has the name '" + test.name() + "' (expected: unique names)");
                }
                cases.add(test);
            });
        }
        if (tests.isPresent() && tests.items().isEmpty()) {
            tests.problem(ErrorCode.NO_TEST, "'tests' holds no test (expected one at least)");
        }
        return Optional.of(new TestCase.File(file, text, projects, cases));
    }

    /** Who sends, unless a delivery says otherwise: {@code source} null is the source named like the kind. */
    private record Who(String kind, @Nullable String source) {}

    private Optional<TestCase> test(Fields fields, Who who) {
        Optional<String> name = fields.get("name").text();
        Who sender = who(fields, who);
        List<Sent> before = new ArrayList<>();
        long next = FIRST_RECEIPT;
        Field earlier = fields.get("before");
        for (Field item : earlier.isPresent() ? earlier.items() : List.<Field>of()) {
            Optional<Fields> parts = item.fields(TestForm.EARLIER);
            if (parts.isPresent()) {
                before.add(sent(parts.get(), who(parts.get(), sender), next));
                next = before.get(before.size() - 1).received() + SECOND;
            }
        }
        List<Step> steps = steps(fields, sender, next);
        return name.isEmpty() || steps.isEmpty()
                ? Optional.empty()
                : Optional.of(new TestCase(fields.location(), name.get(), List.copyOf(before), steps));
    }

    private List<Step> steps(Fields test, Who who, long first) {
        Field field = test.get("steps");
        if (!field.isPresent()) {
            return step(test, who, first, 0, names(test)).stream().toList();
        }
        TestForm.OF_A_STEP.stream()
                .filter(test::isPresent)
                .forEach(key -> test.get(key)
                        .problem(
                                ErrorCode.KEYS_DISAGREE,
                                "'" + key + "' stands beside 'steps' (expected it in a step)"));
        List<Step> steps = new ArrayList<>();
        long next = first;
        int number = 0;
        for (Field item : field.items()) {
            number++;
            Optional<Fields> parts = item.fields(TestForm.STEP);
            Optional<Step> step = parts.isEmpty()
                    ? Optional.empty()
                    : step(parts.get(), who(parts.get(), who), next, number, names(test, parts.get()));
            if (step.isPresent()) {
                steps.add(step.get());
                next = end(step.get(), next) + SECOND;
            }
        }
        if (number == 0) {
            field.problem(ErrorCode.NO_TEST, "'steps' holds no step (expected one at least)");
        }
        return steps;
    }

    private static long end(Step step, long otherwise) {
        Long until = step.until();
        Sent delivery = step.delivery();
        return until != null ? until : delivery != null ? delivery.received() : otherwise;
    }

    private Optional<Step> step(Fields fields, Who who, long next, int number, Set<String> uncounted) {
        boolean delivers = fields.isPresent("headers") || fields.isPresent("body") || fields.isPresent("file");
        Sent delivery = delivers ? sent(fields, who, next) : null;
        Long until = time(fields.get("until"));
        if (!delivers && until == null) {
            problems.add(
                    ErrorCode.NOTHING_HAPPENS,
                    fields.location(),
                    "nothing happens here (expected headers, body or file, or until)");
        }
        Optional<Expected> expected = expectations.read(fields, uncounted);
        return expected.map(value -> new Step(number, delivery, until, value));
    }

    /** Names that do not count for any of these, nor for the file. */
    private Set<String> names(Fields... levels) {
        Set<String> names = new TreeSet<>(without);
        for (Fields level : levels) {
            Field field = level.get("without");
            if (field.isPresent()) {
                names.addAll(field.texts());
            }
        }
        return names;
    }

    private Who who(Fields fields, Who otherwise) {
        Field kind = fields.get("kind");
        Field source = fields.get("source");
        if (kind.isPresent()) {
            expectations.kind(kind);
        }
        return new Who(
                kind.isPresent() ? kind.text().orElse("") : otherwise.kind(),
                source.isPresent() ? source.text().orElse(null) : kind.isPresent() ? null : otherwise.source());
    }

    private Sent sent(Fields fields, Who sender, long defaultReceipt) {
        String source = sender.source();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.putAll(texts(fields.get("headers")));
        Field body = fields.get("body");
        Field payload = fields.get("file");
        Long received = time(fields.get("received"));
        if (body.isPresent() && payload.isPresent()) {
            payload.problem(ErrorCode.KEYS_DISAGREE, "'file' stands beside 'body' (expected one of them)");
        }
        byte[] bytes = payload.isPresent()
                ? payload.text().map(name -> bytes(payload, name)).orElse(new byte[0])
                : body.node().map(node -> StrictJson.write(YamlJson.of(node))).orElse(new byte[0]);
        return new Sent(
                fields.location(),
                sender.kind(),
                source == null ? sender.kind() : source,
                headers,
                bytes,
                received == null ? defaultReceipt : received);
    }

    private byte[] bytes(Field field, String name) {
        try {
            return Files.readAllBytes(file.resolveSibling(name));
        } catch (IOException e) {
            field.problem(
                    ErrorCode.UNREADABLE,
                    "cannot read " + file.resolveSibling(name) + " (expected: a payload, relative to this file)");
            return new byte[0];
        }
    }

    private static Map<String, String> texts(Field field) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (field.isPresent()) {
            field.entries()
                    .forEach(entry -> entry.value().scalar().ifPresent(value -> texts.put(entry.key(), value.text())));
        }
        return texts;
    }

    private static @Nullable Long time(Field field) {
        Optional<String> text = field.isPresent() ? field.scalar().map(scalar -> scalar.text()) : Optional.empty();
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Nanos.of(OffsetDateTime.parse(text.get()).toInstant());
        } catch (DateTimeParseException e) {
            field.problem(
                    ErrorCode.WRONG_TYPE, "'" + text.get() + "' is no time (expected RFC 3339: 2026-03-02T10:00:00Z)");
            return null;
        }
    }
}
