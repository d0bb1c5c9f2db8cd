package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.base.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private final Coverage coverage = new Coverage();
    private final ExpressionCompiler compiler = new ExpressionCompiler(Bench.LIBRARY, coverage);

    @Test
    void anExpressionIsCoveredWhenItRan() {
        Compiled compiled = compiled("payload.a");
        assertEquals(List.of("f.yaml:1:1 never evaluated"), missed());
        Bench.run(compiled, "{}", 1000);
        assertEquals(List.of(), missed());
    }

    @Test
    void aConditionMustHaveBeenTrueAndFalse() {
        Compiled compiled = compiled("payload.a == 1");
        assertEquals(List.of("f.yaml:1:1 never true", "f.yaml:1:1 never false"), missed());
        Bench.run(compiled, "{\"a\": 2}", 1000);
        assertEquals(List.of("f.yaml:1:1 never true"), missed());
        Bench.run(compiled, "{\"a\": 1}", 1000);
        assertEquals(List.of(), missed());
    }

    @Test
    void aConditionOfUnknownTypeIsOneToo() {
        Compiled compiled = compiler.condition(Bench.scalar("payload.a"), Bench.VARIABLES, new Problems())
                .orElseThrow();
        Bench.run(compiled, "{\"a\": true}", 1000);
        assertEquals(List.of("f.yaml:1:1 never false"), missed());
        Bench.run(compiled, "{}", 1000);
        assertEquals(List.of(), missed());
    }

    @Test
    void bothArmsOfAChoiceAreBranches() {
        Compiled compiled = compiled("payload.a ? 'x' : payload.b");
        Bench.run(compiled, "{\"a\": true}", 1000);
        assertEquals(List.of("f.yaml:1:11 never false"), missed());
        Bench.run(compiled, "{\"a\": false}", 1000);
        assertEquals(List.of(), missed());
    }

    @Test
    void anAndIsDecidedByEachSideAndByNone() {
        Compiled compiled = compiled("payload.a && payload.b");
        Bench.run(compiled, "{\"a\": true, \"b\": true}", 1000);
        assertEquals(List.of("f.yaml:1:11 left of && never false", "f.yaml:1:11 right of && never false"), missed());
        Bench.run(compiled, "{\"a\": true, \"b\": false}", 1000);
        Bench.run(compiled, "{\"a\": false, \"b\": false}", 1000);
        assertEquals(List.of(), missed());
    }

    @Test
    void anOrIsDecidedByEachSideAndByNone() {
        Compiled compiled = compiled("payload.a || payload.b");
        Bench.run(compiled, "{\"a\": true}", 1000);
        assertEquals(List.of("f.yaml:1:11 right of || never true", "f.yaml:1:11 || never false"), missed());
        Bench.run(compiled, "{\"b\": true}", 1000);
        Bench.run(compiled, "{}", 1000);
        assertEquals(List.of(), missed());
    }

    @Test
    void eachArgumentOfACoalesceIsABranch() {
        Compiled compiled = compiled("coalesce(payload.a, payload.b, 'c')");
        Bench.run(compiled, "{\"a\": 1, \"b\": 2}", 1000);
        Bench.run(compiled, "{}", 1000);
        assertEquals(List.of("f.yaml:1:9 argument 2 of coalesce never taken"), missed());
        Bench.run(compiled, "{\"a\": null, \"b\": 2}", 1000);
        assertEquals(List.of(), missed());
    }

    @Test
    void theConditionOfAMacroMustHaveBeenTrueAndFalseButTheMacrosOwnOperatorsNeedNot() {
        for (String macro : List.of("exists", "all", "exists_one", "filter", "first")) {
            Coverage own = new Coverage();
            Compiled compiled = new ExpressionCompiler(Bench.LIBRARY, own)
                    .template(Bench.scalar("${payload.a." + macro + "(x, x.b)}"), Bench.VARIABLES, new Problems())
                    .orElseThrow();
            Bench.run(compiled, "{\"a\": [{\"b\": true}, {\"b\": false}]}", 1000);
            Bench.run(compiled, "{\"a\": [{\"b\": false}]}", 1000);
            Bench.run(compiled, "{\"a\": [{\"b\": true}]}", 1000);
            assertEquals(List.of(), missed(own), macro);
            assertEquals(true, own.points().size() >= 3, macro);
        }
    }

    @Test
    void everyExpressionOfATemplateIsOneOfItsOwn() {
        compiler.template(Bench.scalar("a/${payload.a}/${payload.b}"), Bench.VARIABLES, new Problems())
                .orElseThrow();
        assertEquals(List.of("f.yaml:1:5 never evaluated", "f.yaml:1:18 never evaluated"), missed());
        compiler.template(Bench.scalar("constant"), Bench.VARIABLES, new Problems())
                .orElseThrow();
        assertEquals(2, coverage.points().size());
    }

    private Compiled compiled(String expression) {
        return compiler.expression(Bench.scalar(expression), Bench.VARIABLES, new Problems())
                .orElseThrow();
    }

    private List<String> missed() {
        return missed(coverage);
    }

    private static List<String> missed(Coverage coverage) {
        return coverage.points().stream()
                .filter(point -> !point.isReached())
                .map(point -> point.at() + " " + point.never())
                .toList();
    }
}
