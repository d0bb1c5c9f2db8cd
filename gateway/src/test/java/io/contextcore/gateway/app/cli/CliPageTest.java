package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliPageTest {

    private static final Path PAGE = Path.of("..", "docs", "cli.md");

    @TempDir
    private Path folder;

    /** Written anew by {@code mvn test -Dtest=CliPageTest -Dupdate.docs=true}. */
    @Test
    void thePageIsWhatTheCommandsSay() throws IOException {
        String page = CliPage.render(new Cli(folder).surroundings());
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "stale: run mvn test -Dtest=CliPageTest -Dupdate.docs=true");
    }
}
