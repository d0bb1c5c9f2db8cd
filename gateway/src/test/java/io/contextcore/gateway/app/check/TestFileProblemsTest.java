package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
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
    void oneWayToExpectIsTaken() throws IOException {
        says("{name: x, body: {}, expect: {equals: {logs: []}, contains: {logCount: 1}}}", "stands beside 'equals'");
        says("{name: x, body: {}, expect: {equals: {logCount: 1}}}", "unknown key 'logCount'");
        says("{name: x, body: {}, expect: {logCount: 0, equals: {logs: []}}}", "'logCount' stands beside 'equals'");
        says("{name: x, body: {}, expect: {reply: {}}}", "'reply' is not supported yet");
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
