package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.Optional;

/** Compiles the expressions of files. Used while loading, by one thread. */
public final class ExpressionCompiler {

    private final Library library;

    public ExpressionCompiler(Library library) {
        this.library = library;
    }

    /** A scalar that is an expression: {@code when:}, {@code vars:}, {@code derive:}. Errors are added to the problems. */
    public Optional<Compiled> expression(YamlScalar scalar, Variables variables, Problems problems) {
        problems.add(
                scalar.location(),
                "expressions are not built yet " + library.tables().size());
        return Optional.empty();
    }

    /**
     * A scalar that may hold {@code ${…}}: exactly one and nothing else keeps the expression's type; with text around it
     * becomes a string; none at all is a constant. {@code $${} writes a literal {@code ${}.
     */
    public Optional<Compiled> template(YamlScalar scalar, Variables variables, Problems problems) {
        return expression(scalar, variables, problems);
    }
}
