package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintAndTestCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void aShop() throws IOException {
        Shop.write(folder.resolve("mappings"));
    }

    @Test
    void goodMappingsAreCounted() {
        Cli.Result result = new Cli(folder).run("lint", "mappings");
        assertEquals(ExitCode.DONE, result.exitCode(), result.err());
        assertEquals(
                "1 kinds (1 with an example), 1 mappings, 1 lifecycles, 0 tables, 1 attributes: nothing is wrong",
                result.out().strip());
    }

    @Test
    void whatIsWrongIsToldWithItsPlaceAndNoStackTrace() throws IOException {
        replace("order.yaml", "lifecycles:", "lifecylces:");
        Cli.Result result = new Cli(folder).run("lint", "mappings");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.err().contains("order.yaml:6:1: CC0107 unknown key 'lifecylces'"), result.err());
        assertTrue(!result.err().contains("\tat "), result.err());
    }

    @Test
    void theOwnPartOfAKindIsCheckedToo() throws IOException {
        replace("kind.yaml", "${uuid}", "${uid}");
        replace("kind.yaml", "example.json", "exampel.json");
        Cli.Result result = new Cli(folder).run("lint", "mappings");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.err().contains("unknown placeholder 'uid'"), result.err());
        assertTrue(result.err().contains("there is no file "), result.err());
    }

    @Test
    void theTestsBesideMappingsAreRun() {
        Cli.Result result = new Cli(folder).run("test", "mappings");
        assertEquals(ExitCode.DONE, result.exitCode(), result.out() + result.err());
        assertEquals("2 passed, 0 failed", result.out().strip());
    }

    @Test
    void aFailedCaseIsToldWithNameAndPlace() throws IOException {
        replace("order.test.yaml", "order A lamp", "order A chair");
        Cli.Result result = new Cli(folder).run("test", "mappings");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.out().contains("FAILED an order opens  "), result.out());
        assertTrue(result.out().contains("order.test.yaml:4:5"), result.out());
        assertTrue(result.out().contains("name: expected \"order A chair\", was \"order A lamp\""), result.out());
        assertTrue(result.out().endsWith("1 passed, 1 failed" + System.lineSeparator()), result.out());
    }

    @Test
    void casesCanBePickedByName() {
        assertEquals(
                "1 passed, 0 failed",
                new Cli(folder).run("test", "mappings", "--name", "opens").out().strip());
    }

    private void replace(String name, String from, String to) throws IOException {
        Path file = folder.resolve("mappings").resolve(name);
        String text = Files.readString(file);
        assertTrue(text.contains(from));
        Files.writeString(file, text.replace(from, to));
    }
}
