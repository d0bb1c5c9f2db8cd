package io.contextcore.gateway.expression;

import io.contextcore.gateway.base.Limits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What functions need from outside, all of it fixed when the files are loaded.
 *
 * @param tables lookup tables by name: key to value; values as {@code model.Expression} yields them
 * @param facts names of the tables that deliveries are learnt into
 * @param projects (source, sender's project name) to {@code project.id}
 * @param redactor takes secrets out of a text
 * @param limits of what expressions may be and make
 */
public record Library(
        Map<String, Map<String, Object>> tables,
        Set<String> facts,
        BiFunction<String, String, Optional<String>> projects,
        UnaryOperator<String> redactor,
        Limits limits) {

    public Library {
        Map<String, Map<String, Object>> copy = new LinkedHashMap<>();
        tables.forEach((name, table) -> copy.put(name, Map.copyOf(table)));
        tables = Map.copyOf(copy);
        facts = Set.copyOf(facts);
    }
}
