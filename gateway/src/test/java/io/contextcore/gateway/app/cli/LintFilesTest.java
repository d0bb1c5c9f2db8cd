package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lint says of folders and files as such, and of files that declare sources. */
class LintFilesTest {

    private static final String SOURCE = "apiVersion: contextcore.io/v1\nsource: ";

    @TempDir
    private Path folder;

    private Path mappings;

    @BeforeEach
    void aShop() throws IOException {
        mappings = folder.resolve("mappings");
        Shop.write(mappings);
    }

    @Test
    void aFolderWithoutAFileOfTheLanguageIsAMistake() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertProblem(
                lint("mappings", "empty"),
                "empty:1:1: CC0201 there is no file of the mapping language here (expected files *.yaml that begin with");
        assertProblem(lint("empty"), "there is no file of the mapping language here");
    }

    @Test
    void aFolderOfTestsAloneWantsTheMappingsBesideIt() throws IOException {
        Path tests = Files.createDirectories(folder.resolve("tests"));
        Files.move(mappings.resolve("order.test.yaml"), tests.resolve("order.test.yaml"));
        assertProblem(lint("tests"), "there is nothing but tests of the mapping language here");
        Cli.Result both = lint("mappings", "tests");
        assertEquals(ExitCode.DONE, both.exitCode(), both.out());
    }

    @Test
    void aFolderThatIsNotThereIsToldOnceInPlainWords() {
        Cli.Result result = lint("mapings");
        assertProblem(result, "mapings:1:1: CC0201 the folder is not there (expected one that exists)");
        assertOnce(result, "CC0201");
        assertFalse(result.out().contains("Exception"), result.out());
    }

    @Test
    void aFileThatIsNotUtf8IsToldOnceWithItsPlaceAndHidesNothing() throws IOException {
        Path file = mappings.resolve("kind.yaml");
        String text = Files.readString(file) + "# a sch\u00f6n comment\n";
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        replace("order.yaml", "lifecycles:", "lifecylces:");
        replace("order.test.yaml", "expect: {ignored", "expct: {ignored");
        Cli.Result result = lint("mappings");
        int line = (int) text.lines().count();
        assertProblem(
                result, "kind.yaml:" + line + ":8: CC0201 the file is not UTF-8: what stands here cannot be read");
        assertOnce(result, "CC0201");
        assertProblem(result, "unknown key 'lifecylces'");
        assertProblem(result, "unknown key 'expct'");
        assertFalse(result.out().contains("there is no kind"), "the file's name is known: " + result.out());
    }

    @Test
    void aTestThatIsNotUtf8IsToldOnceAndNotReadFurther() throws IOException {
        Path file = mappings.resolve("order.test.yaml");
        Files.write(file, Files.readString(file).replace("lamp", "l\u00e4mp").getBytes(StandardCharsets.ISO_8859_1));
        Cli.Result result = lint("mappings");
        assertProblem(result, "order.test.yaml:6:29: CC0201 the file is not UTF-8");
        assertTrue(result.out().endsWith("1 error" + System.lineSeparator()), result.out());
    }

    @Test
    void aSoundSourceIsFineWhetherItsSecretIsThereOrNot() throws IOException {
        source("a", "kind: shop\nsecret: file:nowhere\nprojects: {one: shop}\notlp: {headers: {X-Key: env:NOT_SET}}\n");
        source("b", "kind: shop\nsecrets: [env:NOT_SET, file:nowhere]\npath: /hooks/b\n");
        Cli.Result result = lint("mappings");
        assertEquals(ExitCode.DONE, result.exitCode(), result.out());
    }

    @Test
    void aSourceIsCheckedAsFarAsThatNeedsNoSecret() throws IOException {
        source("a", "kind: shop\nverify: none\npath: hooks/a/\n");
        source("b", "kind: shop\nverify: none\notlp: {headers: {Content-Type: x, 'a b': y, X-Key: 'env:'}}\n");
        source("C", "kind: shop\nverify: none\n");
        source("d", "kind: shop\n");
        source("e", "kind: shop\nverify: none\nsecret: file:x\n");
        source("f", "kind: shpo\nverify: none\n");
        source("g", "kind: shop\nsecret: 'file:'\n");
        source("h", "kind: shop\nsecret: env:NO NAME\n");
        Cli.Result result = lint("mappings");
        assertProblem(result, "a.yaml:5:7: CC0804 path: 'hooks/a/' does not fit");
        assertProblem(result, "'Content-Type' cannot be a header of a source");
        assertProblem(result, "'a b' cannot be a header of a source");
        assertProblem(result, "b.yaml:5:53: CC0806 the secret names no environment variable");
        assertProblem(result, "source 'C' cannot stand in a path");
        assertProblem(result, "source 'd' has no secret");
        assertProblem(result, "source 'e' has a secret and `verify: none`");
        assertOnce(result, "there is no kind 'shpo'");
        assertProblem(result, "g.yaml:4:10: CC0806 the secret names no file");
        assertProblem(result, "h.yaml:4:9: CC0806 the secret names no environment variable");
    }

    @Test
    void twoSourcesOfOneNameOrOnePathAreToldWithBothPlaces() throws IOException {
        source("a", "kind: shop\nsecret: env:A\npath: /hooks/a\n");
        source("b", "kind: shop\nsecret: env:B\npath: /hooks/a\n");
        source("c", "kind: shop\nsecret: env:C\npath: /webhooks/d\n");
        source("d", "kind: shop\nsecret: env:D\n");
        Files.copy(mappings.resolve("d.yaml"), mappings.resolve("d2.yaml"));
        Cli.Result result = lint("mappings");
        assertProblem(result, "the path /hooks/a of the source 'b' is that of the source 'a', at ");
        assertProblem(result, "the path /webhooks/d of the source 'd' is that of the source 'c', at ");
        assertOnce(result, "the source 'd' exists already, at ");
    }

    private void source(String name, String rest) throws IOException {
        Files.writeString(mappings.resolve(name + ".yaml"), SOURCE + name + "\n" + rest);
    }

    private Cli.Result lint(String... folders) {
        String[] arguments = new String[folders.length + 1];
        arguments[0] = "lint";
        System.arraycopy(folders, 0, arguments, 1, folders.length);
        return new Cli(folder).run(arguments);
    }

    private static void assertProblem(Cli.Result result, String text) {
        assertEquals(ExitCode.NO, result.exitCode(), result.out());
        assertTrue(result.out().contains(text), result.out());
    }

    private static void assertOnce(Cli.Result result, String text) {
        assertEquals(2, result.out().split(java.util.regex.Pattern.quote(text), -1).length, result.out());
    }

    private void replace(String name, String from, String to) throws IOException {
        Path file = mappings.resolve(name);
        String text = Files.readString(file);
        assertTrue(text.contains(from));
        Files.writeString(file, text.replace(from, to));
    }
}
