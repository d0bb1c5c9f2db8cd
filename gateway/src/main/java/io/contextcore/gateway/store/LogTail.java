package io.contextcore.gateway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Tells a write-ahead log that was cut off from one that was damaged in its last block. RocksDB finds every other damage by
 * checksum, but takes a record that is longer than the rest of the file for one that was cut off, and drops it with all
 * that follows; a damaged length looks the same. A log that was really cut off has no intact record behind the cut.
 *
 * <p>Format: "Write Ahead Log File Format" in RocksDB's wiki. Blocks of 32 KiB; a record is a masked
 * CRC-32C of type and payload (4 bytes), the payload's length (2), its type (1), all little-endian, and the payload; none
 * crosses a block.
 */
final class LogTail {

    private static final int BLOCK = 32 * 1024;
    private static final int HEADER = 7;

    private final ByteBuffer block;

    private LogTail(ByteBuffer block) {
        this.block = block.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws StoreException if the log of a database ends in damage */
    static void check(Path database) {
        try {
            damage(database).ifPresent(what -> {
                throw StoreException.damaged(database.getParent(), what, null);
            });
        } catch (IOException e) {
            throw new StoreException("store folder " + database.getParent() + " cannot be read", e);
        }
    }

    /** What is wrong at the end of a log; empty: nothing. */
    static Optional<String> damage(Path database) throws IOException {
        if (!Files.isDirectory(database)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(database, "*.log")) {
            for (Path log : logs) {
                if (lastBlock(log).isDamaged()) {
                    return Optional.of("a record's length in " + log.getFileName() + " is wrong");
                }
            }
            return Optional.empty();
        }
    }

    private static LogTail lastBlock(Path log) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = channel.size();
            long start = size == 0 ? 0 : (size - 1) / BLOCK * BLOCK;
            ByteBuffer bytes = ByteBuffer.allocate((int) (size - start));
            while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
                // until the block is full
            }
            return new LogTail(bytes.flip());
        }
    }

    private boolean isDamaged() {
        int at = 0;
        while (at + HEADER <= block.limit()) {
            int length = length(at);
            if (at + HEADER + length > block.limit()) {
                return isIntact(at, block.limit() - at - HEADER) || intactRecordAfter(at);
            }
            at += HEADER + length;
        }
        return false;
    }

    private boolean intactRecordAfter(int cut) {
        for (int at = cut + 1; at + HEADER <= block.limit(); at++) {
            int length = length(at);
            if (length > 0 && at + HEADER + length <= block.limit() && isIntact(at, length)) {
                return true;
            }
        }
        return false;
    }

    private boolean isIntact(int at, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(block.array(), at + HEADER - 1, 1 + length);
        return block.getInt(at) == masked((int) checksum.getValue());
    }

    /** RocksDB masks the checksums that it stores: {@code util/crc32c.h}. */
    private static int masked(int checksum) {
        return Integer.rotateRight(checksum, 15) + 0xa282ead8;
    }

    private int length(int at) {
        return Short.toUnsignedInt(block.getShort(at + 4));
    }
}
