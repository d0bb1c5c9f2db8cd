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
