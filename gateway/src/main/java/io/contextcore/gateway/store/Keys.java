package io.contextcore.gateway.store;

import io.contextcore.gateway.base.Hashing;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.model.Timers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys of the column families. Numbers are big-endian, so that bytes sort as numbers do. */
final class Keys {

    static final int SEEN_BYTES = 16;

    private static final int LANE_KEY_BYTES = 2 + Long.BYTES;
    private static final int TIMER_HEAD_BYTES = Long.BYTES + 1;

    private Keys() {}

    static byte[] text(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** Sequence of a delivery or number of a message. */
    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    /** Signal, lane, sequence. */
    static byte[] lane(TelemetrySignal signal, int lane, long sequence) {
        return ByteBuffer.allocate(LANE_KEY_BYTES)
                .put(Codes.of(signal))
                .put((byte) lane)
                .putLong(sequence)
                .array();
    }

    static long laneSequence(byte[] key) {
        return ByteBuffer.wrap(key).getLong(2);
    }

    /** Due time, purpose, key: the order of execution. Times before 1970 sort first, hence the flipped sign. */
    static byte[] timer(long dueNanos, Timers.Purpose purpose, String key) {
        byte[] row = text(key);
        return ByteBuffer.allocate(TIMER_HEAD_BYTES + row.length)
                .putLong(dueNanos ^ Long.MIN_VALUE)
                .put(Codes.of(purpose))
                .put(row)
                .array();
    }

    static Store.DueTimer timer(byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key);
        long due = bytes.getLong() ^ Long.MIN_VALUE;
        Timers.Purpose purpose = Codes.purpose(bytes.get());
        return new Store.DueTimer(
                due, purpose, new String(key, TIMER_HEAD_BYTES, key.length - TIMER_HEAD_BYTES, StandardCharsets.UTF_8));
    }

    /** The first 16 bytes of the id's SHA-256: short and of one length, whatever senders write. */
    static byte[] seen(String id) {
        return Arrays.copyOf(Hashing.sha256(id), SEEN_BYTES);
    }

    static byte[] seenByTime(long forgetNanos, byte[] seen) {
        return ByteBuffer.allocate(Long.BYTES + SEEN_BYTES)
                .putLong(forgetNanos ^ Long.MIN_VALUE)
                .put(seen)
                .array();
    }

    static long forgetNanos(byte[] seenByTime) {
        return ByteBuffer.wrap(seenByTime).getLong() ^ Long.MIN_VALUE;
    }

    static byte[] seenOf(byte[] seenByTime) {
        return Arrays.copyOfRange(seenByTime, Long.BYTES, seenByTime.length);
    }

    /** What died, and its number: sequence, message number or outbox sequence. */
    static byte[] deadLetter(DeadKey key) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(Codes.of(key.kind()))
                .putLong(key.number())
                .array();
    }

    static DeadKey deadKey(byte[] key) {
        return new DeadKey(Codes.deadKind(key[0]), ByteBuffer.wrap(key).getLong(1));
    }
}
