package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void aShop() throws IOException {
        Shop.write(folder.resolve("mappings"));
    }

    @Test
    void everyStepIsShownFromTheExpressionsToTheTelemetry() {
        String out = explain("{\"event\": \"order\", \"id\": 7, \"title\": \"A lamp\"}")
                .out();
        assertTrue(out.contains("event order, delivery shop//"), out);
        assertTrue(out.contains("mapping shop.order"), out);
        assertTrue(out.contains("when  payload.id != 0  line 4\n    = true"), out);
        assertTrue(out.contains("signals: 1\n  to order shop/7"), out);
        assertTrue(out.contains("state of shop/7  (new)"), out);
        assertTrue(out.contains("stage: open"), out);
        assertTrue(out.contains("shop.title: \"A lamp\""), out);
        assertTrue(out.contains("span order A lamp"), out);
        assertTrue(out.contains("log order.created"), out);
    }

    @Test
    void whatAnEarlierPayloadLeftIsTheStateBefore() throws IOException {
        Files.writeString(folder.resolve("first.json"), "{\"event\": \"order\", \"id\": 7, \"title\": \"A lamp\"}");
        Cli.Result result = new Cli(folder)
                .input("{\"event\": \"order\", \"id\": 7, \"title\": \"Two lamps\"}")
                .run("explain", "shop", "-", "--mappings", "mappings", "--before", "first.json");
        assertTrue(result.out().contains("shop.title: \"A lamp\" -> \"Two lamps\""), result.out());
    }

    @Test
    void aMappingThatDoesNotTakeItSaysWhy() {
        Cli.Result result = explain("{\"event\": \"order\", \"id\": 0}");
        assertEquals(ExitCode.DONE, result.exitCode());
        assertTrue(result.out().contains("does not take it: when-false"), result.out());
        assertTrue(result.out().contains("ignored: when-false"), result.out());
    }

    @Test
    void anExpressionThatFailsNamesItsPlace() {
        Cli.Result result = explain("{\"event\": \"order\", \"id\": 1, \"title\": {\"no\": \"text\"}}");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.out().contains("dead letter (mapping): "), result.out());
        assertTrue(result.out().contains("order.yaml:9:"), result.out());
    }

    @Test
    void aBodyThatIsNoJsonIsRefusedAsAtTheDoor() {
        Cli.Result result = explain("{");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.out().startsWith("refused: unreadable: "), result.out());
    }

    @Test
    void whatASenderWroteCannotMoveTheCursor() {
        String out = explain("{\"event\": \"order\", \"id\": 7, \"title\": \"\\u001b[2Ja lamp\"}")
                .out();
        assertTrue(out.contains("span order \ufffd[2Ja lamp"), out);
        assertFalse(out.contains("\u001b"), out);
    }

    private Cli.Result explain(String payload) {
        return new Cli(folder).input(payload).run("explain", "shop", "-", "--mappings", "mappings");
    }
}
