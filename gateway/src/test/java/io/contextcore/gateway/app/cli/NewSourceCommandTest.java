package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewSourceCommandTest {

    private static final Path SAMPLE =
            Path.of("..", "docs", "tutorial", "gitlab-issue.json").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void theFilesLintAndPassAndEveryCommandThatIsToldWorks() {
        Cli.Result made = made("--header", "X-Gitlab-Event=Issue Hook", "--header", "X-Gitlab-Token=s3cret");
        assertEquals(ExitCode.DONE, made.exitCode(), made.out() + made.err());
        assertTrue(
                made.out().startsWith("wrote to mappings-gitlab: kind.yaml, source.yaml, issue-hook.yaml, "),
                made.out());
        assertTrue(
                made.out().contains("issue-hook.yaml: the lifecycle 'task', of payload.object_attributes"), made.out());
        assertFalse(made.out().contains("s3cret"), made.out());

        for (String command : new String[] {
            "lint --strict builtin mappings-gitlab",
            "test mappings-gitlab --with builtin",
            "explain gitlab --example --mappings builtin --mappings mappings-gitlab"
        }) {
            assertTrue(made.out().contains("  contextcore " + command + "\n"), made.out());
            Cli.Result result = new Cli(folder).run(command.split(" "));
            assertEquals(ExitCode.DONE, result.exitCode(), result.out() + result.err());
        }
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        made();
        Path kind = folder.resolve("mappings-gitlab/kind.yaml");
        Files.writeString(kind, "mine");
        Cli.Result again = made();
        assertEquals(ExitCode.NO, again.exitCode());
        assertTrue(
                again.err().startsWith("nothing is overwritten: in mappings-gitlab there is kind.yaml, source.yaml, "),
                again.err());
        assertEquals("mine", Files.readString(kind));
    }

    @Test
    void aNameThatIsTakenOrDoesNotFitIsRefused() {
        assertRefused("there is a kind 'github' already", "new", "source", "github", "--sample", SAMPLE.toString());
        assertRefused("'task' is what attributes", "new", "source", "task", "--sample", SAMPLE.toString());
        assertRefused("'Git Lab' cannot name a source", "new", "source", "Git Lab", "--sample", SAMPLE.toString());
        assertRefused(
                "--header a b: no name of a header",
                "new",
                "source",
                "x",
                "--sample",
                SAMPLE.toString(),
                "--header",
                "a b=1");
    }

    @Test
    void aSampleThatIsNoDeliveryIsRefusedAsAtTheDoor() {
        assertRefused("cannot read none.json", "new", "source", "x", "--sample", "none.json");
        Cli.Result list = new Cli(folder).input("[1]").run("new", "source", "x", "--sample", "-");
        assertTrue(list.err().startsWith("- is no JSON object"), list.err());
        Cli.Result broken = new Cli(folder).input("{\"a\": 1e999}").run("new", "source", "x", "--sample", "-");
        assertEquals(ExitCode.NO, broken.exitCode(), broken.out());
        assertFalse(Files.exists(folder.resolve("mappings-x")));
    }

    private void assertRefused(String message, String... arguments) {
        Cli.Result result = new Cli(folder).run(arguments);
        assertEquals(ExitCode.NO, result.exitCode(), result.out() + result.err());
        assertTrue(result.err().startsWith(message), result.err());
    }

    private Cli.Result made(String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(new String[] {"new", "source", "gitlab", "--sample", SAMPLE.toString()}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return new Cli(folder).run(arguments);
    }
}
