package io.contextcore.gateway.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of {@code contextcore dev}.
 *
 * @param temporary whether it goes at the end
 */
record DevFolder(Path path, boolean temporary) implements AutoCloseable {

    /** The given folder, or one that goes at the end. */
    static DevFolder open(Path kept, boolean temporary) {
        try {
            return new DevFolder(
                    temporary ? Files.createTempDirectory("contextcore-dev-") : Files.createDirectories(kept),
                    temporary);
        } catch (IOException e) {
            throw new UserError(
                    "cannot make the folder " + kept + " (expected: --data DIR with a folder of yours, or --temp)");
        }
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
