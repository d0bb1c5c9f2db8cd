package io.contextcore.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Copies of store folders: what a disk holds when a process dies. */
final class Folders {

    private Folders() {}

    static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one log file of a store that was never closed. */
    static Path log(Path store) {
        try (Stream<Path> files = Files.list(store.resolve("db"))) {
            List<Path> logs = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
            return logs.get(logs.size() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
