package io.contextcore.gateway.export;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.contextcore.gateway.base.Hashing;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
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

    /** What can be under way when a process dies: a request of each lane of both signals, in JSON. */
    private static final int TAIL_BYTES = 64 * 1024 * 1024;

    /** What comes again comes among the first requests; after so many nobody needs to look any more. */
    private static final int LOOKS = 256;

    private static final JsonMapper JSON = new JsonMapper();

    /** Digests, since so many bytes of items would not fit a small heap. */
    private final Set<ByteBuffer> written = new HashSet<>();

    private int looks = LOOKS;

    private Repeats() {}

    /** Nothing was written before. */
    static Repeats none() {
        return new Repeats();
    }

    /** Reads the whole lines at the end of a file. */
    static Repeats atEndOf(FileChannel channel) throws IOException {
        long start = Math.max(0, channel.size() - TAIL_BYTES);
        Repeats repeats = new Repeats();
        long end = channel.position();
        channel.position(start);
        // Not closed, since that would close the channel.
        BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        if (start > 0) {
            lines.readLine();
        }
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            repeats.remember(line);
        }
        channel.position(end);
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
                if (written.contains(digest(each.next()))) {
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
            items(JSON.readTree(line)).forEach(items -> items.forEach(item -> written.add(digest(item))));
        } catch (JacksonException e) {
            // Somebody else's text: nothing of ours to repeat.
            return;
        }
    }

    private static ByteBuffer digest(JsonNode item) {
        return ByteBuffer.wrap(Hashing.sha256(item.toString().getBytes(StandardCharsets.UTF_8)));
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
