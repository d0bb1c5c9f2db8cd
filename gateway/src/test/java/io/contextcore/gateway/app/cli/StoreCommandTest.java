package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.store.Commit;
import io.contextcore.gateway.store.RocksStore;
import io.contextcore.gateway.store.Store;
import io.contextcore.gateway.store.StoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private Store open() {
        return RocksStore.open(
                folder.resolve("store"), Clock.system(), StoreSettings.defaults(), StrictJson::reread, Metrics.none());
    }

    private void fill() {
        try (Store store = open()) {
            accept(store, "a", "{\"n\":1}");
            accept(store, "b", "{\"n\": [12345678901234567890, \"\u00f6\\n\"]}");
            accept(store, "c", "");
            store.commit(new Commit(
                    Clock.system().epochNanos(),
                    1L,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    new Commit.DeadLetter("mapping", "no such field")));
        }
    }

    private static void accept(Store store, String id, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        store.accept(new Arrival(
                        "shop-eu",
                        "shop",
                        "order",
                        "shop-eu//" + id,
                        null,
                        Map.of("x-event", "order"),
                        bytes,
                        StrictJson.reread(bytes),
                        Duration.ofHours(1).toNanos()))
                .toCompletableFuture()
                .join();
    }

    private void damage() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("store").resolve("db"))) {
            for (Path table :
                    files.filter(file -> file.toString().endsWith(".sst")).toList()) {
                byte[] bytes = Files.readAllBytes(table);
                bytes[20] ^= 0x40;
                Files.write(table, bytes);
            }
        }
    }

    @Test
    void ofAWholeStoreItSaysHowMuchThereIs() {
        fill();
        Cli.Result result = new Cli(folder).run("store", "check", "store");
        assertEquals("""
                deliveries: 2 can be read
                dead letters: 1 can be read
                entries that wait to be sent: 0 can be read
                instances, aliases, tallies and facts: 0 can be read
                the store is whole
                """, result.out());
        assertEquals(ExitCode.DONE, result.exitCode());
    }

    @Test
    void everyDeliveryIsALine() throws IOException {
        fill();
        Cli.Result result = new Cli(folder).run("store", "export", "store", "--to", "saved.jsonl");
        assertEquals(ExitCode.DONE, result.exitCode(), result.err());
        assertEquals("", result.out());
        List<String> lines = Files.readAllLines(folder.resolve("saved.jsonl"));
        assertEquals(3, lines.size());
        JsonNode dead = JSON.readTree(lines.get(0));
        assertEquals("dead", dead.path("state").asText());
        assertEquals("no such field", dead.path("dead").path("error").asText());
        JsonNode waits = JSON.readTree(lines.get(1));
        assertEquals("waits", waits.path("state").asText());
        assertEquals(2, waits.path("sequence").asLong());
        assertEquals("shop-eu//b", waits.path("id").asText());
        assertEquals("order", waits.path("headers").path("x-event").asText());
        assertTrue(lines.get(1).endsWith("\"body\":{\"n\":[12345678901234567890,\"\u00f6\\n\"]},\"state\":\"waits\"}"));
        assertTrue(JSON.readTree(lines.get(2)).path("body").isMissingNode(), "an empty body");
        assertEquals(
                lines,
                new Cli(folder).run("store", "export", "store").out().lines().toList());
    }

    @Test
    void aFileThatIsThereIsNotOverwritten() throws IOException {
        fill();
        Files.createFile(folder.resolve("saved.jsonl"));
        Cli.Result result = new Cli(folder).run("store", "export", "store", "--to", "saved.jsonl");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.err().contains("is there already"), result.err());
    }

    @Test
    void damageIsToldWithWhatToDo() throws IOException {
        fill();
        open().close();
        damage();
        Cli.Result check = new Cli(folder).run("store", "check", "store");
        assertEquals(ExitCode.NO, check.exitCode());
        assertTrue(check.out().startsWith("damaged: table file "), check.out());
        assertTrue(check.out().contains("save what is readable with `contextcore store export`"), check.out());
        assertEquals(
                ExitCode.NO, new Cli(folder).run("store", "export", "store").exitCode());
    }

    @Test
    void aStoreInUseIsLeftAlone() {
        try (Store store = open()) {
            assertEquals(0, store.cursor());
            Cli.Result result = new Cli(folder).run("store", "check", "store");
            assertEquals(ExitCode.NO, result.exitCode());
            assertTrue(result.err().contains("is in use by another process"), result.err());
        }
    }

    @Test
    void aFolderWithoutAStoreIsNamed() {
        Cli.Result result = new Cli(folder).run("store", "export", "attic");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.err().startsWith("no store in folder "), result.err());
    }
}
