package io.contextcore.gateway.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of {@code contextcore dev}. It holds payloads and secrets, so that only its owner may look into it, where the
 * file system knows of owners; a folder that was open to others is closed to them.
 *
 * @param temporary whether it goes at the end
 */
record DevFolder(Path path, boolean temporary) implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** The given folder, or one that goes at the end. */
    static DevFolder open(Path kept, boolean temporary) {
        try {
            return temporary
                    ? new DevFolder(Files.createTempDirectory("contextcore-dev-"), true)
                    : new DevFolder(ownersOnly(Files.createDirectories(kept)), false);
        } catch (IOException e) {
            throw new UserError(
                    "cannot make the folder " + kept + " (expected: --data DIR with a folder of yours, or --temp)");
        }
    }

    private static Path ownersOnly(Path folder) throws IOException {
        if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            return folder;
        }
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder);
        if (found.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new UserError("everybody may write to the folder " + folder
                    + " (expected: --data DIR with a folder of yours, or --temp)");
        }
        if (!found.equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        }
        return folder;
    }

    String note() {
        return temporary ? "removed at the end" : "kept; --temp for one that is not";
    }

    @Override
    public void close() {
        if (temporary && Files.exists(path)) {
            remove();
        }
    }

    private void remove() {
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
