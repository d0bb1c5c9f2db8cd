package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.model.Bound;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.yaml.YamlScalar;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {

    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(Bench.LIBRARY);
    private static final String FIVE = "{\"list\": [1, 2, 3, 4, 5]}";

    @Test
    void aComprehensionSpendsOneStepAnElementAndNoMoreThanTheBudget() {
        Compiled loop = compile("payload.list.map(x, x)");
        assertEquals(5, Values.list(Bench.run(loop, FIVE, 5)).orElseThrow().size());
        EvaluationException error = assertThrows(EvaluationException.class, () -> Bench.run(loop, FIVE, 4));
        assertEquals("f.yaml:1:17: iteration budget exceeded", error.describe());
    }

    @Test
    void nestedComprehensionsSpendTheSameBudget() {
        Compiled nested = compile("payload.list.all(x, payload.list.all(y, x + y > 0))");
        assertEquals(true, Bench.run(nested, FIVE, 30));
        assertThrows(EvaluationException.class, () -> Bench.run(nested, FIVE, 29));
    }

    @Test
    void functionsSpendByTheLengthOfTheirText() {
        String payload = "{\"text\": \"" + "a".repeat(900) + "\"}";
        assertEquals(false, Bench.run(compile("payload.text.contains('b')"), payload, 1));
        assertThrows(EvaluationException.class, () -> Bench.run(compile("payload.text.contains('b')"), payload, 0));
        String longer = "{\"text\": \"" + "a".repeat(4096) + "\"}";
        assertEquals(false, Bench.run(compile("payload.text.contains('b')"), longer, 5));
        assertThrows(EvaluationException.class, () -> Bench.run(compile("payload.text.contains('b')"), longer, 4));
    }

    /** Of 1,024 whole numbers, and as many entries; texts are of 4,096 characters. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a == b | 64",
                "a != b | 64",
                "a == [1] | 0",
                "a == m | 0",
                "m == n | 64",
                "[a] == [b] | 64",
                "2000 in a | 64",
                "0 in a | 0",
                "a in [b] | 64",
                "t == u | 4",
                "t < u | 4",
                "t == 'a' | 0",
                "a + b == [] | 128",
                "m.exists(k, true) | 65",
                "'zz' in m | 0",
                "distinct([a]) == [] | 129",
                "distinct(a) == [] | 129",
                "sort(a) == [] | 129",
                "max(a) == 0 | 65",
                "join([t, t], '') == '' | 9",
                "to_json([a]) == '' | 65",
                "sum([a, b]) == [] | 257",
                "t.contains('ab') | 6",
                "t.contains(u) | 4104",
                "a.first(x, x == 1022) == 0 | 1023",
            })
    void anExpressionSpendsByWhatItGoesThrough(String expression, int steps) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 1024; i++) {
            payload.withArray("a").add(i);
            payload.withArray("b").add(i);
            payload.withObjectProperty("m").put("k" + i, i);
            payload.withObjectProperty("n").put("k" + i, i);
        }
        payload.put("t", "a".repeat(4096)).put("u", "a".repeat(4095) + "b");
        String paths = expression.replaceAll("(?<![.'\\w])([abmntu])(?![\\w'(])", "payload.$1");
        assertEquals(steps, spent(compile(paths), payload), paths);
    }

    private static int spent(Compiled compiled, JsonNode payload) {
        Scope scope = new Scope(Bench.VARIABLES.byName().size(), 10_000).set(0, payload);
        try {
            compiled.expression().evaluate(scope);
        } catch (EvaluationException e) {
            assertEquals(Bound.RESULT_CHARS, e.bound());
        }
        return 10_000 - scope.left();
    }

    @Test
    void anErrorOfTheBudgetIsNotTakenForFalse() {
        Compiled either = compile("payload.list.exists(x, x > 9) || payload.list.exists(x, x > 0)");
        assertEquals(true, Bench.run(either, FIVE, 6));
        assertThrows(EvaluationException.class, () -> Bench.run(either, FIVE, 4));
    }

    @Test
    void aTextMayBeAsLongAsTheCapAndNotLonger() {
        String half = "{\"text\": \"" + "a".repeat(Bench.RESULT_CHARS / 2) + "\"}";
        assertEquals(Bench.RESULT_CHARS, ((String) Bench.value("payload.text + payload.text", half)).length());
        assertThrows(EvaluationException.class, () -> Bench.value("payload.text + payload.text + 'b'", half));
        assertEquals(Bench.RESULT_CHARS, ((String) Bench.template("${payload.text}${payload.text}", half)).length());
        assertThrows(EvaluationException.class, () -> Bench.template("${payload.text}b${payload.text}", half));
        assertThrows(EvaluationException.class, () -> Bench.value("replace(payload.text, 'a', 'bcd')", half));
    }

    @Test
    void oneCompiledExpressionRunsOnAnyPayload() {
        Compiled both = compile("payload.list.map(x, payload.list.filter(y, y == x))");
        for (int i = 0; i < 3; i++) {
            Object value = Bench.run(both, "{\"list\": [" + i + "]}", 100);
            assertEquals(Bench.value("[[" + i + "]]", "{}"), value);
        }
    }

    @Test
    void theAttributesThatAreReadAreKnown() {
        assertEquals(
                Set.of(new Read("after", "task.status"), new Read("before", "n"), new Read("after", "a")),
                compile("after['task.status'] == before.n || has(after['a'])").reads());
        assertEquals(
                Set.of(), compile("payload['x'] + [{}].map(after, after.z)[0]").reads());
        assertEquals(
                Set.of(new Read("after", "a"), new Read("after", "b")),
                COMPILER.template(Bench.scalar("${after['a']}-${after['b']}"), Bench.VARIABLES, new Problems())
                        .orElseThrow()
                        .reads());
    }

    @Test
    void aNameThatIsComputedMayReadAny() {
        assertEquals(
                Set.of(new Read("after", null)),
                compile("['a', 'b'].exists(name, after[name] == 1)").reads());
        assertEquals(
                Set.of(new Read("after", null), new Read("before", "a")),
                compile("size(after) == before.a").reads());
    }

    @Test
    void aNameStandsForAnExpression() {
        Variables named = Bench.VARIABLES.with("doubled", compile("payload.a * 2 + coalesce(after['a'], 0)"));

        Compiled compiled = COMPILER.expression(Bench.scalar("doubled + 1"), named, new Problems())
                .orElseThrow();

        assertEquals(Set.of(new Read("after", "a")), compiled.reads());
        assertEquals(7L, Bench.run(compiled, "{\"a\": 3}", 100));
    }

    @Test
    void theTypeIsKnownWhereItCanBe() {
        assertEquals(ValueType.STRING, compile("lower(payload.a)").type());
        assertEquals(ValueType.BOOL, compile("payload.a == 1").type());
        assertEquals(ValueType.ANY, compile("payload.a").type());
        assertEquals(ValueType.TIMESTAMP, compile("time(payload.a)").type());
        assertEquals(ValueType.LIST, compile("payload.a.map(x, x)").type());
        assertEquals(ValueType.INT, constant("5").orElseThrow().type());
        assertEquals(ValueType.BOOL, constant("true").orElseThrow().type());
        assertEquals(ValueType.DOUBLE, constant("2.5").orElseThrow().type());
        assertEquals(ValueType.STRING, constant("five").orElseThrow().type());
        assertEquals(Optional.empty(), constant("no"));
        assertEquals(Optional.empty(), constant("12:30"));
        assertEquals(Optional.empty(), constant("0x1F"));
    }

    private static Optional<Compiled> constant(String text) {
        return COMPILER.template(YamlScalar.plain(text, Bench.scalar("").location()), Bench.VARIABLES, new Problems());
    }

    private static Compiled compile(String expression) {
        Problems problems = new Problems();
        return COMPILER.expression(Bench.scalar(expression), Bench.VARIABLES, problems)
                .orElseThrow(() -> new AssertionError(Bench.messages(problems).toString()));
    }
}
