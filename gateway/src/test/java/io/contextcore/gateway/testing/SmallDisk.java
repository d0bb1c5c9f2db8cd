package io.contextcore.gateway.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file system of its own, of a few MiB, where the machine lets a test mount one (Linux, root); elsewhere the test is skipped. */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    public static SmallDisk mount(Path folder, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString()),
                "a file system can be mounted here");
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    public void remount(String option) throws IOException, InterruptedException {
        if (!run("mount", "-o", "remount," + option, folder.toString())) {
            throw new AssertionError("cannot remount " + folder);
        }
    }

    /** Leaves no room at all, until {@link #free}. */
    public void fill() throws IOException {
        Path ballast = folder.resolve("ballast");
        for (int chunk = 1 << 20; chunk >= 1 << 12; chunk >>= 4) {
            append(ballast, new byte[chunk]);
        }
    }

    private static void append(Path ballast, byte[] chunk) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException full) {
            if (Files.size(ballast) == 0) {
                throw full;
            }
        }
    }

    public void free() throws IOException {
        Files.delete(folder.resolve("ballast"));
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", folder.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
