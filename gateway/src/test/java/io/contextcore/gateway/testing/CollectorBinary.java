package io.contextcore.gateway.testing;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry Collector that the tests run: the file that {@code OTELCOL} names; else the one in the cache, whose
 * folder is named by the hash of {@code src/test/collector/builder-config.yaml}; else one that is built there, once, by
 * the Collector's own builder (https://opentelemetry.io/docs/collector/extend/ocb/). That takes five to fifteen minutes.
 */
public final class CollectorBinary {

    private static final Path MANIFEST = Path.of("src/test/collector/builder-config.yaml");
    private static final String BUILDER = "go.opentelemetry.io/collector/cmd/builder@v0.159.0";
    private static final Duration PATIENCE = Duration.ofMinutes(40);
    private static final long PROGRESS_SECONDS = 15;
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    private static final String NAME = WINDOWS ? "otelcol.exe" : "otelcol";

    private CollectorBinary() {}

    /** @throws AssertionError if there is none and it cannot be built; the text says what to install */
    public static synchronized Path get() {
        String given = System.getenv("OTELCOL");
        if (given != null && !given.isEmpty()) {
            return executable(Path.of(given));
        }
        try {
            Path folder = cache();
            Path binary = folder.resolve(NAME);
            return Files.isExecutable(binary) ? binary : buildAlone(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path executable(Path given) {
        if (!Files.isExecutable(given)) {
            throw new AssertionError("OTELCOL is " + given + " (expected an OpenTelemetry Collector to run)");
        }
        return given.toAbsolutePath();
    }

    /** {@code ~/.cache/contextcore/otelcol/<hash>}, or below {@code XDG_CACHE_HOME}. */
    private static Path cache() throws IOException {
        String base = System.getenv("XDG_CACHE_HOME");
        Path caches =
                base == null || base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return caches.resolve("contextcore").resolve("otelcol").resolve(hash(Files.readString(MANIFEST)));
    }

    /** Of the text without the kind of its line ends. */
    private static String hash(String manifest) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(manifest.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Two builds at once, of two checkouts say, would only take twice as long: the second one waits for the first. */
    private static Path buildAlone(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path binary = folder.resolve(NAME);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.isExecutable(binary)) {
                build(folder, binary);
            }
        }
        return binary;
    }

    private static void build(Path folder, Path binary) throws IOException {
        requireGo();
        say("building the OpenTelemetry Collector of " + MANIFEST + ": once, five to fifteen minutes; into " + folder);
        deleteLeftOvers(folder);
        Path work = Files.createTempDirectory(folder, "build");
        Path builder = work.resolve(WINDOWS ? "builder.exe" : "builder");
        run(work, Map.of("GOBIN", work.toString()), List.of("go", "install", BUILDER));
        run(
                work,
                Map.of(),
                List.of(
                        builder.toString(),
                        "--config",
                        MANIFEST.toAbsolutePath().toString()));
        Files.move(work.resolve("build").resolve(NAME), binary, StandardCopyOption.ATOMIC_MOVE);
        delete(work);
        say("the Collector is built: " + binary);
    }

    private static void requireGo() throws IOException {
        try {
            Process process = new ProcessBuilder("go", "version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() == 0) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Not there: said below.
        }
        throw new AssertionError("the tests build an OpenTelemetry Collector with Go, which is not installed: "
                + "macOS `brew install go`, Linux `sudo snap install go --classic`, Windows `winget install GoLang.Go`, "
                + "others https://go.dev/dl; or set OTELCOL to a Collector with the components of " + MANIFEST);
    }

    private static void run(Path work, Map<String, String> environment, List<String> command) throws IOException {
        Path log = work.resolve("build.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        long begun = System.nanoTime();
        Process process = builder.start();
        try {
            while (!process.waitFor(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
                say(elapsed.toSeconds() + " s: " + lastLine(log));
                if (elapsed.compareTo(PATIENCE) > 0) {
                    throw new AssertionError("no Collector after " + PATIENCE.toMinutes() + " min; see " + log);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while building the Collector", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + " failed:\n" + Files.readString(log));
        }
    }

    private static String lastLine(Path log) throws IOException {
        @Nullable String last = null;
        for (String line : Files.readAllLines(log)) {
            last = line.isBlank() ? last : line;
        }
        return last == null ? "downloading and compiling" : last.strip();
    }

    /** Of builds that failed or were interrupted: a few hundred megabytes each. */
    private static void deleteLeftOvers(Path folder) throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.filter(Files::isDirectory).toList();
        }
        for (Path each : old) {
            delete(each);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void say(String line) {
        PrintStream out = System.out;
        out.println("[collector] " + line);
    }
}
