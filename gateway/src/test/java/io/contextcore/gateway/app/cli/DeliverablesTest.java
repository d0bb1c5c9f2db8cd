package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of types that require deliverables by a user's own table; the cases are the folder's. */
class DeliverablesTest {

    @TempDir
    private Path folder;

    @Test
    void doneIsNotDelivered() {
        Path cases = Path.of("src/test/resources/deliverables").toAbsolutePath();
        Cli.Result result = new Cli(folder).run("test", cases.toString(), "--with", "builtin");

        assertEquals(ExitCode.DONE, result.exitCode(), result.out() + result.err());
        assertTrue(result.out().contains("7 passed"), result.out());
    }
}
