package io.contextcore.gateway.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Sees to it that a store folder has one owner at a time. The operating system takes the lock back when a process dies. */
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StoreException if the folder cannot be made, or somebody else has it */
    static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            return lock(
                    folder,
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new StoreException(
                    "store folder " + folder + " cannot be used (expected: a folder that this user may write to)", e);
        }
    }

    /**
     * The same for one who only reads: where nothing can be written, nobody else writes either.
     *
     * @throws StoreException if somebody else has the folder
     */
    static @Nullable FolderLock takeIfPossible(Path folder) {
        try {
            return lock(folder, FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE));
        } catch (IOException e) {
            return null;
        }
    }

    private static FolderLock lock(Path folder, FileChannel channel) throws IOException {
        if (!locked(channel)) {
            channel.close();
            throw new StoreException("store folder " + folder + " is in use by another process (expected: one process"
                    + " per folder): stop that one, or give this one another folder");
        }
        return new FolderLock(channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("the lock of the store folder cannot be released", e);
        }
    }
}
