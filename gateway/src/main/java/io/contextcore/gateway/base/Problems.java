package io.contextcore.gateway.base;

import java.util.ArrayList;
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

    public void add(Location location, String message) {
        List<String> lines = sources.getOrDefault(location.file(), List.of());
        String line = location.line() > 0 && location.line() <= lines.size() ? lines.get(location.line() - 1) : null;
        found.add(new Problem(location, message, line));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All problems by file, then place. */
    public List<Problem> all() {
        return found.stream()
                .sorted(Comparator.comparing((Problem p) -> p.location().file())
                        .thenComparing(p -> p.location().line())
                        .thenComparing(p -> p.location().column()))
                .toList();
    }

    /** @throws InvalidFiles if any problem was found */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidFiles(all());
        }
    }
}
