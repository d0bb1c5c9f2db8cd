package io.contextcore.gateway.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * RocksDB's code for this machine. It comes out of its jar into a folder of temporary files, and is removed as soon as it is
 * loaded: removed at the end only, as the loader would, each process that is killed leaves 15 MB behind.
 */
final class NativeLibrary {

    private NativeLibrary() {}

    /**
     * Where it is loaded already, nothing is unpacked.
     *
     * @throws StoreException if there is no room for it, or nothing can be loaded from there
     */
    static void load() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path folder = Files.createTempDirectory(temporary, "contextcore-rocksdb");
            try {
                NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
                RocksDB.loadLibrary();
            } finally {
                remove(folder);
            }
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new StoreException(
                    "the native code of the store cannot be loaded from " + temporary + " (" + e.getMessage()
                            + "; expected: room for 15 MB, and a file system that is not mounted noexec):"
                            + " -Djava.io.tmpdir=… in CONTEXTCORE_JAVA_OPTS names another folder",
                    e);
        }
    }

    /** Loaded code stays where its file is gone; a system that does not let it go has the loader remove it at the end. */
    private static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
