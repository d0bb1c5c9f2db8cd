package io.contextcore.gateway.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/** Reads table files whole and compares all checksums. RocksDB itself does so with a block when it is asked for. */
final class TableCheck {

    private TableCheck() {}

    /** What is wrong with one file. */
    record Damage(Path file, String family, String what) {

        String told() {
            return "table file " + file.getFileName() + (family.isEmpty() ? "" : " of " + family) + ": " + what;
        }
    }

    /**
     * The first damage, if the files are small enough to be read whole at each start.
     *
     * @param maxBytes of all files together; if they are larger, none is read
     */
    static Optional<Damage> first(Path database, long maxBytes) throws IOException {
        List<Path> files = files(database);
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        if (bytes > maxBytes) {
            return Optional.empty();
        }
        for (Path file : files) {
            Optional<Damage> damage = damage(file);
            if (damage.isPresent()) {
                return damage;
            }
        }
        return Optional.empty();
    }

    static List<Damage> all(Path database) throws IOException {
        List<Damage> found = new ArrayList<>();
        for (Path file : files(database)) {
            damage(file).ifPresent(found::add);
        }
        return found;
    }

    static List<Path> files(Path database) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> tables = Files.newDirectoryStream(database, "*.sst")) {
            tables.forEach(files::add);
        } catch (NoSuchFileException e) {
            return files;
        }
        files.sort(null);
        return files;
    }

    private static Optional<Damage> damage(Path file) {
        String family = "";
        try (Options options = new Options();
                SstFileReader table = new SstFileReader(options)) {
            table.open(file.toString());
            family = new String(table.getTableProperties().getColumnFamilyName(), StandardCharsets.UTF_8);
            table.verifyChecksum();
            return Optional.empty();
        } catch (RocksDBException e) {
            return Optional.of(new Damage(file, family, String.valueOf(e.getMessage())));
        }
    }
}
