package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.contextcore.gateway.testing.Promise;
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

    @Test
    void theSameIsToldAsJson() throws IOException {
        JsonNode page = json("{\"event\": \"order\", \"id\": 7, \"title\": \"A lamp\"}");
        assertEquals("order", page.path("event").textValue());
        JsonNode mapping = page.path("mappings").path(0);
        assertEquals("shop.order", mapping.path("name").textValue());
        assertTrue(mapping.path("taken").booleanValue(), page::toString);
        JsonNode when = mapping.path("expressions").path(0);
        assertEquals("when", when.path("what").textValue());
        assertEquals("payload.id != 0", when.path("source").textValue());
        assertTrue(when.path("value").booleanValue(), page::toString);
        assertTrue(when.path("at").textValue().contains("order.yaml:5:"), page::toString);
        assertEquals("order shop/7", page.path("signals").path(0).path("to").textValue());
        JsonNode step = page.path("steps").path(0);
        assertEquals("delivery", step.path("of").textValue());
        assertTrue(step.path("state").path(0).path("before").isNull(), page::toString);
        assertEquals(
                "open", step.path("state").path(0).path("after").path("stage").textValue());
        assertEquals("order A lamp", step.path("spans").path(0).path("name").textValue());
        assertEquals(
                "A lamp",
                step.path("spans").path(0).path("attributes").path("shop.title").textValue());
        assertEquals("order.created", step.path("logs").path(0).path("event").textValue());
    }

    @Test
    void theJsonTellsWhyNothingCameOut() throws IOException {
        JsonNode ignored = json("{\"event\": \"order\", \"id\": 0}");
        assertEquals("when-false", ignored.path("ignored").textValue());
        assertEquals(
                "when-false", ignored.path("mappings").path(0).path("reason").textValue());
        assertFalse(ignored.path("mappings").path(0).path("taken").booleanValue(), ignored::toString);
        JsonNode failed = json("{\"event\": \"order\", \"id\": 1, \"title\": {\"no\": \"text\"}}");
        assertTrue(failed.path("problem").path("code").textValue().matches("CC[0-9]{4}"), failed::toString);
        assertTrue(failed.path("problem").path("at").textValue().contains("order.yaml:10:"), failed::toString);
        assertEquals("unreadable", json("{").path("refused").path("reason").textValue());
    }

    @Test
    void whatFollowsFromADeliveryIsToldAsStepsOfItsOwn() {
        Cli.Result result = new Cli(folder)
                .input(
                        "{\"action\": \"opened\", \"issue\": {\"id\": 1, \"node_id\": \"I_1\", \"number\": 12, \"title\": \"t\","
                                + " \"html_url\": \"https://github.com/acme/shop/issues/12\", \"state\": \"open\", \"labels\": [],"
                                + " \"assignees\": [], \"milestone\": null, \"created_at\": \"2026-03-02T09:00:00Z\","
                                + " \"updated_at\": \"2026-03-02T09:00:00Z\", \"closed_at\": null}, \"repository\": {\"id\": 7,"
                                + " \"name\": \"shop\", \"full_name\": \"acme/shop\", \"html_url\": \"https://github.com/acme/shop\"}}")
                .run("explain", "github", "-", "--event", "issues");
        assertTrue(result.out().contains("-- then, claim to github/github.com/acme/shop#12\n"), result.out());
        assertTrue(result.out().contains("state of github/github.com/acme/shop#12  (new)"), result.out());
    }

    private JsonNode json(String payload) throws IOException {
        Cli.Result result = new Cli(folder)
                .input(payload)
                .run("explain", "shop", "-", "--mappings", "mappings", "--format", "json");
        return new JsonMapper().readTree(result.out());
    }

    /** Of a kind that says so, what is explained is what would be kept. */
    @Test
    @Promise("secrets-nowhere")
    void secretsOfAKindThatIsRedactedAreNotShown() {
        String secret = "ghp_" + "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8aB3dE5gH7j";
        String payload =
                "{\"session_id\":\"s-1\",\"prompt_id\":\"p-1\",\"cwd\":\"/home/mira/shop\",\"hook_event_name\":"
                        + "\"PostToolUse\",\"tool_name\":\"Bash\",\"tool_use_id\":\"t-1\",\"duration_ms\":5,\"tool_input\":{\"command\":"
                        + "\"login " + secret + "\"},\"tool_response\":{\"stdout\":\"" + secret + "\"}}";
        for (String format : List.of("human", "json")) {
            Cli.Result result = new Cli(folder).input(payload).run("explain", "claude-code", "-", "--format", format);
            assertEquals(ExitCode.DONE, result.exitCode(), result.err());
            assertTrue(result.out().contains("execute_tool Bash"), result.out());
            assertFalse((result.out() + result.err()).contains(secret), result.out());
        }
    }

    private Cli.Result explain(String payload) {
        return new Cli(folder).input(payload).run("explain", "shop", "-", "--mappings", "mappings");
    }
}
