package io.contextcore.gateway.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Mends the end of a file of lines that a crash may have torn. */
final class TornLine {

    private static final int CHUNK = 64 * 1024;
    private static final List<String> OURS = List.of("{\"resourceSpans\":", "{\"resourceLogs\":");

    private TornLine() {}

    /**
     * Where the file does not end with a line end: takes off the last line if it is the beginning of one of ours, else ends
     * it, since it is somebody else's text.
     */
    static void mend(FileChannel channel) throws IOException {
        long size = channel.size();
        long start = lastLineStart(channel, size);
        if (start == size) {
            return;
        }
        if (isOurs(read(channel, start, (int) Math.min(size - start, CHUNK)))) {
            channel.truncate(start);
        } else {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
        }
        channel.force(false);
    }

    /** The place after the last line end; the file's end where it is one. */
    private static long lastLineStart(FileChannel channel, long size) throws IOException {
        long end = size;
        while (end > 0) {
            int length = (int) Math.min(end, CHUNK);
            byte[] chunk = read(channel, end - length, length);
            for (int i = length - 1; i >= 0; i--) {
                if (chunk[i] == '\n') {
                    return end - length + i + 1;
                }
            }
            end -= length;
        }
        return 0;
    }

    private static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // Reads on until the chunk is full or the file ends.
        }
        return buffer.array();
    }

    private static boolean isOurs(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        return OURS.stream().anyMatch(head -> text.startsWith(head) || head.startsWith(text));
    }
}
