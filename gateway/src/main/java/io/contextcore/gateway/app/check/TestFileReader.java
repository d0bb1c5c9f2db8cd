package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.contextcore.gateway.app.check.TestCase.Expected;
import io.contextcore.gateway.app.check.TestCase.Record;
import io.contextcore.gateway.app.check.TestCase.Sent;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.yaml.ApiVersion;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
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
import org.jspecify.annotations.Nullable;

/** Reads a test file. What is wrong in it is added to the problems. */
final class TestFileReader {

    private static final long FIRST_RECEIPT = Nanos.of(Instant.parse("2026-01-01T00:00:00Z"));
    private static final long SECOND = 1_000_000_000L;

    private final Path file;
    private final Problems problems;

    private TestFileReader(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    static Optional<TestCase.File> read(Path file, Problems problems) {
        try {
            return YamlReader.read(file.toString(), Files.readString(file), problems)
                    .flatMap(root -> Fields.of(root, "a test file", problems))
                    .filter(fields -> ApiVersion.check(fields.mapping(), problems))
                    .flatMap(fields -> new TestFileReader(file, problems).file(fields));
        } catch (IOException e) {
            problems.add(
                    ErrorCode.UNREADABLE,
                    Location.file(file.toString()),
                    "cannot be read (expected: a test file in UTF-8)");
            return Optional.empty();
        }
    }

    private Optional<TestCase.File> file(Fields fields) {
        fields.optional(ApiVersion.KEY);
        Optional<String> kind = fields.required("kind").text();
        Map<String, String> projects = texts(fields.optional("projects"));
        List<TestCase> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Field item : fields.required("tests").items()) {
            item.fields("a test").flatMap(test -> test(test, kind.orElse(""))).ifPresent(test -> {
                if (!names.add(test.name())) {
                    problems.add(
                            ErrorCode.DUPLICATE_NAME,
                            test.at(),
                            "another test has the name '" + test.name() + "' (expected: unique names)");
                }
                cases.add(test);
            });
        }
        fields.done();
        return kind.map(name -> new TestCase.File(name, projects, cases));
    }

    private Optional<TestCase> test(Fields fields, String kind) {
        Optional<String> name = fields.required("name").text();
        String source = fields.optional("source").text().orElse(kind);
        List<Sent> before = new ArrayList<>();
        long next = FIRST_RECEIPT;
        Field earlier = fields.optional("before");
        for (Field item : earlier.isPresent() ? earlier.items() : List.<Field>of()) {
            Optional<Fields> sent = item.fields("an earlier delivery");
            if (sent.isPresent()) {
                before.add(sent(sent.get(), next));
                sent.get().done();
                next = before.get(before.size() - 1).received() + SECOND;
            }
        }
        Sent delivery = sent(fields, next);
        Long until = time(fields.optional("until"));
        Optional<Expected> expected =
                fields.required("expect").fields("an expectation").map(this::expected);
        fields.done();
        return name.isEmpty() || expected.isEmpty()
                ? Optional.empty()
                : Optional.of(new TestCase(
                        fields.location(), name.get(), source, List.copyOf(before), delivery, until, expected.get()));
    }

    private Sent sent(Fields fields, long defaultReceipt) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.putAll(texts(fields.optional("headers")));
        Field body = fields.optional("body");
        Field payload = fields.optional("file");
        Long received = time(fields.optional("received"));
        byte[] bytes = payload.isPresent()
                ? payload.text().map(name -> bytes(payload, name)).orElse(new byte[0])
                : body.node().map(node -> StrictJson.write(YamlJson.of(node))).orElse(new byte[0]);
        return new Sent(headers, bytes, received == null ? defaultReceipt : received);
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

    private Expected expected(Fields fields) {
        boolean exactly = fields.optional("exactly").flag().orElse(false);
        Integer spanCount =
                fields.optional("spanCount").integer(0, Integer.MAX_VALUE).orElse(null);
        Integer logCount =
                fields.optional("logCount").integer(0, Integer.MAX_VALUE).orElse(null);
        List<Record> spans = records(fields.optional("spans"));
        List<Record> logs = records(fields.optional("logs"));
        String ignored = fields.optional("ignored").text().orElse(null);
        String rejected = fields.optional("rejected").text().orElse(null);
        fields.done();
        return new Expected(exactly, spanCount, logCount, spans, logs, ignored, rejected);
    }

    private static @Nullable List<Record> records(Field field) {
        if (!field.isPresent()) {
            return null;
        }
        return field.items().stream()
                .map(item -> new Record(
                        item.location(), item.node().map(YamlJson::of).orElse(JsonNodeFactory.instance.objectNode())))
                .toList();
    }

    private Map<String, String> texts(Field field) {
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
