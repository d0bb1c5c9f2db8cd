package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

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
        assertTrue(
                result.out()
                        .contains("      name  (line 7)\n        - \"order A chair\"\n        + \"order A lamp\"\n"),
                result.out());
        assertTrue(result.out().endsWith("1 passed, 1 failed" + System.lineSeparator()), result.out());
    }

    @Test
    void casesCanBePickedByName() {
        assertEquals(
                "1 passed, 0 failed",
                new Cli(folder)
                        .run("test", "mappings", "--filter", "opens")
                        .out()
                        .strip());
        Cli.Result none = new Cli(folder).run("test", "mappings", "--filter", "closes");
        assertEquals(ExitCode.NO, none.exitCode());
        assertTrue(none.err().contains("CC0901 no case has such a name"), none.err());
    }

    @Test
    void failedExpectationsAreRewrittenOnDemand() throws IOException {
        replace("order.test.yaml", "order A lamp", "order A chair");
        Cli.Result result = new Cli(folder).run("test", "mappings", "--update");
        assertEquals(ExitCode.DONE, result.exitCode(), result.out() + result.err());
        assertTrue(result.out().matches("(?s)rewritten: \\S+order.test.yaml\\R2 passed, 0 failed\\R"), result.out());
        assertTrue(Files.readString(folder.resolve("mappings/order.test.yaml")).contains("order A lamp"));
    }

    @Test
    void whatTheTestsDoNotReachIsListedWithItsPlace() throws IOException {
        replace("order.yaml", "attributes: {", "outcome: \"${payload.id > 1 ? 'many' : 'one'}\"\n    attributes: {");
        Cli.Result result = new Cli(folder).run("test", "mappings", "--coverage");
        assertEquals(ExitCode.DONE, result.exitCode(), result.out() + result.err());
        assertTrue(
                result.out().contains("order.yaml:10:32: never false: payload.id > 1 ? 'many' : 'one'"), result.out());
        assertTrue(result.out().matches("(?s).*\\R +87% +7/8  \\S+order.yaml\\R.*"), result.out());
        assertTrue(result.out().contains(" expressions and branches"), result.out());
    }

    @Test
    void lessCoverageThanWantedIsAFailure() {
        Cli cli = new Cli(folder);
        assertEquals(
                ExitCode.DONE,
                cli.run("test", "mappings", "--min-coverage", "0").exitCode());
        Cli.Result less = cli.run("test", "mappings", "--min-coverage", "100");
        assertEquals(ExitCode.NO, less.exitCode());
        assertTrue(less.out().contains("less is covered than the 100% that are wanted"), less.out());
        assertEquals(
                ExitCode.USAGE,
                cli.run("test", "mappings", "--min-coverage", "101").exitCode());
    }

    @Test
    void onlyWhatIsTestedCounts() throws IOException {
        Path own = folder.resolve("own");
        Files.createDirectories(own);
        Files.move(folder.resolve("mappings/order.yaml"), own.resolve("order.yaml"));
        Files.move(folder.resolve("mappings/order.test.yaml"), own.resolve("order.test.yaml"));
        Cli.Result result = new Cli(folder).run("test", "own", "--with", "mappings", "--coverage");
        assertEquals(ExitCode.DONE, result.exitCode(), result.out() + result.err());
        assertTrue(result.out().contains("own/order.yaml"), result.out());
        assertFalse(result.out().contains("lifecycle.yaml"), result.out());
    }

    @Test
    void ciSystemsGetTheXmlOfJUnit() throws Exception {
        replace("order.test.yaml", "order A lamp", "order <A> chair");
        Cli.Result result = new Cli(folder).run("test", "mappings", "--format", "junit");
        assertEquals(ExitCode.NO, result.exitCode());
        Element suites = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(result.out())))
                .getDocumentElement();
        Element suite = (Element) suites.getElementsByTagName("testsuite").item(0);
        assertEquals("2", suite.getAttribute("tests"));
        assertEquals("1", suite.getAttribute("failures"));
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertEquals("an order opens", ((Element) failure.getParentNode()).getAttribute("name"));
        assertTrue(failure.getTextContent().contains("- \"order <A> chair\""), failure.getTextContent());
    }

    private void replace(String name, String from, String to) throws IOException {
        Path file = folder.resolve("mappings").resolve(name);
        String text = Files.readString(file);
        assertTrue(text.contains(from));
        Files.writeString(file, text.replace(from, to));
    }
}
