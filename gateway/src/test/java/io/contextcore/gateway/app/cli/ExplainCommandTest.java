package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertTrue(out.contains("when  payload.id != 0  line 5\n    = true"), out);
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
        assertTrue(result.out().contains("order.yaml:10:"), result.out());
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

    @Test
    void theExampleOfAKindIsExplainedWithItsPlaceholdersFilled() {
        Cli.Result result = new Cli(folder).run("explain", "shop", "--example", "--mappings", "mappings");
        assertEquals(ExitCode.DONE, result.exitCode(), result.out() + result.err());
        assertTrue(result.out().startsWith("event order, delivery "), result.out());
        assertTrue(result.out().contains("span order A lamp"), result.out());
    }

    @Test
    void everyKindThatComesWithTheGatewayHasAnExampleThatIsMapped() {
        for (String kind :
                Mappings.load(new Cli(folder).surroundings(), List.of()).kinds().keySet()) {
            Cli.Result result = new Cli(folder).run("explain", kind, "--example");
            assertEquals(ExitCode.DONE, result.exitCode(), result.out() + result.err());
            assertTrue(result.out().contains("signals: "), result.out());
        }
    }

    @Test
    void eitherAFileOrTheExampleIsExplained() {
        String expected = "what to explain? (expected: a file, - for standard input, or --example)";
        Cli.Result neither = new Cli(folder).run("explain", "shop", "--mappings", "mappings");
        assertEquals(expected, neither.err().strip());
        Cli.Result both = new Cli(folder).run("explain", "shop", "-", "--example", "--mappings", "mappings");
        assertEquals(expected, both.err().strip());
        assertEquals(ExitCode.NO, both.exitCode());
    }

    private Cli.Result explain(String payload) {
        return new Cli(folder).input(payload).run("explain", "shop", "-", "--mappings", "mappings");
    }
}
