package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

    @TempDir
    private Path folder;

    @Test
    void everyCommandHasAHelpTextWithAnExample() {
        Cli cli = new Cli(folder);
        CommandLine line = Commands.create(cli.surroundings());
        for (String name : line.getSubcommands().keySet()) {
            if (!name.equals("help")) {
                String help = cli.run("help", name).out();
                assertTrue(help.contains("Usage: contextcore " + name), help);
                assertTrue(help.contains("\n  contextcore " + name), "no example in\n" + help);
            }
        }
    }

    @Test
    void theVersionIsTold() {
        assertEquals("contextcore 9.9", new Cli(folder).run("--version").out().strip());
        assertEquals(
                "contextcore 9.9",
                new Cli(folder).run("serve", "--version").out().strip());
    }

    @Test
    void theHelpListsTheExitCodes() {
        assertTrue(new Cli(folder).run("--help").out().contains("70   a bug in the gateway"));
    }

    @Test
    void aMistypedCommandIsAUsageErrorWithASuggestion() {
        Cli.Result result = new Cli(folder).run("statsu");
        assertEquals(ExitCode.USAGE, result.exitCode());
        assertTrue(result.err().contains("status"), result.err());
    }

    @Test
    void anIdIsAFunctionOfTheKey() {
        Cli.Result result = new Cli(folder).run("id", "shop/acme/4711");
        assertEquals(ExitCode.DONE, result.exitCode());
        assertTrue(
                result.out()
                        .matches(
                                "(?s)key          shop/acme/4711\ntrace id     [0-9a-f]{32}\nspan id      [0-9a-f]{16}\n"
                                        + "traceparent  00-[0-9a-f]{32}-[0-9a-f]{16}-01\n"),
                result.out());
    }

    @Test
    void aGatewayThatDoesNotAnswerIsToldInOneSentence() {
        Cli.Result result = new Cli(folder).run("status", "--url", "http://127.0.0.1:1");
        assertEquals(ExitCode.NO, result.exitCode());
        assertTrue(result.err().startsWith("no answer from http://127.0.0.1:1/health/ready"), result.err());
        assertFalse(result.err().contains("\tat "), result.err());
    }
}
