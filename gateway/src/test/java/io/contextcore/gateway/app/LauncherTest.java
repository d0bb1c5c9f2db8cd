package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts Java, with a Java that prints what it was given. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final Path SCRIPT = Path.of("src", "main", "scripts", "contextcore");

    @TempDir
    private Path java;

    private record Ran(int code, List<String> lines) {}

    @Test
    void whatRunsLongHasTheParallelCollectorAndABoundedHeap() throws Exception {
        for (String command : List.of("serve", "dev", "replay")) {
            List<String> given = start("17.0.15", Map.of(), command).lines();
            assertTrue(given.contains("-XX:+UseParallelGC"), () -> given.toString());
            assertTrue(given.contains("-Xmx640m"), () -> given.toString());
            assertFalse(given.contains("-XX:TieredStopAtLevel=1"), () -> given.toString());
            assertEquals(command, given.get(given.size() - 1));
        }
    }

    @Test
    void whatIsSoonDoneIsNotOptimised() throws Exception {
        List<String> given = start("25", Map.of(), "lint").lines();
        assertTrue(given.contains("-XX:+UseSerialGC"), () -> given.toString());
        assertTrue(given.contains("-XX:TieredStopAtLevel=1"), () -> given.toString());
    }

    @Test
    void aCollectorOfTheUsersTakesThePlaceOfOurs() throws Exception {
        List<String> given = start("17.0.15", Map.of("CONTEXTCORE_JAVA_OPTS", "-XX:+UseG1GC -Dx=1"), "serve")
                .lines();
        assertTrue(given.containsAll(List.of("-XX:+UseG1GC", "-Dx=1", "-Xmx640m")), () -> given.toString());
        assertFalse(given.contains("-XX:+UseParallelGC"), () -> given.toString());
    }

    @Test
    void aHeapOfTheUsersTakesThePlaceOfOurs() throws Exception {
        for (String heap : List.of("-Xmx2g", "-XX:MaxRAMPercentage=60", "-XX:MaxHeapSize=2g")) {
            List<String> given = start("17.0.15", Map.of("CONTEXTCORE_JAVA_OPTS", heap), "serve")
                    .lines();
            assertTrue(given.containsAll(List.of(heap, "-XX:+UseParallelGC")), () -> given.toString());
            assertFalse(given.contains("-Xmx640m"), () -> given.toString());
        }
    }

    @Test
    void anOldJavaIsNotStarted() throws Exception {
        Ran ran = start("11.0.2", Map.of(), "serve");
        assertEquals(1, ran.code());
        assertEquals(
                List.of("contextcore: " + java.resolve("bin/java")
                        + " is version 11 (expected Java 17 or newer): set JAVA_HOME to a newer one"),
                ran.lines());
    }

    @Test
    void aJavaHomeWithoutJavaIsSaid() throws Exception {
        Ran ran = run(Map.of("JAVA_HOME", java.resolve("nowhere").toString()), "serve");
        assertEquals(1, ran.code());
        assertTrue(ran.lines().get(0).startsWith("contextcore: JAVA_HOME is "), () -> ran.toString());
    }

    private Ran start(String version, Map<String, String> variables, String command) throws Exception {
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path program = java.resolve("bin").resolve("java");
        Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> all = new HashMap<>(variables);
        all.put("JAVA_HOME", java.toString());
        return run(all, command);
    }

    private static Ran run(Map<String, String> variables, String command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", SCRIPT.toAbsolutePath().toString(), command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "CONTEXTCORE_JAVA_OPTS"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Ran(process.exitValue(), output.lines().toList());
    }
}
