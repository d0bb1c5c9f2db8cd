package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.SendForm;
import io.contextcore.gateway.yaml.ApiVersion;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlReader;
import io.contextcore.gateway.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code send:} of the kinds' files. The rest of these files is the program's. */
final class SenderGuides {

    private static final String KIND = "kind";

    private final Problems problems;

    private SenderGuides(Problems problems) {
        this.problems = problems;
    }

    /** The guides of all kinds under the folders, by path; what is wrong is added to the problems. */
    static List<SenderGuide> read(List<Path> folders, Problems problems) {
        SenderGuides reader = new SenderGuides(problems);
        List<SenderGuide> guides = new ArrayList<>();
        for (Path folder : folders) {
            for (Path file : reader.files(folder)) {
                reader.guide(file).ifPresent(guides::add);
            }
        }
        return guides;
    }

    private List<Path> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".yaml")
                            && !file.toString().endsWith(".test.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(
                    ErrorCode.UNREADABLE,
                    Location.file(folder.toString()),
                    "the folder cannot be read (expected: a folder of mappings)");
            return List.of();
        }
    }

    private Optional<SenderGuide> guide(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            problems.add(
                    ErrorCode.UNREADABLE,
                    Location.file(file.toString()),
                    "cannot be read (expected: a mapping file in UTF-8)");
            return Optional.empty();
        }
        if (!text.startsWith(KIND + ":") && !text.contains("\n" + KIND + ":")) {
            return Optional.empty();
        }
        return YamlReader.read(file.toString(), text, problems).flatMap(root -> guide(file, root));
    }

    private Optional<SenderGuide> guide(Path file, YamlNode root) {
        Optional<YamlMapping.Entry> head =
                root instanceof YamlMapping mapping ? ApiVersion.head(mapping) : Optional.empty();
        if (head.isEmpty()
                || !head.get().key().text().equals(KIND)
                || !(head.get().value() instanceof YamlScalar kind)) {
            return Optional.empty();
        }
        Optional<Fields> send =
                ((YamlMapping) root).get("send").flatMap(node -> Fields.of(node, SendForm.FORM, problems));
        return Optional.of(send.map(fields -> guide(file, kind.text(), fields)).orElse(SenderGuide.none(kind.text())));
    }

    private SenderGuide guide(Path file, String kind, Fields fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        Field given = fields.get("headers");
        if (given.isPresent()) {
            given.entries()
                    .forEach(entry -> entry.value()
                            .scalar()
                            .ifPresent(value -> headers.put(entry.key(), checked(value, Placeholders.PAYLOAD))));
        }
        Field example = fields.get("example");
        Optional<Fields> parts = example.isPresent() ? example.fields(SendForm.EXAMPLE) : Optional.empty();
        Path payload = parts.flatMap(part -> part.get("file").text())
                .map(name -> file.resolveSibling(name))
                .orElse(null);
        String event = parts.flatMap(part -> part.get("event").text()).orElse("");
        if (payload != null && !Files.isRegularFile(payload)) {
            example.problem(ErrorCode.UNREADABLE, "there is no file " + payload);
        }
        Field hints = fields.get("hints");
        List<String> lines = hints.isPresent()
                ? hints.scalars().stream()
                        .map(line -> checked(line, Placeholders.HINT))
                        .toList()
                : List.of();
        return new SenderGuide(kind, headers, payload, event, lines);
    }

    private String checked(YamlScalar text, List<String> known) {
        Placeholders.unknown(text.text(), known)
                .ifPresent(problem -> problems.add(ErrorCode.UNKNOWN_PLACEHOLDER, text.location(), problem));
        return text.text();
    }
}
