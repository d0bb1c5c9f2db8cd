package io.contextcore.gateway.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contextcore.gateway.app.Shapes;
import io.contextcore.gateway.app.check.CheckRun;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.ErrorArea;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Severity;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.EvaluationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The wrong file of a code, under {@code src/test/resources/errors}. Its first line names it. By its ending it is one of the
 * mappings ({@code .yaml}), of their tests ({@code .test.yaml}), the settings ({@code .settings.yaml}) or variables
 * ({@code .env}); the folder {@code base} holds the right files beside it.
 */
record ErrorExample(ErrorCode code, Path file, String text) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "errors");
    private static final Path BASE = FOLDER.resolve("base");
    private static final List<String> ENDINGS = List.of(".yaml", ".test.yaml", ".settings.yaml", ".env");

    static Optional<ErrorExample> of(ErrorCode code) {
        return ENDINGS.stream()
                .map(ending -> FOLDER.resolve(code.code() + ending))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> new ErrorExample(code, file, read(file)));
    }

    /** Codes that have a file, whether the catalogue knows them or not. */
    static List<String> codesWithFiles() {
        return files(FOLDER).stream()
                .map(file -> file.getFileName().toString())
                .map(name -> name.substring(0, name.indexOf('.')))
                .distinct()
                .toList();
    }

    /** What the gateway says of it, in a folder of its own. */
    List<Problem> problems(Path folder) {
        try {
            Files.createDirectories(folder);
            if (file.toString().endsWith(".env")) {
                return settings(null, folder);
            }
            if (file.toString().endsWith(".settings.yaml")) {
                return settings(write(folder), folder);
            }
            Path mappings = Files.createDirectories(folder.resolve("mappings"));
            for (Path each : files(BASE)) {
                Files.copy(each, mappings.resolve(each.getFileName()));
            }
            Program right = load(mappings);
            write(mappings);
            return mappings(mappings, right);
        } catch (InvalidFiles e) {
            return e.problems();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Problem> mappings(Path folder, Program right) {
        Program wrong = load(folder);
        Problems problems = new Problems();
        SenderGuides.read(wrong.kindFiles(), problems);
        problems.addAll(Shapes.changed(Shapes.of(right), Shapes.of(wrong)));
        problems.throwIfAny();
        if (code.area() == ErrorArea.RUN_TIME) {
            return List.of(atRunTime(wrong));
        }
        wrong.omissions().stream()
                .filter(problem -> problem.location().file().endsWith("/" + name()))
                .forEach(problem -> problems.addAll(List.of(problem)));
        if (file.toString().endsWith(".test.yaml")) {
            CheckRun.run(CheckRun.Plan.all(List.of(folder)));
        }
        return problems.all();
    }

    /** The second line holds a payload. */
    private Problem atRunTime(Program program) {
        try {
            JsonNode payload =
                    new ObjectMapper().readTree(text.lines().toList().get(1).substring(1));
            program.evaluate(new Delivery(1, "shop", "shop", "order", "shop//1", Map.of(), payload, 0));
            throw new AssertionError("no error: " + file);
        } catch (EvaluationException e) {
            Location place = Objects.requireNonNull(e.location());
            String told = e.tell().substring((place + ": " + e.code() + " ").length());
            return new Problem(e.code(), Severity.ERROR, place, told, null);
        } catch (JsonProcessingException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static Program load(Path folder) {
        return ProgramLoader.load(List.of(folder), (source, name) -> Optional.empty(), Limits.defaults());
    }

    private List<Problem> settings(@Nullable Path config, Path folder) {
        Map<String, String> variables = new HashMap<>();
        if (config == null) {
            text.lines().forEach(line -> variables.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        }
        SettingsReader.read(
                new SettingsReader.Given(config, List.of(), folder, folder, "1"), Environment.of(variables));
        return List.of();
    }

    private Path write(Path folder) throws IOException {
        return Files.writeString(folder.resolve(name()), text);
    }

    private String name() {
        return text.lines().findFirst().orElseThrow().replaceFirst("^# ", "");
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
