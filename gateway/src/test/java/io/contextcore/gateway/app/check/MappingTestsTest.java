package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tests beside our own mappings, each as a test of this build. */
class MappingTestsTest {

    private static final Path MAPPINGS = Path.of("..", "mappings");

    @TestFactory
    Stream<DynamicTest> everyCaseBesideTheMappingsPasses() {
        List<CheckRun.Result> results =
                CheckRun.run(CheckRun.Plan.all(List.of(MAPPINGS))).results();
        assertFalse(results.isEmpty());
        return results.stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.at() + " " + result.name(), () -> assertEquals(List.of(), result.failures())));
    }
}
