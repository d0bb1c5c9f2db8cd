package io.contextcore.gateway.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Notices that files, or files under folders, have changed, by looking: notifications of the platform do not come from network disks,
 * nor through the links by which Kubernetes mounts a ConfigMap. Not thread-safe.
 */
final class FileWatch {

    private final Supplier<Set<Path>> places;
    private Map<Path, Stamp> settled;
    private Map<Path, Stamp> last;

    private record Stamp(long size, long modifiedMillis) {}

    /** @param places files and folders; where others come to be asked for, that is a change too */
    FileWatch(Supplier<Set<Path>> places) {
        this.places = places;
        this.settled = look();
        this.last = settled;
    }

    /**
     * Whether something has changed since this was last true, and has not changed since the look before: an editor or a
     * checkout is then done.
     */
    boolean hasChanged() {
        Map<Path, Stamp> now = look();
        boolean quiet = now.equals(last);
        last = now;
        if (!quiet || now.equals(settled)) {
            return false;
        }
        settled = now;
        return true;
    }

    private Map<Path, Stamp> look() {
        Map<Path, Stamp> stamps = new TreeMap<>();
        for (Path place : places.get()) {
            try (Stream<Path> walk = Files.walk(place)) {
                walk.filter(Files::isRegularFile).forEach(file -> stamps.put(file, stamp(file)));
            } catch (IOException | UncheckedIOException e) {
                // What cannot be read looks empty; the reload tells what is wrong with it.
                stamps.put(place, new Stamp(-1, -1));
            }
        }
        return stamps;
    }

    private static Stamp stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
