package io.contextcore.gateway.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.contextcore.gateway.base.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Reads a body into a tree, in one pass, under the structural limits. RFC 8259, and stricter where it leaves room: UTF-8
 * without a byte order mark, well-formed Unicode only (no lone surrogate, escaped or not), an object or array outside,
 * nothing behind it, no NaN or infinity, not by overflow either. Of equal member names the last stays: old payloads of
 * real senders have them.
 *
 * <p>Whole numbers stay exact at any size; others become doubles. Reading what {@link #write} wrote, or what was read
 * before, gives an equal tree. Thread-safe.
 */
public final class StrictJson {

    private static final int DECODE_CHARS = 4_096;

    private static final JsonMapper UNLIMITED = new JsonMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(numbersOf(Integer.MAX_VALUE))
            .build());

    private final Limits limits;
    private final JsonFactory factory;

    public StrictJson(Limits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // names come from strangers
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(numbersOf(limits.numberChars()))
                .build();
    }

    /** Depth, tokens, names and strings are counted by {@link JsonTree}, to the character; long numbers cost time here. */
    private static StreamReadConstraints numbersOf(int chars) {
        return StreamReadConstraints.builder()
                .maxNumberLength(chars)
                .maxNestingDepth(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .build();
    }

    /**
     * Reads again what was accepted before, to an equal tree, whatever the limits are by now. Nothing at all gives a
     * missing node.
     *
     * @throws UncheckedIOException if it was not accepted before
     */
    public static JsonNode reread(byte[] accepted) {
        try {
            return accepted.length == 0 ? MissingNode.getInstance() : UNLIMITED.readTree(accepted);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes are no JSON that was accepted", e);
        }
    }

    /** @throws UnreadableJson with the place, counted in bytes from line 1, column 1 */
    public JsonNode read(byte[] body) throws UnreadableJson {
        requireUtf8(body);
        try (JsonParser parser = factory.createParser(body)) {
            return read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private JsonNode read(JsonParser parser) throws IOException, UnreadableJson {
        try {
            return new JsonTree(parser, limits).read();
        } catch (StreamConstraintsException e) {
            throw UnreadableJson.overLimit("number of more than " + limits.numberChars()
                    + " characters, or names made to collide, " + place(parser.currentLocation()));
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            throw UnreadableJson.invalid(
                    "invalid JSON " + place(location == null ? parser.currentLocation() : location));
        }
    }

    /** The tree as JSON in UTF-8, without spaces. */
    public static byte[] write(JsonNode tree) {
        return tree.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String place(JsonLocation location) {
        return "at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static void requireUtf8(byte[] body) throws UnreadableJson {
        int plain = 0;
        while (plain < body.length && body[plain] >= 0) {
            plain++;
        }
        if (plain < body.length) {
            requireUtf8(ByteBuffer.wrap(body, plain, body.length - plain), body);
        }
    }

    private static void requireUtf8(ByteBuffer in, byte[] body) throws UnreadableJson {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer out = CharBuffer.allocate(DECODE_CHARS);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            throw UnreadableJson.invalid("invalid UTF-8 " + place(body, in.position()));
        }
    }

    private static String place(byte[] body, int position) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < position; i++) {
            if (body[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return "at line " + line + ", column " + (position - lineStart + 1);
    }
}
