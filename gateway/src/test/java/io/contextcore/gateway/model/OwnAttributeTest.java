package io.contextcore.gateway.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the telemetry names what the gateway itself adds, no more and no fewer. */
class OwnAttributeTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void theyAreTheRowsOfThePage() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "telemetry.md"));
        int start = page.indexOf("## Attributes that the gateway itself adds");
        String section = page.substring(start, page.indexOf("\n## ", start + 1));

        Set<String> rows =
                ROW.matcher(section).results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));

        assertEquals(OwnAttribute.names(Set.of("<lifecycle>")), rows);
    }
}
