package io.contextcore.gateway.app;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a program may not change while instances live by a former one: which spans a lifecycle becomes. The data folder keeps
 * it, so that it holds after a restart too, and for a lifecycle that went and comes back.
 */
public final class Shapes {

    private final Path file;

    /** @param folder the data folder, which this process holds */
    Shapes(Path folder) {
        this.file = folder.resolve("lifecycles");
    }

    /** By name of the lifecycle: {@code anchor} or {@code span}. */
    public static Map<String, String> of(Program program) {
        Map<String, String> shapes = new TreeMap<>();
        program.lifecycles()
                .byName()
                .forEach((name, lifecycle) ->
                        shapes.put(name, lifecycle.shape().name().toLowerCase(Locale.ROOT)));
        return shapes;
    }

    /**
     * Lifecycles that would become other spans than those already sent: an anchor whose id is then used for a span would
     * be one span id for two contents.
     */
    public static List<Problem> changed(Map<String, String> former, Map<String, String> next) {
        Problems problems = new Problems();
        next.forEach((name, shape) -> {
            String was = former.getOrDefault(name, shape);
            if (!was.equals(shape)) {
                problems.add(
                        ErrorCode.SHAPE_CHANGED,
                        Location.named("lifecycle " + name),
                        "'root' was " + was + " and would be " + shape + " (expected a lifecycle of another name)");
            }
        });
        return problems.all();
    }

    /**
     * Begins to live by a program.
     *
     * @throws InvalidFiles if it changes a shape; then nothing is kept of it
     * @throws IOException if the file cannot be read or written
     */
    void keep(Program program) throws IOException {
        Map<String, String> known = known();
        Map<String, String> next = of(program);
        List<Problem> problems = changed(known, next);
        if (!problems.isEmpty()) {
            throw new InvalidFiles(problems);
        }
        Map<String, String> all = new TreeMap<>(known);
        all.putAll(next);
        if (!all.equals(known)) {
            write(all);
        }
    }

    private Map<String, String> known() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        Map<String, String> known = new TreeMap<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space < 0) {
                throw new IOException("'" + line + "' in " + file + " (expected a lifecycle and its shape)");
            }
            known.put(line.substring(0, space), line.substring(space + 1));
        }
        return known;
    }

    /** As a whole or not at all. */
    private void write(Map<String, String> shapes) throws IOException {
        String text = shapes.entrySet().stream()
                .map(shape -> shape.getKey() + " " + shape.getValue() + "\n")
                .collect(Collectors.joining());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
