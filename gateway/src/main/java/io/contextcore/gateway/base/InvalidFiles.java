package io.contextcore.gateway.base;

import java.util.List;
import java.util.stream.Collectors;

/** Files that a person wrote (settings, mappings, …) cannot be used; carries every problem found. */
public final class InvalidFiles extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidFiles(List<Problem> problems) {
        super(problems.stream().map(Problem::render).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
