package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.InvalidFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFileProblemsTest {

    @TempDir
    private Path folder;

    private SmallShop shop;

    @BeforeEach
    void aSmallShop() throws IOException {
        shop = new SmallShop(folder);
    }

    @Test
    void unknownKeysAndWrongValuesAreToldWithTheirPlace() throws IOException {
        says("{name: x, body: {}, expct: {}, expect: {span: []}, received: soon}", "unknown key 'expct'");
        says("{name: x, body: {}, expect: {span: []}}", "unknown key 'span'");
        says("{name: x, body: {}, expect: {spans: [{nmae: x}]}}", "unknown key 'nmae' in a span", "nearest: name");
        says("{name: x, body: {}, expect: {logs: [{evnt: x}]}}", "a.test.yaml:4:42: CC0107");
        says("{name: x, body: {}, received: soon, expect: {logCount: 0}}", "'soon' is no time");
        says("{name: x, body: {}, file: y, expect: {logCount: 0}}", "'file' stands beside 'body'");
        says("{name: x, file: none.json, expect: {logCount: 0}}", "cannot read ");
        says("{name: x, kind: shpo, body: {}, expect: {logCount: 0}}", "unknown kind 'shpo'", "nearest: shop");
    }

    @Test
    void anExpectationThatChecksNothingIsAProblem() throws IOException {
        for (String nothing : new String[] {
            "{}", "{contains: {}}", "{exactly: true}", "{spans: [], logs: []}", "{contains: {exactly: false, logs: []}}"
        }) {
            says("{name: x, body: {}, expect: " + nothing + "}", "CC1102", "this expectation checks nothing");
        }
        says("{name: x, body: {}}", "needs one of the keys expect, steps");
    }

    @Test
    void thatAnAttributeIsAbsentThatNobodyDeclaredChecksNothing() throws IOException {
        says(
                "{name: x, body: {}, expect: {logs: [{attributes: {shop.prise: null}}]}}",
                "CC1102 'shop.prise' is never there, so this checks nothing",
                "nearest: shop.price");
    }

    @Test
    void anAttributeThatNobodyDeclaredIsAProblemWhereverItIsExpected() throws IOException {
        String nearest = "unknown attribute 'shop.prise' (expected a name of the conventions, nearest: shop.price)";
        says(
                "{name: x, body: {}, expect: {logs: [{attributes: {shop.prise: 1}}]}}",
                "a.test.yaml:4:55: CC0701 " + nearest);
        says("{name: x, body: {}, expect: {equals: {logs: [{body: {shop.prise: 1}}]}}}", nearest);
        says("{name: x, body: {}, expect: {spans: [{events: [{attributes: {shop.prise: 1}}]}]}}", nearest);
        says("{name: x, body: {}, expect: {spans: [{links: [{attributes: {shop.prise: 1}}]}]}}", nearest);
    }

    @Test
    void whatNoRecordCanHaveIsAProblem() throws IOException {
        span("start: 12:30", "start: '12:30' does not fit (expected a time, RFC 3339");
        span("end: 2026-03-02", "end: '2026-03-02' does not fit");
        span("status: GOOD", "a.test.yaml:4:51: CC0111 status: 'GOOD' does not fit (expected one of UNSET, OK, ERROR");
        span("status: ok", "nearest: OK");
        span("kind: CLEINT", "nearest: CLIENT");
        span("traceId: 0123456789ABCDEF0123456789ABCDEF", "expected 32 hex digits, small letters");
        span(
                "spanId: 1234567890123456",
                "spanId: '1234567890123456' does not fit (expected 16 hex digits, small letters, in quotes)");
        span("name: 12", "name: '12' does not fit (expected a text, in quotes)");
        span("name: [a]", "name: this does not fit (expected a text)");
        span("events: [{tmie: x}]", "unknown key 'tmie' in an event of a span", "nearest: time");
        span("events: [{time: soon}]", "time: 'soon' does not fit");
        span("links: [{traceId: abc}]", "traceId: 'abc' does not fit");
        says("{name: x, body: {}, expect: {logs: [{severity: WARNING}]}}", "severity: 'WARNING' does not fit");
        says("{name: x, body: {}, expect: {logs: [{observed: now}]}}", "observed: 'now' does not fit");
    }

    private void span(String field, String... expected) throws IOException {
        says("{name: x, body: {}, expect: {spans: [{" + field + "}]}}", expected);
    }

    @Test
    void oneWayToExpectIsTaken() throws IOException {
        says("{name: x, body: {}, expect: {equals: {logs: []}, contains: {logCount: 1}}}", "stands beside 'equals'");
        says("{name: x, body: {}, expect: {equals: {logCount: 1}}}", "unknown key 'logCount'");
        says("{name: x, body: {}, expect: {logCount: 0, equals: {logs: []}}}", "'logCount' stands beside 'equals'");
    }

    @Test
    void aStepInWhichNothingHappensIsAProblem() throws IOException {
        says("{name: x, expect: {logCount: 0}}", "CC1103 nothing happens here");
        says("{name: x, steps: [{expect: {logCount: 0}}]}", "CC1103 nothing happens here");
    }

    @Test
    void whatRunsNothingIsAProblem() throws IOException {
        says("{name: x, steps: []}", "CC1101 'steps' holds no step");
        shop.write("a.test.yaml", "apiVersion: contextcore.io/v1\nkind: shop\ntests: []\n");
        has("CC1101 'tests' holds no test");
    }

    @Test
    void aFolderWithoutTestsIsAProblem() {
        has("CC1101 there is no test (expected a file *.test.yaml)");
    }

    @Test
    void eachFolderHasATest() throws IOException {
        Path other = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-other"));
        shop.write("a.test.yaml", """
                apiVersion: contextcore.io/v1
                kind: shop
                tests:
                  - {name: x, body: {event: note, id: 0}, expect: {ignored: when-false}}
                """);
        List<Path> folders = List.of(folder, other);

        InvalidFiles error = assertThrows(InvalidFiles.class, () -> CheckRun.run(CheckRun.Plan.all(folders)));

        assertEquals(1, error.problems().size(), error.getMessage());
        assertTrue(error.getMessage().startsWith(other + ":1:1: CC1101 there is no test"), error.getMessage());
    }

    @Test
    void besideWrongMappingsTheFormOfTestsIsChecked() throws IOException {
        shop.write("note.yaml", "apiVersion: contextcore.io/v1\nmapping: shop.note\nkind: shop\nevents: [note]\n");
        shop.write("a.test.yaml", """
                apiVersion: contextcore.io/v1
                kind: unknown
                tests:
                  - {name: x, body: {}, expect: {logs: [{severity: LOUD, attributes: {unknown: 1}}]}}
                """);

        String problems = shop.problems();

        assertTrue(problems.contains("note.yaml:1:1: CC0501"), problems);
        assertTrue(problems.contains("severity: 'LOUD' does not fit"), problems);
        assertFalse(problems.contains("unknown kind") || problems.contains("unknown attribute"), problems);
    }

    @Test
    void keysOfADeliveryDoNotStandBesideSteps() throws IOException {
        says("{name: x, body: {}, steps: [{body: {}, expect: {logCount: 0}}]}", "'body' stands beside 'steps'");
    }

    @Test
    void twoCasesOfOneNameAreAProblem() throws IOException {
        String test = "{name: x, body: {}, expect: {logCount: 0}}";
        says(test + "\n  - " + test, "another test has the name 'x'");
    }

    private void says(String test, String... expected) throws IOException {
        shop.write("a.test.yaml", "apiVersion: contextcore.io/v1\nkind: shop\ntests:\n  - " + test + "\n");
        has(expected);
    }

    private void has(String... expected) {
        String problems = shop.problems();
        for (String part : expected) {
            assertTrue(problems.contains(part), problems);
        }
    }
}
