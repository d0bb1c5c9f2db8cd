package io.contextcore.gateway.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Problem;
import java.util.List;

/** Problems for programs: {@code [{code, severity, title, file, line, column, message, source}]}. */
public final class ProblemsJson {

    private ProblemsJson() {}

    /** {@code line} and {@code column} are there only where the place has lines, {@code source} only where it is known. */
    public static ArrayNode of(List<Problem> problems) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        problems.forEach(problem -> list.add(of(problem)));
        return list;
    }

    private static ObjectNode of(Problem problem) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("code", problem.code().code());
        node.put("severity", problem.severity().word());
        node.put("title", problem.code().title());
        node.put("file", problem.location().file());
        if (problem.location().line() > 0) {
            node.put("line", problem.location().line());
            node.put("column", problem.location().column());
        }
        node.put("message", problem.message());
        if (problem.sourceLine() != null) {
            node.put("source", problem.sourceLine());
        }
        return node;
    }
}
