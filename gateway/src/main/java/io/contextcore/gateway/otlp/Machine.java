package io.contextcore.gateway.otlp;

import io.contextcore.gateway.base.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a process can learn of where it runs, without asking anybody over a network.
 *
 * @param properties a system property of the virtual machine, by name
 * @param files the text of a small file, by absolute path; empty where it cannot be read
 * @param processId 0 where there is none
 */
public record Machine(
        Environment environment,
        Function<String, Optional<String>> properties,
        Function<Path, Optional<String>> files,
        long processId) {

    private static final int MAX_FILE_BYTES = 65_536;

    /** The one that this process runs on. */
    public static Machine here(Environment environment) {
        return new Machine(
                environment,
                name -> Optional.ofNullable(System.getProperty(name)),
                Machine::text,
                ProcessHandle.current().pid());
    }

    /** One of which nothing is known but the environment. */
    public static Machine unknown(Environment environment) {
        return new Machine(environment, name -> Optional.empty(), path -> Optional.empty(), 0);
    }

    private static Optional<String> text(Path path) {
        try (var in = Files.newInputStream(path)) {
            return Optional.of(new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
