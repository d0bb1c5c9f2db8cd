package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tests beside our own mappings, each as a test of this build. */
class MappingTestsTest {

    private static final Path MAPPINGS = Path.of("..", "mappings");
    private static final int LEAST_PERCENT = 95;
    private static final int FEWEST_FILES = 15;

    @TestFactory
    Stream<DynamicTest> everyCaseBesideTheMappingsPasses() {
        List<CheckRun.Result> results =
                CheckRun.run(CheckRun.Plan.all(List.of(MAPPINGS))).results();
        assertFalse(results.isEmpty());
        return results.stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.at() + " " + result.name(), () -> assertEquals(List.of(), result.failures())));
    }

    /** What is not reached is listed by {@code contextcore test --coverage}. */
    @Test
    void theCasesReachNearlyAllExpressionsAndBranchesOfTheMappings() {
        List<Path> folders = List.of(MAPPINGS);
        CoverageReport coverage =
                Objects.requireNonNull(CheckRun.run(new CheckRun.Plan(folders, folders, name -> true, true, false))
                        .coverage());
        assertTrue(
                coverage.files().size() >= FEWEST_FILES, () -> coverage.files().toString());
        List<String> missed = coverage.files().stream()
                .flatMap(file -> file.missed().stream())
                .map(point -> point.at() + ": " + point.never())
                .toList();
        assertTrue(
                coverage.percent() >= LEAST_PERCENT,
                () -> coverage.percent() + "%, never reached:\n" + String.join("\n", missed));
    }
}
