package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/promises.md and the tests that name its promises: neither goes without the other. */
class PromisesTest {

    private static final Path PAGE = Path.of("..", "docs", "promises.md");
    private static final Path TRIED = Path.of("..", "docs", "promises-tried.md");
    private static final Path CODE = Path.of("src", "main", "java", "io", "contextcore", "gateway");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z0-9.-]+)` \\| (.+?) \\| (.+?) \\|$", Pattern.MULTILINE);
    /** Id, file, what stands there, what to write instead, test, what it says. */
    private static final Pattern TRIAL = Pattern.compile(
            "^\\| `([a-z0-9.-]+)` \\| `([^`]+)` \\| `([^`]+)` \\| (?:`[^`]+`|nothing) \\| `([^`]+)` \\| .+ \\|$",
            Pattern.MULTILINE);

    private static final Pattern NAMED =
            Pattern.compile("@Promise\\(\\{?((?:\\s*\"[^\"]+\",?)+)\\s*}?\\).*?\\bvoid (\\w+)\\(", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("\"([^\"]+)\"");

    @Test
    void everyPromiseIsNamedByTheTestsThatThePageSaysAndByNoOthers() throws IOException {
        Map<String, SortedSet<String>> page = page();
        assertTrue(page.size() > 1, PAGE + " has no promises");
        assertEquals(named(), page);
    }

    /** What would break it can still be done: what is to be changed stands in its file, once. */
    @Test
    void ofEveryPromiseAChangeIsToldThatBreaksIt() throws IOException {
        Map<String, SortedSet<String>> page = page();
        SortedSet<String> tried = new TreeSet<>();
        Matcher row = TRIAL.matcher(Files.readString(TRIED));
        while (row.find()) {
            String id = row.group(1);
            assertTrue(tried.add(id), id + " stands there twice");
            assertTrue(
                    page.getOrDefault(id, new TreeSet<>()).contains(row.group(4)),
                    () -> id + " has no test " + row.group(4));
            String code = Files.readString(CODE.resolve(row.group(2)));
            int at = code.indexOf(row.group(3));
            assertTrue(
                    at >= 0 && at == code.lastIndexOf(row.group(3)),
                    () -> id + ": " + row.group(2) + " has not (once): " + row.group(3)
                            + " (expected: what its change is today, tried again)");
        }
        assertEquals(page.keySet(), tried);
    }

    private static Map<String, SortedSet<String>> page() throws IOException {
        Map<String, SortedSet<String>> page = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            SortedSet<String> before = page.put(row.group(1), tests(row.group(3)));
            assertEquals(null, before, row.group(1) + " stands there twice");
            assertTrue(row.group(2).contains("MUST"), row.group(1) + " does not say what MUST be");
        }
        return page;
    }

    private static SortedSet<String> tests(String cell) {
        SortedSet<String> tests = new TreeSet<>();
        for (String test : cell.split(",\\s*")) {
            tests.add(test.replace("`", ""));
        }
        return tests;
    }

    /** Ids, and the tests that name them. */
    private static Map<String, SortedSet<String>> named() throws IOException {
        Map<String, SortedSet<String>> named = new TreeMap<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                Matcher test = NAMED.matcher(Files.readString(file));
                while (test.find()) {
                    Matcher id = ID.matcher(test.group(1));
                    while (id.find()) {
                        named.computeIfAbsent(id.group(1), none -> new TreeSet<>())
                                .add(type + "." + test.group(2));
                    }
                }
            }
        }
        return named;
    }
}
