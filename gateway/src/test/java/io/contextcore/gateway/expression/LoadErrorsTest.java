package io.contextcore.gateway.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with an expression is told when the file is loaded, at its place in the file, with a caret. */
class LoadErrorsTest {

    private static final String PAYLODA =
            "unknown variable 'payloda' (expected one of payload, after, before, event, absent, nearest: payload)";

    @Test
    void anUnknownVariableNamesTheNearest() {
        assertProblem("x: payloda.text == 'a'", 4, PAYLODA);
        assertProblem(
                "x: payload.list.map(item, other.name)",
                27,
                "unknown variable 'other' (expected one of payload, after, before, event, absent, item)");
    }

    @Test
    void anUnknownFunctionNamesTheNearest() {
        assertProblem("x: 1 + size(lowre(event))", 13, "unknown function 'lowre', nearest: lower");
        assertProblem("x: event.startWith('a')", 10, "unknown function 'startWith', nearest: startsWith");
        assertProblem("x: event.exist(a, true)", 10, "unknown function 'exist', nearest: exists");
        assertProblem("x: has(event, 2)", 4, "'has' is not called like this (see the function reference)");
    }

    @Test
    void typesAreChecked() {
        assertProblem(
                "x: lower(3)",
                9,
                "found no matching overload for 'lower' applied to '(int)' (expected lower(text: string) -> string)");
        assertProblem(
                "x: event.lower()",
                15,
                "found no matching overload for 'lower' applied to 'string.()' (expected lower(text: string) -> string)");
        assertProblem("x: event + 1", 10, "found no matching overload for '_+_' applied to '(string, int)'");
        assertProblem("x: '1 + ''a'''", 7, "found no matching overload for '_+_' applied to '(int, string)'");
        assertProblem("x: \"{1.5: 'a'}\"", 6, "a map's key of another type (expected string, int, uint or bool)");
    }

    @Test
    void syntaxErrorsHaveTheirPlace() {
        assertProblem("x: payload.(a)", 12, "a name is missing behind '.' (expected a member's name)");
        assertProblem("x: payload.list.map(a.b, 1)", 22, "The argument must be a simple name");
        assertProblem("x: payload.list.first(1, true)", 23, "The argument must be a simple name");
        assertProblem("x: ''", 5, "nothing here (expected an expression)");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " ~ ", quoteCharacter = '`', textBlock = """
            payload. ~ 8 ~ the expression ends with '.' (expected a name behind it)
            payload.a + ~ 11 ~ the expression ends with '+' (expected a value behind it)
            payload.a == 'x' || ~ 19 ~ the expression ends with '||' (expected a value behind it)
            (payload.a ~ 10 ~ the expression ends, and '(' is still open (expected ')')
            [1, {'a': (2) ~ 13 ~ the expression ends, and '{' is still open (expected '}')
            payload.a ? 1 ~ 13 ~ the expression ends within a choice (expected both sides: `condition ? value : other`)
            payload.a = 3 ~ 10 ~ '=' is no operator (expected `==`)
            payload.a === 3 ~ 12 ~ '=' is no operator (expected `==`)
            payload.a & true ~ 10 ~ '&' is no operator (expected `&&`)
            true and false ~ 5 ~ 'and' is no operator (expected `&&`)
            'abc ~ 0 ~ the text that begins here has no end, or a `\\` that is none of CEL's (expected a closing ', and `\\\\` for a backslash)
            event 'b' ~ 6 ~ a text follows a value with nothing between them (expected an operator such as `+` or `&&`, or the end)
            event kind ~ 6 ~ 'kind' follows a value with nothing between them (expected an operator such as `+` or `&&`, or the end)
            [1 2] ~ 3 ~ '2' follows a value with nothing between them (expected an operator such as `+` or `&&`, or `,` or ']')
            {'a' 1} ~ 5 ~ '1' follows a value with nothing between them (expected an operator such as `+` or `&&`, or `:`, `,` or '}')
            size([1,,2]) ~ 8 ~ ',' cannot stand here (expected a value)
            payload.in ~ 8 ~ 'in' cannot be a name behind '.' (expected a member's name; `['in']` for a member of this name)
            event) ~ 5 ~ ')' closes nothing (expected a bracket that opens, or none)
            [event) ~ 6 ~ ')' closes nothing: '[' is open (expected ']')
            event == # ~ 9 ~ '#' cannot stand here (expected a value)
            if event ~ 0 ~ reserved identifier: if
            """)
    void aSyntaxErrorIsOneSentenceAtItsFirstPlace(String expression, int offset, String message) {
        assertEquals(
                List.of("f.yaml:2:" + (3 + offset) + ": " + message),
                Bench.problems("x: |-\n  " + expression).stream()
                        .map(problem -> problem.lines().findFirst().orElse(""))
                        .toList(),
                expression);
    }

    @Test
    void thePlaceIsThatInTheFileHoweverTheScalarIsWritten() {
        assertProblem("x: \"it ${event} ${payloda}\"", 19, PAYLODA);
        assertProblem("x: '''a'' + payloda'", 13, PAYLODA);
        assertProblem("x: \"\\\"a\\\" + payloda\"", 13, PAYLODA);
        assertProblem("x: >-\n  true &&\n  payloda", 3, 3, PAYLODA);
        assertProblem("x: |-\n  true &&\n    payloda", 3, 5, PAYLODA);
        assertProblem("x: true &&\n   payloda", 2, 4, PAYLODA);
        assertTrue(Bench.problems("x: \"'😀' + payloda\"").get(0).startsWith("f.yaml:1:12: unknown variable"));
    }

    @Test
    void patternsAndTablesAreLookedAt() {
        assertProblem(
                "x: event.matches('a(')", 18, "'a(' is no regular expression: missing closing ) (expected RE2 syntax)");
        assertProblem(
                "x: match(event, r'(?=a)')",
                17,
                "'(?=a)' is no regular expression: invalid or unsupported Perl syntax (expected RE2 syntax)");
        assertProblem(
                "x: lookup('example.statsu', event)",
                11,
                "unknown table 'example.statsu' (expected one of example.kind, example.status, nearest: example.status)");
    }

    @Test
    void whatIsNotSupportedIsRefused() {
        assertProblem("x: payload.?text", 11, "unsupported syntax '.?'");
        assertProblem(
                "x: event == string", 10, "found no matching overload for '_==_' applied to '(string, type(string))'");
        assertProblem(
                "x: google.protobuf.Duration{}",
                28,
                "messages such as 'google.protobuf.Duration{…}' are not supported");
    }

    @Test
    void aTemplateMustCloseItsExpression() {
        assertProblem("x: a ${event", 6, "'${' without its '}' (a literal '${' is written '$${')");
        assertProblem("x: a ${}", 8, "nothing here (expected an expression)");
    }

    private static void assertProblem(String yaml, int column, String message) {
        assertProblem(yaml, 1, column, message);
    }

    private static void assertProblem(String yaml, int line, int column, String message) {
        String source = yaml.lines().toList().get(line - 1);
        String caret = " ".repeat(column - 1) + "^";
        assertEquals(
                List.of("f.yaml:" + line + ":" + column + ": " + message + "\n    " + source + "\n    " + caret),
                Bench.problems(yaml));
    }
}
