package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramLoaderTest {

    private static final String LOG = "logs: [{event: order.noted}]\n";

    @Test
    void theShippedFilesLoad() {
        Program program = ProgramLoader.load(
                List.of(Path.of("../mappings")), (source, name) -> Optional.empty(), Limits.defaults());

        assertTrue(
                program.kinds().size() >= 3, () -> "kinds: " + program.kinds().keySet());
        assertTrue(program.mappings().size() >= 8, () -> "mappings: " + program.mappings());
        assertTrue(program.redactor() != null && !program.tables().isEmpty());
    }

    @Test
    void aFolderIsReadWithoutItsTests(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("a/testdata"));
        Files.writeString(folder.resolve("a/kind.yaml"), Shop.KIND);
        Files.writeString(folder.resolve("a/kind.test.yaml"), "not: a file of the language\n");
        Files.writeString(folder.resolve("a/testdata/order.yaml"), "neither: is this\n");
        Files.writeString(folder.resolve("a/notes.txt"), "nor this");

        Program program = ProgramLoader.load(List.of(folder), (source, name) -> Optional.empty(), Limits.defaults());

        assertEquals(List.of("shop"), List.copyOf(program.kinds().keySet()));
    }

    @Test
    void aFolderThatIsNotThereIsAProblem(@TempDir Path folder) {
        Path missing = folder.resolve("none");

        InvalidFiles e = assertThrows(
                InvalidFiles.class,
                () -> ProgramLoader.load(List.of(missing), (source, name) -> Optional.empty(), Limits.defaults()));

        assertTrue(e.getMessage().startsWith(missing + ":1:1: CC0201 the folder is not there"), e.getMessage());
    }

    @Test
    void aFileThatIsNoUtf8IsAProblem(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("kind.yaml");
        Files.write(file, "kind: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        InvalidFiles e = assertThrows(
                InvalidFiles.class,
                () -> ProgramLoader.load(List.of(folder), (source, name) -> Optional.empty(), Limits.defaults()));

        assertTrue(
                e.getMessage()
                        .endsWith(
                                file
                                        + ":1:10: CC0201 the file is not UTF-8: what stands here cannot be read (expected text in UTF-8)"),
                e.getMessage());
    }

    @Test
    void allProblemsOfAllFilesAreToldAtOnce() {
        List<String> problems = Shop.problems(
                "kind.yaml", Shop.KIND + "pings: [ping]\n",
                "order.yaml", Shop.order("wen: \"true\"\n" + LOG),
                "conventions.yaml",
                        Shop.CONVENTIONS + "  order.colour: {type: text, meaning: Its colour., stability: stable}\n");

        assertEquals(3, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("conventions.yaml:9:24: type: 'text' does not fit (expected one of string"));
        assertTrue(problems.get(1).startsWith("kind.yaml:5:1: unknown key 'pings' in a kind file"), problems::toString);
        assertTrue(problems.get(1).endsWith("nearest: ping)"), problems::toString);
        assertTrue(
                problems.get(2).startsWith("order.yaml:5:1: unknown key 'wen' in a mapping file"), problems::toString);
        assertTrue(problems.get(2).endsWith("nearest: when)"), problems::toString);
    }

    @Test
    void aFileWithoutAVersionIsToldTheLineToAddAndReadAllTheSame() {
        assertEquals(
                List.of(
                        "order.yaml:1:1: the file does not say its version (expected the first line `apiVersion:"
                                + " contextcore.io/v1`)",
                        "order.yaml:4:1: unknown key 'wen' in a mapping file (expected one of apiVersion, mapping, kind,"
                                + " schema, events, when, ignore, vars, lifecycles, spans, logs, learn, reply, nearest: when)"),
                Shop.problems("order.yaml", "mapping: a\nkind: shop\nevents: [order]\nwen: \"true\"\n" + LOG));
    }

    @Test
    void theVersionStandsFirst() {
        assertEquals(
                List.of("order.yaml:1:1: 'mapping' stands before 'apiVersion' (expected after it)"),
                Shop.problems(
                        "order.yaml",
                        "mapping: a\napiVersion: contextcore.io/v1\nkind: shop\nevents: [order]\n" + LOG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"contextcore.io/v2", "v1"})
    void aFileOfAnotherVersionIsNotUnderstood(String version) {
        assertEquals(
                List.of("order.yaml:1:13: apiVersion: '" + version
                        + "' is unknown here (expected contextcore.io/v1; a file of"
                        + " a newer version needs a newer gateway)"),
                Shop.problems("order.yaml", "apiVersion: " + version + "\nmappin: a\nwhatever: 1\n"));
    }

    @Test
    void whatWasLearntIsAskedForInMappingsOnly() {
        String learns =
                Shop.order("vars: {name: \"learnt('names', 1)\"}\nlearn: [{table: names, key: '1', value: x}]\n");
        String says = "'learnt' can be called in mappings only (expected: a mapping asks, and says it in an attribute)";
        assertEquals(
                List.of("kind.yaml:5:14: " + says, "lifecycle.yaml:6:21: " + says),
                Shop.problems(
                        "order.yaml", learns,
                        "kind.yaml", Shop.KIND + "delivery_id: learnt('names', 'a')\n",
                        "lifecycle.yaml", Shop.LIFECYCLE + "derive: {order.id: \"learnt('names', 'a')\"}\n"));
    }

    @Test
    void anItemWithoutANameIsCalledItemUnlessThatIsTaken() {
        String loop = "logs: [{event: a, for_each: payload.list}]\n";
        assertEquals(List.of(), Shop.problems("order.yaml", Shop.order(loop)));
        assertEquals(
                List.of("order.yaml:6:29: without `as` each item is called 'item', and there is a variable 'item'"
                        + " already (expected `as:` with another name beside `for_each:`)"),
                Shop.problems("order.yaml", Shop.order("vars: {item: payload.a}\n" + loop)));
    }

    @Test
    void aFileStartsWithWhatItIs() {
        assertEquals(
                List.of(
                        "x.yaml:2:1: a file cannot start with 'mappin' (expected one of kind, source, mapping, lifecycle, tables,"
                                + " conventions, redaction, schema, nearest: mapping)"),
                Shop.problems("x.yaml", "apiVersion: contextcore.io/v1\nmappin: a\n"));
    }

    @ParameterizedTest
    @CsvSource({"kind.yaml, reply"})
    void whatIsNotBuiltYetIsRefused(String file, String key) {
        String text = Shop.files().get(file) + key + ": {}\n";

        List<String> problems = Shop.problems(file, text);

        long line = text.lines().count();
        assertEquals(List.of(file + ":" + line + ":1: '" + key + "' is not supported yet"), problems);
    }

    @ParameterizedTest
    @ValueSource(strings = "extends")
    void whatIsNotBuiltYetIsRefusedInAMapping(String key) {
        assertEquals(
                List.of("order.yaml:5:1: '" + key + "' is not supported yet"),
                Shop.problems("order.yaml", Shop.order(key + ": {}\n" + LOG)));
    }

    @Test
    void aNameIsDeclaredOnce() {
        Map<String, String> files = Shop.files(
                "a.yaml",
                Shop.order(LOG),
                "b.yaml",
                Shop.order(LOG),
                "kind2.yaml",
                Shop.KIND,
                "lifecycle2.yaml",
                Shop.LIFECYCLE,
                "tables2.yaml",
                "apiVersion: contextcore.io/v1\ntables:\n  shop.state: {}\n",
                "conventions2.yaml",
                "apiVersion: contextcore.io/v1\nconventions:\n  order.id: {type: string, meaning: Again., stability: stable}\n");

        assertEquals(
                List.of(
                        "b.yaml:2:10: the mapping 'shop.order' exists already, at a.yaml:2:10 (expected another name; only a later folder overrides)",
                        "conventions2.yaml:3:3: the attribute 'order.id' exists already, at conventions.yaml:3:3 (expected"
                                + " another name; only a later folder overrides)",
                        "kind2.yaml:2:7: the kind 'shop' exists already, at kind.yaml:2:7 (expected another name; only a later folder overrides)",
                        "lifecycle2.yaml:2:12: the lifecycle 'order' exists already, at lifecycle.yaml:2:12 (expected another"
                                + " name; only a later folder overrides)",
                        "tables2.yaml:3:3: the table 'shop.state' exists already, at tables.yaml:3:3 (expected another name; only a later folder overrides)"),
                Shop.problems(files));
    }

    @Test
    void namesMustExist() {
        List<String> problems = Shop.problems("order.yaml", """
                apiVersion: contextcore.io/v1
                mapping: shop.order
                kind: shopp
                events: [order]
                lifecycles:
                  - lifecycle: ordr
                    key: a
                    parent: {lifecycle: oder, key: b}
                    cleared: [order.stat]
                    attributes:
                      order.idd: a
                    sets:
                      order.held: {a: "${true}"}
                """);

        assertEquals(
                List.of(
                        "order.yaml:3:7: there is no kind 'shopp' (expected one of shop, nearest: shop)",
                        "order.yaml:6:16: there is no lifecycle 'ordr' (expected one of order, nearest: order)",
                        "order.yaml:8:25: there is no lifecycle 'oder' (expected one of order, nearest: order)",
                        "order.yaml:9:15: attribute 'order.stat' is not declared (expected a name of the conventions,"
                                + " nearest: order.state)",
                        "order.yaml:11:7: attribute 'order.idd' is not declared (expected a name of the conventions,"
                                + " nearest: order.id)",
                        "order.yaml:13:7: attribute 'order.held' is not declared (expected a name of the conventions,"
                                + " nearest: order.held_by)"),
                problems);
    }

    @Test
    void aTableMustExist() {
        List<String> problems =
                Shop.problems("order.yaml", Shop.order("vars: {a: \"lookup('shop.stat', 'x', 'y')\"}\n" + LOG));

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("order.yaml:5:"), problems::toString);
        assertTrue(problems.get(0).contains("shop.stat") && problems.get(0).contains("shop.state"), problems::toString);
    }

    @Test
    void aValueThatCannotFitItsAttributeIsRefused() {
        List<String> problems = Shop.problems("order.yaml", Shop.order("""
                logs:
                  - event: order.noted
                    attributes:
                      order.state: payd
                      order.code: ${'1'}
                      order.gift: "${1 + 1}"
                      order.price: "${3}"
                      order.held_by: a
                """));

        assertEquals(4, problems.size(), problems::toString);
        assertEquals(
                "order.yaml:8:20: 'order.state': 'payd' does not fit (expected one of new, paid, sent, nearest: paid)",
                problems.get(0));
        assertTrue(
                problems.get(1)
                        .endsWith(
                                "logs[0].attributes.order.code: the value is of type string (expected type int of 'order.code')"),
                problems::toString);
        assertTrue(
                problems.get(2).contains("is of type int (expected type boolean of 'order.gift')"), problems::toString);
        assertTrue(
                problems.get(3).contains("is of type string (expected type strings of 'order.held_by')"),
                problems::toString);
    }

    @Test
    void anAttributeThatALifecycleReadsMustBeDeclared() {
        List<String> problems = Shop.problems(
                "lifecycle.yaml", Shop.LIFECYCLE + "logs: [{when: \"after['order.stat'] == 'x'\", event: a}]\n");

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).contains("logs[0].when reads the attribute 'order.stat', which is not declared"),
                problems::toString);
    }

    @Test
    void aTerminalValueMustBeOneOfThePhases() {
        assertEquals(
                List.of(
                        "lifecycle.yaml:5:12: an item of 'terminal': 'sennt' does not fit (expected one of new, paid, sent,"
                                + " nearest: sent)"),
                Shop.problems("lifecycle.yaml", Shop.LIFECYCLE.replace("[sent]", "[sennt]")));
    }

    @Test
    void aConditionIsTrueOrFalse() {
        assertEquals(
                List.of("order.yaml:5:8: when: the value is of type string (expected true or false)"),
                Shop.problems("order.yaml", Shop.order("when: \"'yes'\"\n" + LOG)));
    }

    @Test
    void aVariableIsNotNamedTwice() {
        List<String> problems = Shop.problems("order.yaml", Shop.order("vars: {payload: \"1\"}\n" + LOG));

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("order.yaml:5:8: the variable 'payload' exists already"),
                problems::toString);
    }

    @Test
    void aVariableIsKnownBelowItOnly() {
        List<String> problems = Shop.problems("order.yaml", Shop.order("vars: {a: b, b: \"1\"}\n" + LOG));

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("order.yaml:5:11: "), problems::toString);
    }

    @Test
    void aSignalNamesItsInstance() {
        assertEquals(
                List.of("order.yaml:6:5: a signal needs one of the keys key, alias, children"),
                Shop.problems("order.yaml", Shop.order("lifecycles:\n  - lifecycle: order\n")));
    }

    @Test
    void aReasonIsASlug() {
        List<String> problems =
                Shop.problems("order.yaml", Shop.order("ignore: [{when: \"true\", reason: Not ours}]\n"));

        assertEquals(
                List.of(
                        "order.yaml:5:33: reason: 'Not ours' does not fit (expected lower-case words with - between them)"),
                problems);
    }

    @Test
    void aKindSaysHowToVerify() {
        List<String> problems = Shop.problems(
                "kind.yaml", "apiVersion: contextcore.io/v1\nkind: shop\nverify: []\nevent: headers['x']\n");

        assertEquals(
                List.of(
                        "kind.yaml:3:9: 'verify' names no way to verify (expected `- hmac: …`, `- signature: …`, `- token: …`, `- jwt: …` or `- basic: …`)"),
                problems);
    }

    @Test
    void aRedactionPatternMustBeRe2() {
        List<String> problems =
                Shop.problems("redaction.yaml", "apiVersion: contextcore.io/v1\nredaction:\n  keys: ['(?<=a)b']\n");

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("redaction.yaml:3:11: not a regular expression of RE2"), problems::toString);
    }

    @Test
    void theMessageShowsTheLineAndTheColumn() {
        InvalidFiles e = assertThrows(
                InvalidFiles.class,
                () -> Shop.load(Shop.files("order.yaml", Shop.order("when: payload.a ==\n" + LOG))));

        assertTrue(e.getMessage().contains("\n    when: payload.a ==\n"), e.getMessage());
        assertTrue(e.getMessage().contains("order.yaml:5:"), e.getMessage());
    }
}
