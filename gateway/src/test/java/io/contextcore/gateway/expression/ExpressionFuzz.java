package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.yaml.YamlScalar;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Any text as an expression: problems, or a value or an error of its own within the budget; the same each time. */
public final class ExpressionFuzz {

    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(Bench.LIBRARY);
    private static final String PAYLOAD =
            "{\"list\": [1, -2.5, \"a\", null, true, {\"b\": [\"c\"]}], \"text\": \"Zo\u00eb "
                    + "2026-03-02T10:00:00Z #12\", \"whole\": 9223372036854775807, \"map\": {\"a\": {\"b\": 1}}}";

    private ExpressionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        YamlScalar scalar = YamlScalar.given(new String(input, StandardCharsets.UTF_8), Location.file("f.yaml"));
        Problems problems = new Problems();
        Optional<Compiled> compiled = scalar.text().contains("${")
                ? COMPILER.template(scalar, Bench.VARIABLES, problems)
                : COMPILER.expression(scalar, Bench.VARIABLES, problems);
        if (compiled.isPresent() != problems.isEmpty()) {
            throw new AssertionError("neither a problem nor a result, or both: " + problems.all());
        }
        compiled.ifPresent(found -> {
            if (!run(found).equals(run(found))) {
                throw new AssertionError("another value the second time");
            }
        });
    }

    private static String run(Compiled compiled) {
        try {
            return String.valueOf(Bench.run(compiled, PAYLOAD, Bench.BUDGET));
        } catch (EvaluationException e) {
            return e.describe();
        }
    }
}
