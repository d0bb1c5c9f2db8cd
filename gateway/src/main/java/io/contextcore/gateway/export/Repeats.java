package io.contextcore.gateway.export;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The spans and log records that stand at the end of a file already. A crash between a line's fsync and the note of its
 * delivery makes its entries come again, first of their lane and to the byte the same, perhaps in a larger request: only
 * what is equal as a whole is left out.
 */
final class Repeats {

    /** More than what can be under way when a process dies. */
    private static final int TAIL_BYTES = 8 * 1024 * 1024;

    /** What comes again comes among the first requests; after so many nobody needs to look any more. */
    private static final int LOOKS = 256;

    private static final JsonMapper JSON = new JsonMapper();

    private final Set<JsonNode> written = new HashSet<>();
    private int looks = LOOKS;

    private Repeats() {}

    /** Nothing was written before. */
    static Repeats none() {
        return new Repeats();
    }

    /** Reads the whole lines at the end of a file. */
    static Repeats atEndOf(FileChannel channel) throws IOException {
        long start = Math.max(0, channel.size() - TAIL_BYTES);
        ByteBuffer tail = ByteBuffer.allocate((int) (channel.size() - start));
        while (tail.hasRemaining() && channel.read(tail, start + tail.position()) >= 0) {
            // Reads on until the end.
        }
        Repeats repeats = new Repeats();
        String text = new String(tail.array(), StandardCharsets.UTF_8);
        text.substring(start == 0 ? 0 : text.indexOf('\n') + 1).lines().forEach(repeats::remember);
        return repeats;
    }

    /** The line without what is written already; empty if nothing is left of it. */
    byte[] without(byte[] line) throws IOException {
        if (written.isEmpty()) {
            return line;
        }
        JsonNode request = JSON.readTree(line);
        int left = 0;
        int repeated = 0;
        for (JsonNode items : items(request)) {
            for (Iterator<JsonNode> each = items.iterator(); each.hasNext(); ) {
                if (written.contains(each.next())) {
                    each.remove();
                    repeated++;
                } else {
                    left++;
                }
            }
        }
        if (--looks == 0) {
            written.clear();
        }
        if (repeated == 0) {
            return line;
        }
        return left == 0 ? new byte[0] : JSON.writeValueAsBytes(request);
    }

    private void remember(String line) {
        try {
            items(JSON.readTree(line)).forEach(items -> items.forEach(written::add));
        } catch (JacksonException e) {
            // Somebody else's text: nothing of ours to repeat.
            return;
        }
    }

    /** The arrays of spans or log records of a request. */
    private static List<JsonNode> items(JsonNode request) {
        List<JsonNode> all = new ArrayList<>();
        request.path("resourceSpans")
                .forEach(resource -> resource.path("scopeSpans").forEach(scope -> all.add(scope.path("spans"))));
        request.path("resourceLogs")
                .forEach(resource -> resource.path("scopeLogs").forEach(scope -> all.add(scope.path("logRecords"))));
        return all;
    }
}
