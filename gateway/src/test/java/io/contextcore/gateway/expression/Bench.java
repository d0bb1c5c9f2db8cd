package io.contextcore.gateway.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.testing.Caps;
import io.contextcore.gateway.yaml.YamlMapping;
import io.contextcore.gateway.yaml.YamlReader;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the tests of this package compile and run with. */
final class Bench {

    static final int BUDGET = 1000;
    static final int RESULT_CHARS = 1000;
    static final Library LIBRARY = new Library(
            Map.of(
                    "example.status", Map.of("To Do", "pending", "In Arbeit", "in_progress", "7", "done"),
                    "example.kind", Map.of("Bug", "bug")),
            Set.of("example.names"),
            (source, name) ->
                    source.equals("example") && name.equals("acme/shop") ? Optional.of("shop") : Optional.empty(),
            text -> text.replaceAll("password=\\w+", "password=[REDACTED]"),
            Caps.with("resultChars", RESULT_CHARS));
    static final Variables VARIABLES = Variables.none()
            .with("payload", 0)
            .with("after", 1, ValueType.MAP)
            .with("before", 2, ValueType.MAP)
            .with("event", 3, ValueType.STRING);

    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(LIBRARY);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Bench() {}

    static Object value(String expression, String payload) {
        Problems problems = new Problems();
        Optional<Compiled> compiled = COMPILER.expression(scalar(expression), VARIABLES, problems);
        return run(
                compiled.orElseThrow(() -> new AssertionError(messages(problems).toString())), payload, BUDGET);
    }

    static Object template(String template, String payload) {
        Problems problems = new Problems();
        Optional<Compiled> compiled = COMPILER.template(scalar(template), VARIABLES, problems);
        return run(
                compiled.orElseThrow(() -> new AssertionError(messages(problems).toString())), payload, BUDGET);
    }

    static Object run(Compiled compiled, String payload, int budget) {
        return compiled.expression().evaluate(scope(payload, budget));
    }

    /** As {@code ==} has it. */
    static boolean equal(Object left, Object right) {
        return Comparison.equal(left, right, new Scope(0, Integer.MAX_VALUE));
    }

    static Scope scope(String payload, int budget) {
        try {
            return new Scope(VARIABLES.byName().size(), budget)
                    .set(0, JSON.readTree(payload))
                    .set(1, Map.of("task.status", "done", "n", 3L))
                    .set(2, Map.of("task.status", "pending"))
                    .set(3, "opened");
        } catch (JsonProcessingException e) {
            throw new AssertionError(payload, e);
        }
    }

    /** What is wrong with the scalar under {@code x} of a file. */
    static List<String> problems(String yaml) {
        Problems problems = new Problems();
        YamlMapping root =
                (YamlMapping) YamlReader.read("f.yaml", yaml, problems).orElseThrow();
        YamlScalar scalar = (YamlScalar) root.get("x").orElseThrow();
        Optional<Compiled> compiled = scalar.text().contains("${")
                ? COMPILER.template(scalar, VARIABLES, problems)
                : COMPILER.expression(scalar, VARIABLES, problems);
        if (compiled.isPresent() != problems.isEmpty()) {
            throw new AssertionError("either a result or a problem: " + messages(problems));
        }
        return messages(problems);
    }

    static List<String> messages(Problems problems) {
        return problems.all().stream()
                .map(Problem::render)
                .map(text -> text.replaceFirst(": CC[0-9]{4} ", ": "))
                .toList();
    }

    static YamlScalar scalar(String text) {
        return YamlScalar.given(text, new Location("f.yaml", 1, 1));
    }
}
