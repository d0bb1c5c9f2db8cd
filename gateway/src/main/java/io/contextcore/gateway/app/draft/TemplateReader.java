package io.contextcore.gateway.app.draft;

import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.DraftForm;
import io.contextcore.gateway.yaml.ApiVersion;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlNode;
import io.contextcore.gateway.yaml.YamlReader;
import io.contextcore.gateway.yaml.YamlScalar;
import io.contextcore.gateway.yaml.YamlSequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code draft:} of the lifecycles' files. The rest of these files is the program's. */
public final class TemplateReader {

    private static final String LIFECYCLE = "lifecycle";

    private TemplateReader() {}

    /** The templates of a folder that a program was made of, by path; what is wrong is added to the problems. */
    public static List<Template> read(Path folder, Problems problems) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(".yaml") && Files.isRegularFile(file))
                    .sorted()
                    .map(file -> template(file, problems))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Template> template(Path file, Problems problems) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!text.contains("\n" + LIFECYCLE + ":")) {
            return Optional.empty();
        }
        return YamlReader.read(file.toString(), text, problems)
                .filter(YamlMapping.class::isInstance)
                .map(YamlMapping.class::cast)
                .flatMap(root -> template(root, problems));
    }

    private static Optional<Template> template(YamlMapping root, Problems problems) {
        Optional<YamlMapping.Entry> head = ApiVersion.head(root);
        YamlNode draft = root.get("draft").orElse(null);
        if (head.isEmpty()
                || !head.get().key().text().equals(LIFECYCLE)
                || !(head.get().value() instanceof YamlScalar name)
                || !(draft instanceof YamlSequence rules)) {
            return Optional.empty();
        }
        List<Template.Rule> read = new ArrayList<>();
        rules.items()
                .forEach(item -> Fields.of(item, DraftForm.RULE, problems).ifPresent(rule -> read.add(rule(rule))));
        return Optional.of(new Template(name.text(), read));
    }

    private static Template.Rule rule(Fields fields) {
        Map<String, String> words = new LinkedHashMap<>();
        Field given = fields.get("words");
        if (given.isPresent()) {
            given.entries().forEach(entry -> entry.value().text().ifPresent(text -> words.put(entry.key(), text)));
        }
        return new Template.Rule(
                fields.get("attribute").text().orElse(""),
                fields.isPresent("from") ? fields.get("from").texts() : List.of(),
                words,
                fields.isPresent("else")
                        ? fields.get("else").scalar().map(YamlScalar::text).orElse(null)
                        : null,
                fields.get("project").flag().orElse(false),
                fields.get("needed").flag().orElse(false));
    }
}
