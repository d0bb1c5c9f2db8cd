package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.app.metrics.MetricsPage;
import io.contextcore.gateway.app.settings.SettingsPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Generated pages must be what the code says; {@code -Dupdate.docs=true} rewrites them. */
class DocsTest {

    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theMetricsPageIsWhatTheCatalogueSays() {
        check("metrics.md", MetricsPage.render());
    }

    @Test
    void theSettingsPageIsWhatTheTableOfOptionsSays() {
        check("settings.md", SettingsPage.render());
    }

    private static void check(String name, String expected) {
        Path page = DOCS.resolve(name);
        try {
            if (Boolean.getBoolean("update.docs")) {
                Files.createDirectories(DOCS);
                Files.writeString(page, expected);
            }
            assertEquals(expected, Files.readString(page), "stale: run mvn test -Dtest=DocsTest -Dupdate.docs=true");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
