package io.contextcore.gateway.otlp;

import com.google.protobuf.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes protobuf from its end to its beginning: when a message's length is due, the message stands there already, so that
 * nothing is measured first and nothing is built twice. Fields are given from the last to the first; given by number
 * downwards, the bytes are those that protobuf itself would write.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class ProtoWriter {

    private byte[] bytes;
    private int start;

    ProtoWriter(int room) {
        this.bytes = new byte[room];
        this.start = room;
    }

    /** Bytes so far: the end of a message that is about to be written. */
    int size() {
        return bytes.length - start;
    }

    byte[] toByteArray() {
        byte[] all = new byte[size()];
        System.arraycopy(bytes, start, all, 0, all.length);
        return all;
    }

    /**
     * Closes a message whose fields were written.
     *
     * @param end what {@link #size} said before its last field
     */
    void message(int field, int end) {
        varint(size() - end);
        tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    void text(int field, String text) {
        bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int field, byte[] value) {
        int end = size();
        raw(value);
        message(field, end);
    }

    /** Fields that are bytes already. */
    void raw(byte[] fields) {
        need(fields.length);
        start -= fields.length;
        System.arraycopy(fields, 0, bytes, start, fields.length);
    }

    /** @param hex an even number of digits */
    void id(int field, String hex) {
        int end = size();
        need(hex.length() / 2);
        for (int i = hex.length() - 2; i >= 0; i -= 2) {
            bytes[--start] = (byte) HexFormat.fromHexDigits(hex, i, i + 2);
        }
        message(field, end);
    }

    void number(int field, long value) {
        varint(value);
        tag(field, WireFormat.WIRETYPE_VARINT);
    }

    void fixed64(int field, long value) {
        need(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[--start] = (byte) (value >>> shift);
        }
        tag(field, WireFormat.WIRETYPE_FIXED64);
    }

    void fixed32(int field, int value) {
        need(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[--start] = (byte) (value >>> shift);
        }
        tag(field, WireFormat.WIRETYPE_FIXED32);
    }

    private void tag(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void varint(long value) {
        int length = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
        need(length);
        start -= length;
        long rest = value;
        for (int i = start; i < start + length - 1; i++) {
            bytes[i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[start + length - 1] = (byte) rest;
    }

    private void need(int more) {
        if (more > start) {
            byte[] larger = new byte[Math.max(2 * bytes.length, size() + more)];
            System.arraycopy(bytes, start, larger, larger.length - size(), size());
            start = larger.length - size();
            bytes = larger;
        }
    }
}
