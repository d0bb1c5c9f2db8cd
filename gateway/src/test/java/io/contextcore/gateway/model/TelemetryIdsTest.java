package io.contextcore.gateway.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors of docs/ids.md, which were computed apart from this code, with sha256sum. */
class TelemetryIdsTest {

    private static final String KEY = "acme/example.org/order/10042";

    @Test
    void theDocumentedVectorsHold() throws IOException {
        List<String[]> rows = vectors();
        assertEquals(5, rows.size());
        for (String[] row : rows) {
            String id = row[1].equals("trace") ? TelemetryIds.traceId(KEY) : TelemetryIds.spanId(KEY, row[1]);
            assertEquals(row[2], id, row[1]);
        }
    }

    @Test
    void partsAreWrittenAsDocumented() {
        Origin origin = new Origin("acme-eu", "acme-eu//4711", 9, "", 0, 0);

        assertEquals(
                "phase/in_progress/1780000000000000000/0",
                TelemetryIds.phasePart("in_progress", 1780000000000000000L, 0));
        assertEquals("activity/acme-eu//4711//0", TelemetryIds.activityPart(origin));
        assertEquals("completion/1", TelemetryIds.completionPart(1));
    }

    private static List<String[]> vectors() throws IOException {
        String page = Files.readString(Path.of("../docs/ids.md"));
        String section = page.substring(page.indexOf("## Vectors"), page.indexOf("## Keys"));
        return section.lines()
                .filter(line -> line.matches("\\| [^|]+ \\| [0-9a-f]{16,} \\|"))
                .map(line -> line.split("\\s*\\|\\s*"))
                .toList();
    }
}
