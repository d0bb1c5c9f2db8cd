package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.SendForm;
import io.contextcore.gateway.yaml.ApiVersion;
import io.contextcore.gateway.yaml.Field;
import io.contextcore.gateway.yaml.Fields;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlScalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code send:} of the kinds' files. The rest of these files is the program's. */
final class SenderGuides {

    private final Problems problems;

    private SenderGuides(Problems problems) {
        this.problems = problems;
    }

    /** The guides of the kinds that the files declare; what is wrong is added to the problems. */
    static List<SenderGuide> read(List<YamlMapping> files, Problems problems) {
        SenderGuides reader = new SenderGuides(problems);
        return files.stream()
                .flatMap(root -> reader.guide(Path.of(root.location().file()), root).stream())
                .toList();
    }

    /**
     * The same of files that nothing is wrong with otherwise.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles with every problem
     */
    static List<SenderGuide> of(Program program) {
        Problems problems = new Problems();
        List<SenderGuide> guides = read(program.kindFiles(), problems);
        problems.throwIfAny();
        return guides;
    }

    /** The guide of a kind; one that says nothing if there is none. */
    static SenderGuide of(Program program, String kind) {
        return of(program).stream()
                .filter(guide -> guide.kind().equals(kind))
                .findFirst()
                .orElse(SenderGuide.none(kind));
    }

    private Optional<SenderGuide> guide(Path file, YamlMapping root) {
        return ApiVersion.head(root)
                .map(YamlMapping.Entry::value)
                .flatMap(name -> name instanceof YamlScalar kind
                        ? Optional.of(root.get("send")
                                .flatMap(node -> Fields.of(node, SendForm.FORM, problems))
                                .map(fields -> guide(file, kind.text(), fields))
                                .orElse(SenderGuide.none(kind.text())))
                        : Optional.empty());
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
