package io.contextcore.gateway.app.check;

import static io.contextcore.gateway.yaml.Form.Key.optional;
import static io.contextcore.gateway.yaml.Form.Key.required;

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
import io.contextcore.gateway.yaml.Form;
import io.contextcore.gateway.yaml.Shape;
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

    private static final List<Form.Key> SENT = List.of(
            optional("headers", Shape.map(Shape.TEMPLATE), "headers of the request"),
            optional("body", Shape.ANYTHING, "the payload, as YAML that becomes JSON"),
            optional("file", Shape.TEXT, "the payload in a file, relative to this one"),
            optional("received", Shape.TEMPLATE, "when it came in, RFC 3339; default a second after the one before"));

    private static final Form EARLIER = Form.of("an earlier delivery").with(SENT);

    private static final Form EXPECTED = Form.of(
            "an expectation",
            optional("exactly", Shape.FLAG, "whether nothing else may come out; default false"),
            optional("spanCount", Shape.whole(0, Integer.MAX_VALUE), "how many spans come out"),
            optional("logCount", Shape.whole(0, Integer.MAX_VALUE), "how many logs come out"),
            optional(
                    "spans",
                    Shape.list(Shape.ANYTHING),
                    "spans that must be found; what one does not name is not compared"),
            optional(
                    "logs",
                    Shape.list(Shape.ANYTHING),
                    "logs that must be found; what one does not name is not compared"),
            optional("ignored", Shape.TEXT, "why no mapping wanted it"),
            optional("rejected", Shape.TEXT, "why it was refused or is a dead letter"));

    private static final Form TEST = Form.of(
                    "a test",
                    required("name", Shape.TEXT, "unique in the file"),
                    optional("source", Shape.TEXT, "name of the source; default the kind"),
                    optional(
                            "before",
                            Shape.list(Shape.of(EARLIER)),
                            "earlier deliveries; what they make is not compared"))
            .with(SENT)
            .with(
                    optional("until", Shape.TEMPLATE, "timers that are due up to then run too, RFC 3339"),
                    required("expect", Shape.of(EXPECTED), "what must come out"));

    static final Form FORM = Form.of(
            "a test file",
            ApiVersion.DECLARED,
            required("kind", Shape.TEXT, "kind of the source that all tests of this file use"),
            optional("projects", Shape.map(Shape.TEMPLATE), "project table of the source"),
            required("tests", Shape.list(Shape.of(TEST)), "the cases"));

    private final Path file;
    private final Problems problems;

    private TestFileReader(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    static Optional<TestCase.File> read(Path file, Problems problems) {
        try {
            return YamlReader.read(file.toString(), Files.readString(file), problems)
                    .flatMap(root -> Fields.of(root, FORM, problems))
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
        Optional<String> kind = fields.get("kind").text();
        Map<String, String> projects = texts(fields.get("projects"));
        List<TestCase> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Field item : fields.get("tests").items()) {
            item.fields(TEST).flatMap(test -> test(test, kind.orElse(""))).ifPresent(test -> {
                if (!names.add(test.name())) {
                    problems.add(
                            ErrorCode.DUPLICATE_NAME,
                            test.at(),
                            "another test has the name '" + test.name() + "' (expected: unique names)");
                }
                cases.add(test);
            });
        }
        return kind.map(name -> new TestCase.File(name, projects, cases));
    }

    private Optional<TestCase> test(Fields fields, String kind) {
        Optional<String> name = fields.get("name").text();
        String source = fields.get("source").text().orElse(kind);
        List<Sent> before = new ArrayList<>();
        long next = FIRST_RECEIPT;
        Field earlier = fields.get("before");
        for (Field item : earlier.isPresent() ? earlier.items() : List.<Field>of()) {
            Optional<Fields> sent = item.fields(EARLIER);
            if (sent.isPresent()) {
                before.add(sent(sent.get(), next));
                next = before.get(before.size() - 1).received() + SECOND;
            }
        }
        Sent delivery = sent(fields, next);
        Long until = time(fields.get("until"));
        Optional<Expected> expected = fields.get("expect").fields(EXPECTED).map(this::expected);
        return name.isEmpty() || expected.isEmpty()
                ? Optional.empty()
                : Optional.of(new TestCase(
                        fields.location(), name.get(), source, List.copyOf(before), delivery, until, expected.get()));
    }

    private Sent sent(Fields fields, long defaultReceipt) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.putAll(texts(fields.get("headers")));
        Field body = fields.get("body");
        Field payload = fields.get("file");
        Long received = time(fields.get("received"));
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
        boolean exactly = fields.get("exactly").flag().orElse(false);
        Integer spanCount = fields.get("spanCount").integer().orElse(null);
        Integer logCount = fields.get("logCount").integer().orElse(null);
        List<Record> spans = records(fields.get("spans"));
        List<Record> logs = records(fields.get("logs"));
        String ignored = fields.get("ignored").text().orElse(null);
        String rejected = fields.get("rejected").text().orElse(null);
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
