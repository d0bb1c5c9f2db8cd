package io.contextcore.gateway.store;

import io.contextcore.gateway.model.OutboxEntry;
import java.nio.charset.StandardCharsets;

/**
 * What an entry counts against the disk budget: its bytes and a fixed share for ids, headers and keys. Part of the format,
 * since the counters rest on disk.
 */
public final class Sizes {

    /** Added to the stored body of a delivery, bytes. */
    public static final int INBOX_ENTRY = 256;

    /** Added to the payload of an outbox entry, bytes. */
    public static final int OUTBOX_ENTRY = 64;

    /** Added to the content and the error text of a dead letter, bytes. */
    public static final int DEAD_LETTER = 128;

    private Sizes() {}

    static long ofBody(byte[] stored) {
        return (long) stored.length + INBOX_ENTRY;
    }

    static long of(OutboxEntry entry) {
        return (long) entry.payload().length + OUTBOX_ENTRY;
    }

    static long of(DeadHead head) {
        return head.bytes() + head.error().getBytes(StandardCharsets.UTF_8).length + DEAD_LETTER;
    }
}
