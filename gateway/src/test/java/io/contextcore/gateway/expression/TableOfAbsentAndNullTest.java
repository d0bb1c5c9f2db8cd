package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tables of mappings/README.md are the rule: each row is read from there and evaluated. */
class TableOfAbsentAndNullTest {

    private static final Path PAGE = Path.of("..", "mappings", "README.md");
    private static final Pattern ROW = Pattern.compile("\\| [A-Z]+\\d+ \\|.*");
    private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");
    private static final int FEWEST_ROWS = 120;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Variables VARIABLES = Variables.none().with("x", 0).with("list", 1, ValueType.LIST);
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(Bench.LIBRARY);

    /** The kinds of tables, by their headings: how the cells of a row become cases. */
    private enum Kind {
        NOTHING("row | expression | `x` absent | `x` null"),
        VALUE("row | expression | `x` | result | standard CEL"),
        JSON_VALUE("row | expression | `x` in JSON | result"),
        /** Its rows are of the mapping reader; no expressions stand there. */
        PLACES("place | absent | null");

        private final String heading;

        Kind(String heading) {
            this.heading = heading;
        }

        static Kind of(String heading) {
            return Arrays.stream(values())
                    .filter(kind -> kind.heading.equals(heading))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no such table: " + heading));
        }

        List<Case> cases(List<String> cells) {
            String id = cells.get(0);
            String expression = cells.get(1);
            return switch (this) {
                case NOTHING ->
                    List.of(
                            new Case(id + " absent", expression, Nothing.ABSENT, cells.get(2)),
                            new Case(id + " null", expression, Nothing.NULL, cells.get(3)));
                case VALUE -> List.of(new Case(id, expression, value(cells.get(2), Nothing.ABSENT), cells.get(3)));
                case JSON_VALUE -> List.of(new Case(id, expression, json(cells.get(2)), cells.get(3)));
                case PLACES -> List.of();
            };
        }
    }

    /** One evaluation of a row. */
    private record Case(String name, String expression, Object x, String result) {}

    @TestFactory
    Stream<DynamicTest> everyRowHolds() {
        return cases().stream()
                .map(row -> DynamicTest.dynamicTest(row.name() + ": " + row.expression(), () -> evaluate(row)));
    }

    @Test
    void noRowIsLeftOut() {
        List<String> ids = section().stream()
                .filter(line -> ROW.matcher(line).matches())
                .map(line -> cells(line).get(0))
                .toList();
        assertTrue(ids.size() >= FEWEST_ROWS, () -> "rows: " + ids.size());
        assertEquals(
                ids,
                cases().stream().map(row -> row.name().split(" ")[0]).distinct().toList());

        TreeMap<String, List<Integer>> numbers = new TreeMap<>();
        ids.forEach(id -> numbers.computeIfAbsent(id.replaceAll("\\d", ""), letter -> new ArrayList<>())
                .add(Integer.valueOf(id.replaceAll("\\D", ""))));
        numbers.forEach((letter, rows) -> assertEquals(
                IntStream.rangeClosed(1, rows.size()).boxed().toList(), rows, () -> "numbers of the rows " + letter));
    }

    private static void evaluate(Case row) {
        if (row.result().equals("error")) {
            assertThrows(EvaluationException.class, () -> value(row.expression(), row.x()));
            return;
        }
        Object expected = value(row.result(), Nothing.ABSENT);
        Object actual = value(row.expression(), row.x());
        assertEquals(Values.typeName(expected), Values.typeName(actual), () -> "a value of another type: " + actual);
        assertTrue(Bench.equal(expected, actual), () -> "got " + actual);
    }

    private static Object value(String text, Object x) {
        String expression = text.replaceAll("\\bbad\\b", "dyn(int('bad'))");
        Problems problems = new Problems();
        Optional<Compiled> compiled = expression.contains("${")
                ? COMPILER.template(Bench.scalar(expression), VARIABLES, problems)
                : COMPILER.expression(Bench.scalar(expression), VARIABLES, problems);
        return compiled.orElseThrow(
                        () -> new AssertionError(Bench.messages(problems).toString()))
                .expression()
                .evaluate(new Scope(2, Bench.BUDGET).set(0, x).set(1, List.of(1L, 2L, 3L)));
    }

    private static Object json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        Kind kind = null;
        for (String line : section()) {
            if (!line.startsWith("|")) {
                kind = null;
            } else if (kind == null) {
                kind = Kind.of(line.substring(2, line.length() - 2));
            } else if (ROW.matcher(line).matches()) {
                cases.addAll(kind.cases(cells(line)));
            } else {
                assertTrue(
                        kind == Kind.PLACES || line.startsWith("|---") || line.startsWith("| **"),
                        () -> "a row without a number: " + line);
            }
        }
        return cases;
    }

    private static List<String> cells(String line) {
        return CELL.splitAsStream(line.substring(2))
                .map(cell -> cell.strip().replace("`", "").replace("\\|", "|"))
                .toList();
    }

    private static List<String> section() {
        try {
            List<String> lines = Files.readAllLines(PAGE);
            int start = lines.indexOf("## Absent and null") + 1;
            List<String> rest = lines.subList(start, lines.size());
            int end = IntStream.range(0, rest.size())
                    .filter(i -> rest.get(i).startsWith("## "))
                    .findFirst()
                    .orElseThrow();
            return rest.subList(0, end);
        } catch (IOException e) {
            throw new AssertionError(PAGE.toString(), e);
        }
    }
}
