package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's folder on ours. */
class LayersTest {

    private static final String VERSION = "apiVersion: contextcore.io/v1\n";

    @TempDir
    private Path root;

    private Path ours;
    private Path mine;

    @BeforeEach
    void theShopIsOurs() throws IOException {
        ours = Files.createDirectories(root.resolve("ours"));
        mine = Files.createDirectories(root.resolve("mine"));
        Shop.files("order.yaml", Shop.order("logs: [{event: order.noted}]\n"))
                .forEach((name, text) -> write(ours, name, text));
    }

    @Test
    void aLaterFolderAddsAndOverridesByNameWithoutReadingWhatItHides() {
        write(ours, "broken.yaml", VERSION + "mapping: shop.broken\nkind: shop\nevents: [a]\nnonsense: 1\n");
        write(mine, "x.yaml", VERSION + "mapping: shop.broken\nkind: shop\nevents: [b]\nlogs: [{event: b}]\n");
        write(mine, "y.yaml", VERSION + "mapping: shop.more\nkind: shop\nevents: [c]\nlogs: [{event: c}]\n");
        write(mine, "life.yaml", Shop.LIFECYCLE.replace("[sent]", "[paid]"));
        write(
                mine,
                "names.yaml",
                VERSION + "conventions:\n  order.id: {type: int, meaning: Mine., stability: stable}\n");

        Program program = load();

        assertEquals(List.of("shop.broken", "shop.more", "shop.order"), program.mappings());
        assertEquals("Mine.", program.conventions().byName().get("order.id").meaning());
        assertEquals(
                List.of(
                        "the lifecycle 'order': mine/life.yaml:2:12 instead of ours/lifecycle.yaml:2:12",
                        "the mapping 'shop.broken': mine/x.yaml:2:10 instead of ours/broken.yaml:2:10",
                        "the attribute 'order.id': mine/names.yaml:3:3 instead of ours/conventions.yaml:3:3"),
                overridings(program));
    }

    @Test
    void aRowMustBeOfTheTypeOfTheRowsBefore() {
        write(mine, "t.yaml", VERSION + "tables:\n  shop.state: {Done: 1}\n  shop.code: {paid: one, sent: 2.5}\n");

        assertEquals(
                List.of(
                        "mine/t.yaml:3:22: the table 'shop.state', row 'Done': 1 is a whole number"
                                + " (expected a text, as in the rows of earlier folders)",
                        "mine/t.yaml:4:21: the table 'shop.code', row 'paid': one is a text"
                                + " (expected a whole number, as in the rows of earlier folders)",
                        "mine/t.yaml:4:32: the table 'shop.code', row 'sent': 2.5 is a number"
                                + " (expected a whole number, as in the rows of earlier folders)"),
                problems());
    }

    @Test
    void aValueThatIsNoneOfAnAttributesValuesAsTheOthersAreIsToldOf() {
        write(mine, "t.yaml", VERSION + "tables:\n  shop.state: {Lost: snt, Back: sent}\n  shop.free: {a: b}\n");

        assertEquals(
                List.of("mine/t.yaml:3:22: warning the table 'shop.state', row 'Lost': 'snt' is no value of"
                        + " order.state, as those of the other rows are (expected one of new, paid, sent, nearest:"
                        + " sent)"),
                ProgramLoader.attempt(List.of(ours, mine), Limits.defaults()).problems().all().stream()
                        .map(problem -> (problem.location() + ": "
                                        + problem.severity().word() + " " + problem.message())
                                .replace(root + "/", ""))
                        .toList());
    }

    @Test
    void rowsThatDifferOnlyInCaseAreRefusedWithTheOthersPlace() {
        write(mine, "t.yaml", VERSION + "tables:\n  shop.state: {DONE: sent}\n  shop.own: {a: 1, A: 2}\n");

        assertEquals(
                List.of(
                        "mine/t.yaml:3:16: the table 'shop.state', row 'DONE' differs only in case from the row"
                                + " 'Done', at ours/tables.yaml:3:30 (expected 'Done', to override it in a later folder:"
                                + " lookups ignore case)",
                        "mine/t.yaml:4:20: the table 'shop.own', row 'A' differs only in case from the row 'a',"
                                + " at mine/t.yaml:4:14 (expected 'a', to override it in a later folder: lookups ignore"
                                + " case)"),
                problems());
    }

    @Test
    void aDeclarationThatEarlierFilesDoNotGoWithIsToBlameNotThey() {
        write(
                ours,
                "order.yaml",
                Shop.order("logs: [{event: order.noted, attributes: {order.id: x, order.state: paid}}]\n"));
        write(
                mine,
                "names.yaml",
                VERSION + "conventions:\n  order.id: {type: int, meaning: Mine., stability: stable}\n"
                        + "  order.state: {type: string, values: [new], meaning: Mine., stability: stable}\n");
        write(
                mine,
                "more.yaml",
                VERSION + "mapping: shop.more\nkind: shop\nevents: [c]\n"
                        + "logs: [{event: c, attributes: {order.id: z, order.state: paid}}]\n");

        assertEquals(
                List.of(
                        "mine/more.yaml:5:42: logs[0].attributes.order.id: the value is of type string (expected"
                                + " type int of 'order.id')",
                        "mine/more.yaml:5:58: 'order.state': 'paid' does not fit (expected one of new)",
                        "mine/names.yaml:3:3: 'order.id' is declared anew here, and ours/order.yaml:5:52 does not"
                                + " go with that: logs[0].attributes.order.id: the value is of type string (expected"
                                + " type int of 'order.id')",
                        "mine/names.yaml:4:3: 'order.state' is declared anew here, and ours/lifecycle.yaml:5:12"
                                + " does not go with that: 'sent' is none of its values (expected one of new)",
                        "mine/names.yaml:4:3: 'order.state' is declared anew here, and ours/order.yaml:5:68 does"
                                + " not go with that: 'paid' is none of its values (expected one of new)"),
                problems());
    }

    @Test
    void tablesAddUpRowByRow() {
        write(mine, "t.yaml", VERSION + "tables:\n  shop.state: {Done: sent, Lost: sent}\n  shop.new: {a: b}\n");

        Program program = load();

        assertEquals(
                Map.of("Waiting", "new", "Done", "sent", "Lost", "sent"),
                program.tables().get("shop.state"));
        assertEquals(Map.of("a", "b"), program.tables().get("shop.new"));
        assertEquals(
                List.of("the table 'shop.state', row 'Done': mine/t.yaml:3:16 instead of ours/tables.yaml:3:30"),
                overridings(program));
    }

    @Test
    void whatIsOursCanBeSwitchedOff() {
        write(mine, "off.yaml", VERSION + "mapping: shop.order\ndisabled: true\n");

        Program program = load();

        assertEquals(List.of(), program.mappings());
        assertEquals(
                List.of("the mapping 'shop.order': mine/off.yaml:2:10 switches off ours/order.yaml:2:10"),
                overridings(program));
    }

    @Test
    void whatIsSwitchedOffMustBeThereAndSaysNothingElse() {
        write(mine, "a.yaml", VERSION + "mapping: shop.ordre\ndisabled: true\n");
        write(mine, "b.yaml", VERSION + "mapping: shop.order\ndisabled: true\nevents: [a]\n");

        assertEquals(
                List.of(
                        "mine/a.yaml:2:10: there is no mapping 'shop.ordre' in an earlier folder to switch off (expected one"
                                + " of an earlier folder, nearest: shop.order)",
                        "mine/b.yaml:4:1: unknown key 'events' in a mapping file that switches off (expected one of"
                                + " apiVersion, mapping, disabled)"),
                problems());
    }

    @Test
    void twiceInOneFolderIsStillAProblem() {
        String text = VERSION + "mapping: shop.order\nkind: shop\nevents: [b]\nlogs: [{event: b}]\n";
        write(mine, "a.yaml", text);
        write(mine, "b.yaml", text);
        write(mine, "t.yaml", VERSION + "tables: {shop.state: {Done: sent}}\n");
        write(mine, "u.yaml", VERSION + "tables: {shop.state: {Lost: sent}}\n");

        assertEquals(
                List.of(
                        "mine/b.yaml:2:10: the mapping 'shop.order' exists already, at mine/a.yaml:2:10 (expected another"
                                + " name; only a later folder overrides)",
                        "mine/u.yaml:2:10: the table 'shop.state' exists already, at mine/t.yaml:2:10 (expected another"
                                + " name; only a later folder overrides)"),
                problems());
    }

    @Test
    void aFolderThatIsGivenTwiceCountsOnce() {
        Program program =
                ProgramLoader.load(List.of(ours, ours), (source, name) -> Optional.empty(), Limits.defaults());

        assertEquals(List.of(), program.overridings());
    }

    @Test
    void aTrapAmongTheRowsOfATableWantsQuotes() {
        write(
                mine,
                "t.yaml",
                VERSION + "tables:\n  a: {x: no, y1: 12:30, z: 0x10, u: 2026-01-02, v: ~}\n  b: {no: x, 1e3: x}\n");

        assertEquals(
                List.of(
                        "mine/t.yaml:3:10: 'x': 'no' does not fit (expected text: put it in quotes)",
                        "mine/t.yaml:3:18: 'y1': '12:30' does not fit (expected text: put it in quotes)",
                        "mine/t.yaml:3:28: 'z': '0x10' does not fit (expected text: put it in quotes)",
                        "mine/t.yaml:3:37: 'u': '2026-01-02' does not fit (expected text: put it in quotes)",
                        "mine/t.yaml:3:52: 'v': '~' does not fit (expected text: put it in quotes)",
                        "mine/t.yaml:4:7: the key 'no' does not fit (expected text: put it in quotes)",
                        "mine/t.yaml:4:14: the key '1e3' does not fit (expected text: put it in quotes)"),
                problems());
    }

    private Program load() {
        return ProgramLoader.load(List.of(ours, mine), (source, name) -> Optional.empty(), Limits.defaults());
    }

    private List<String> overridings(Program program) {
        return program.overridings().stream()
                .map(overriding -> overriding.describe().replace(root + "/", ""))
                .toList();
    }

    private List<String> problems() {
        return assertThrows(InvalidFiles.class, this::load).problems().stream()
                .map(problem -> (problem.location() + ": " + problem.message()).replace(root + "/", ""))
                .toList();
    }

    private static void write(Path folder, String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
