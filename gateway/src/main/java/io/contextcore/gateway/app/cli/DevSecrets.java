package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.base.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The secrets that {@code contextcore dev} makes once and keeps, so that a restart does not break a hook: lines
 * {@code source=secret} in a file that only its owner can read.
 */
final class DevSecrets {

    private static final int SECRET_BYTES = 24;
    private static final String OWNER_ONLY = "rw-------";

    private final Path file;

    /** @param folder of {@code contextcore dev} */
    DevSecrets(Path folder) {
        this.file = folder.resolve("secrets");
    }

    Path file() {
        return file;
    }

    /** The kept secret of a source. */
    Optional<Secret> find(String source) {
        return Optional.ofNullable(read().get(source)).map(Secret::of);
    }

    /** The secret of each source: the given one, else the kept one, else a new one; all are kept from now on. */
    Map<String, Secret> all(Iterable<String> sources, Map<String, String> given, Randomness randomness) {
        Map<String, String> kept = read();
        Map<String, String> before = Map.copyOf(kept);
        Map<String, Secret> secrets = new TreeMap<>();
        for (String source : sources) {
            String secret = given.getOrDefault(source, kept.get(source));
            if (secret == null) {
                secret = HexFormat.of().formatHex(randomness.secretBytes(SECRET_BYTES));
            }
            kept.put(source, secret);
            secrets.put(source, Secret.of(secret));
        }
        if (!kept.equals(before)) {
            write(kept);
        }
        return secrets;
    }

    private Map<String, String> read() {
        Map<String, String> secrets = new TreeMap<>();
        if (!Files.isRegularFile(file)) {
            return secrets;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.substring(equals + 1).isBlank()) {
                    secrets.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return secrets;
        } catch (IOException e) {
            throw new UserError("the secrets cannot be read: " + file
                    + " (expected: a file of this user; remove it to have new ones)");
        }
    }

    /** Written beside and moved, so that a crash leaves the old ones. */
    private void write(Map<String, String> secrets) {
        StringBuilder text = new StringBuilder();
        secrets.forEach((source, secret) ->
                text.append(source).append('=').append(secret).append('\n'));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(fresh);
            if (Files.getFileStore(fresh.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            }
            Files.writeString(fresh, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UserError("the secrets cannot be kept: " + file + ": " + e.getMessage());
        }
    }
}
