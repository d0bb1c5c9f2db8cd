package io.contextcore.gateway.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects all problems of all files, so that a person sees them at once. Not thread-safe: one per load. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private final Map<String, List<String>> sources = new HashMap<>();

    /** Remembers a file's text, so that problems in it can show the line. */
    public void source(String file, String text) {
        sources.put(file, text.lines().toList());
    }

    public void add(ErrorCode code, Location location, String message) {
        found.add(problem(code, Severity.ERROR, location, message));
    }

    /** Tells of something that does not keep the files from being used. */
    public void warn(ErrorCode code, Location location, String message) {
        found.add(problem(code, Severity.WARNING, location, message));
    }

    /** Problems that others have found. */
    public void addAll(Collection<Problem> problems) {
        found.addAll(problems);
    }

    private Problem problem(ErrorCode code, Severity severity, Location location, String message) {
        List<String> lines = sources.getOrDefault(location.file(), List.of());
        String line = location.line() > 0 && location.line() <= lines.size() ? lines.get(location.line() - 1) : null;
        return new Problem(code, severity, location, message, line);
    }

    /** None yet, over the same files. */
    public Problems others() {
        Problems others = new Problems();
        others.sources.putAll(sources);
        return others;
    }

    /** Whether there is no error; there may be warnings. */
    public boolean isEmpty() {
        return found.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** All problems, warnings too, by file, then place; what two have found is told once. */
    public List<Problem> all() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing((Problem p) -> p.location().file())
                        .thenComparing(p -> p.location().line())
                        .thenComparing(p -> p.location().column()))
                .toList();
    }

    /** @throws InvalidFiles if there is an error; it carries the warnings too */
    public void throwIfAny() {
        if (!isEmpty()) {
            throw new InvalidFiles(all());
        }
    }
}
