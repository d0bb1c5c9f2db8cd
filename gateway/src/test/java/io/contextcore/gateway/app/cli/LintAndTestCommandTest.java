package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
        assertTrue(
                result.out()
                        .matches("1 kinds \\(1 with an example\\), 1 mappings, 1 lifecycles, 0 tables, 1 attributes\\R"
                                + "checked 5 files in [0-9]+ ms: nothing is wrong\\R"),
                result.out());
    }

    @Test
    void whatIsWrongIsToldWithItsPlaceAndNoStackTrace() throws IOException {
        replace("order.yaml", "lifecycles:", "lifecylces:");
        Cli.Result result = new Cli(folder).run("lint", "mappings");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.out().contains("order.yaml:6:1: CC0107 unknown key 'lifecylces'"), result.out());
        assertTrue(result.out().contains("\n    lifecylces:\n    ^\n"), "the line and a caret: " + result.out());
        assertTrue(result.out().matches("(?s).*checked 5 files in [0-9]+ ms: [0-9]+ errors?\\R"), result.out());
        assertFalse(result.out().contains("\tat "), result.out());
    }

    @Test
    void theOwnPartOfAKindIsCheckedToo() throws IOException {
        replace("kind.yaml", "${uuid}", "${uid}");
        replace("kind.yaml", "example.json", "exampel.json");
        Cli.Result result = new Cli(folder).run("lint", "mappings");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.out().contains("unknown placeholder 'uid'"), result.out());
        assertTrue(result.out().contains("there is no file "), result.out());
    }

    @Test
    void aStrictReaderWantsASchemaOfEveryMapping() throws IOException {
        Cli.Result result = new Cli(folder).run("lint", "--strict", "mappings");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.out().contains("warning CC1005 mapping 'shop.order' names no schema"), result.out());
        Cli.Result ours = new Cli(folder).run("lint", "--strict", Cli.MAPPINGS.toString());
        assertEquals(ExitCode.DONE, ours.exitCode(), ours.out());
    }

    @Test
    void problemsOfAllPartsAreToldAtOnceAndEachOnce() throws IOException {
        replace("order.yaml", "lifecycles:", "lifecylces:");
        replace("kind.yaml", "${uuid}", "${uid}");
        replace("kind.yaml", "ping:", "pong:");
        Cli.Result result = new Cli(folder).run("lint", "mappings");
        assertEquals(2, result.out().split("unknown key", -1).length - 1, result.out());
        assertTrue(result.out().contains("unknown placeholder 'uid'"), result.out());
    }

    @Test
    void testFilesAreCheckedToo() throws IOException {
        replace("order.test.yaml", "expect: {ignored", "expct: {ignored");
        Cli.Result result = new Cli(folder).run("lint", "mappings");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.out().contains("CC0107 unknown key 'expct' in a test"), result.out());
    }

    @Test
    void programsGetJson() throws IOException {
        replace("order.yaml", "lifecycles:", "lifecylces:");
        Cli.Result result = new Cli(folder).run("lint", "mappings", "--format", "json");
        assertEquals(ExitCode.NO, result.exitCode());
        JsonNode report = new ObjectMapper().readTree(result.out());
        assertEquals(5, report.path("files").asInt());
        assertTrue(report.path("millis").isIntegralNumber(), result.out());
        JsonNode problem = report.path("problems").path(0);
        assertEquals("CC0107", problem.path("code").asText());
        assertEquals("error", problem.path("severity").asText());
        assertTrue(problem.path("file").asText().endsWith("order.yaml"), result.out());
        assertEquals(6, problem.path("line").asInt());
        assertEquals(1, problem.path("column").asInt());
        assertTrue(problem.path("message").asText().startsWith("unknown key 'lifecylces'"), result.out());
        assertEquals("lifecylces:", problem.path("source").asText());
        Cli.Result good = new Cli(folder).run("lint", "--format", "JSON", Cli.MAPPINGS.toString());
        assertEquals(ExitCode.DONE, good.exitCode(), good.out());
        assertEquals(0, new ObjectMapper().readTree(good.out()).path("problems").size());
    }

    @Test
    void gitHubGetsAnnotationsWithItsEscapes() throws IOException {
        Path odd = folder.resolve("50%,a:b");
        Files.move(folder.resolve("mappings"), odd);
        Files.writeString(
                odd.resolve("order.yaml"),
                Files.readString(odd.resolve("order.yaml")).replace("payload.id != 0", "1 %"));
        Cli.Result result = new Cli(folder).run("lint", "50%,a:b", "--format", "github");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(
                result.out()
                        .matches(
                                "::error file=\\S*50%25%2Ca%3Ab/order.yaml,line=5,col=[0-9]+,title=CC0303::[^\\n]*\\n"),
                result.out());
        assertFalse(result.out().split("::")[2].contains("\n\n"), result.out());
    }

    @Test
    void aFormatThatDoesNotExistIsAUsageError() {
        Cli.Result result = new Cli(folder).run("lint", "--format", "xml");
        assertEquals(ExitCode.USAGE, result.exitCode());
        assertTrue(result.err().contains("human, json, github"), result.err());
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
        assertTrue(none.err().contains("CC1101 no case has such a name"), none.err());
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
    void whereThereIsNothingToCoverNothingIsCovered() throws IOException {
        Path own = folder.resolve("own");
        Files.createDirectories(own);
        Files.move(folder.resolve("mappings/order.test.yaml"), own.resolve("order.test.yaml"));
        Cli cli = new Cli(folder);

        Cli.Result result = cli.run("test", "own", "--with", "mappings", "--coverage");

        assertEquals(ExitCode.DONE, result.exitCode(), result.out() + result.err());
        assertTrue(result.out().contains("there is nothing to cover"), result.out());
        assertFalse(result.out().contains("100%"), result.out());
        assertEquals(
                ExitCode.NO,
                cli.run("test", "own", "--with", "mappings", "--min-coverage", "1")
                        .exitCode());
    }

    @Test
    void aFolderWithoutATestIsAMistake() throws IOException {
        Files.createDirectories(folder.resolve("none"));

        Cli.Result result = new Cli(folder).run("test", "mappings", "none");

        assertEquals(ExitCode.NO, result.exitCode(), result.out());
        assertTrue(result.err().contains("there is no test (expected a file *.test.yaml)"), result.err());
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
