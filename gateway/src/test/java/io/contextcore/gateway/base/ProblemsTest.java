package io.contextcore.gateway.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    @Test
    void aFlagOrAVariableIsNamedWithoutALine() {
        Problems problems = new Problems();
        problems.source("PORT", "many");
        problems.add(ErrorCode.NOT_YAML, Location.named("PORT"), "not a number");
        assertEquals("PORT: CC0101 not a number", problems.all().get(0).render());
    }

    @Test
    void aProblemShowsItsLineWithACaretUnderTheColumn() {
        Problems problems = new Problems();
        problems.source("a.yaml", "one: 1\ntwo: ${x}\n");
        problems.add(
                ErrorCode.NOT_YAML, new Location("a.yaml", 2, 8), "undeclared reference to 'x' (expected: payload)");

        assertEquals(
                "a.yaml:2:8: CC0101 undeclared reference to 'x' (expected: payload)\n    two: ${x}\n           ^",
                problems.all().get(0).render());
    }

    @Test
    void aTabBeforeTheColumnKeepsTheCaretInPlace() {
        Problem problem =
                new Problem(ErrorCode.NOT_YAML, Severity.ERROR, new Location("a.yaml", 1, 3), "wrong", "\tab");

        assertEquals("a.yaml:1:3: CC0101 wrong\n    \tab\n    \t ^", problem.render());
    }

    @Test
    void aFileThatCannotBeReadHasNoLineToShow() {
        Problems problems = new Problems();
        problems.add(ErrorCode.NOT_YAML, Location.file("gone.yaml"), "cannot be read");

        assertEquals(
                "gone.yaml:1:1: CC0101 cannot be read", problems.all().get(0).render());
    }

    @Test
    void allProblemsComeAtOnceByFileAndPlace() {
        Problems problems = new Problems();
        problems.add(ErrorCode.NOT_YAML, new Location("b.yaml", 1, 1), "third");
        problems.add(ErrorCode.NOT_YAML, new Location("a.yaml", 9, 1), "second");
        problems.add(ErrorCode.NOT_YAML, new Location("a.yaml", 2, 5), "first");

        InvalidFiles thrown = assertThrows(InvalidFiles.class, problems::throwIfAny);

        assertEquals(
                List.of("first", "second", "third"),
                thrown.problems().stream().map(Problem::message).toList());
    }

    @Test
    void aWarningIsToldButKeepsNobodyFromGoingOn() {
        Problems problems = new Problems();
        problems.warn(ErrorCode.NOT_YAML, new Location("a.yaml", 1, 1), "odd");
        problems.throwIfAny();

        assertEquals("a.yaml:1:1: warning CC0101 odd", problems.all().get(0).render());
    }

    @Test
    void withoutProblemsNothingIsThrown() {
        Problems problems = new Problems();
        problems.throwIfAny();

        assertEquals(List.of(), problems.all());
    }
}
