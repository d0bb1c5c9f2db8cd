package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each code has a wrong file that yields it and nothing else; docs/errors.md is made of code, file and what is said of it. */
class ErrorCodesTest {

    private static final Path PAGE = Path.of("..", "docs", "errors.md");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theExampleOfACodeYieldsExactlyThatCode(ErrorCode code) {
        List<Problem> problems = ErrorExample.of(code)
                .orElseThrow(() -> new AssertionError("no example src/test/resources/errors/" + code + ".yaml"))
                .problems(folder);
        assertFalse(problems.isEmpty(), "nothing is wrong with the example of " + code);
        problems.forEach(problem -> assertEquals(code, problem.code(), problem.render()));
    }

    @Test
    void noTwoKindsOfMistakesShareACodeAndEveryExampleHasItsCode() {
        Set<String> codes = new HashSet<>();
        for (ErrorCode code : ErrorCode.values()) {
            assertTrue(code.code().matches("CC[0-9]{4}"), code.code());
            assertTrue(codes.add(code.code()), code.code() + " stands for two kinds of mistakes");
        }
        ErrorExample.codesWithFiles().forEach(code -> assertTrue(codes.contains(code), "no code " + code));
    }

    @Test
    void thePageIsWhatTheCatalogueAndItsExamplesSay() throws IOException {
        String expected = ErrorsPage.render(folder);
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, expected);
        }
        assertEquals(expected, Files.readString(PAGE), "stale: run mvn test -Dtest=ErrorCodesTest -Dupdate.docs=true");
    }

    @Test
    void codesStandInTheOrderOfTheirNumbers() {
        List<String> codes =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList();
        assertEquals(codes.stream().sorted().toList(), codes);
    }
}
