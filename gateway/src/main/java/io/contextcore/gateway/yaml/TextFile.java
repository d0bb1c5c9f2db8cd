package io.contextcore.gateway.yaml;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file that a person wrote, in UTF-8.
 *
 * @param sound false: it is not UTF-8, and a problem tells so; U+FFFD stands for what cannot be read
 */
public record TextFile(String text, boolean sound) {

    /** Empty if the file cannot be read; what is wrong is added to the problems, once a file. */
    public static Optional<TextFile> read(Path file, Problems problems) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            problems.add(ErrorCode.UNREADABLE, Location.file(file.toString()), "the file " + reason(e));
            return Optional.empty();
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer read = CharBuffer.allocate(bytes.length);
        boolean sound = !decoder.decode(ByteBuffer.wrap(bytes), read, true).isError();
        if (sound) {
            return Optional.of(new TextFile(read.flip().toString(), true));
        }
        problems.add(
                ErrorCode.UNREADABLE,
                end(file, read.flip().toString()),
                "the file is not UTF-8: what stands here cannot be read (expected text in UTF-8)");
        return Optional.of(new TextFile(new String(bytes, StandardCharsets.UTF_8), false));
    }

    /** What kept a file or folder from being read: {@code cannot be read: it is not there (expected …)}. */
    public static String reason(@Nullable IOException e) {
        return e instanceof NoSuchFileException
                ? "is not there (expected one that exists)"
                : e instanceof AccessDeniedException
                        ? "may not be read by this user (expected the permission to read it)"
                        : "cannot be read (expected a readable one)";
    }

    /** The place behind a text. */
    private static Location end(Path file, String text) {
        int line = text.lastIndexOf('\n') + 1;
        int lines = (int) text.chars().filter(c -> c == '\n').count();
        return new Location(file.toString(), lines + 1, text.length() - line + 1);
    }
}
