package io.contextcore.gateway.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the tutorials do what the tutorials say: they run as they stand there, against the assembled application. */
class TutorialIT {

    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
    private static final Path BIN = Path.of("target", "contextcore", "bin").toAbsolutePath();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final long SECONDS = 300;

    @TempDir
    private Path folder;

    @Test
    void aNewSourceIsMadeByTheCommandsOfItsTutorial() throws Exception {
        List<String> blocks = blocks(DOCS.resolve("tutorial-new-source.md"));
        assertTrue(blocks.size() >= 10, () -> "blocks: " + blocks);
        // Stops at the first command that fails, and leaves nothing running.
        String script = "set -eux\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + String.join("\n", blocks);
        Path log = folder.resolve("tutorial.log");
        Path work = Files.createDirectory(folder.resolve("work"));

        int exitCode = run(script, work, log);

        assertEquals(0, exitCode, () -> read(log));
        assertTrue(read(work.resolve("my-mappings/issue-hook.test.yaml")).contains("acme/till#17"));
    }

    private static List<String> blocks(Path page) {
        return BLOCK.matcher(read(page))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private int run(String script, Path work, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("OTEL_") || name.startsWith("CONTEXTCORE_"));
        environment.put("PATH", BIN + File.pathSeparator + environment.get("PATH"));
        environment.put("TUTORIAL", DOCS.resolve("tutorial").toString());
        environment.put("PORT", freePort());
        environment.put("ADMIN_PORT", freePort());
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly();
            throw new AssertionError("the tutorial did not end within " + SECONDS + " s:\n" + read(log));
        }
        return process.exitValue();
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
