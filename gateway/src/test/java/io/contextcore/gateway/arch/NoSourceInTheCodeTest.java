package io.contextcore.gateway.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A new source is a YAML file: the code knows deliveries, lifecycles, spans and logs, and neither who sends them nor
 * what they are about. So these words are in mappings/, and in no line of Java outside tests, comments included: an
 * example in a comment is where such knowledge begins.
 */
class NoSourceInTheCodeTest {

    private static final Path SOURCES = Path.of("src/main/java/io/contextcore/gateway");

    private static final int FEWEST_FILES = 100;

    private static final String SENDER = "a sender: what is true of one is said in mappings/";
    private static final String SUBJECT = "what a sender tells of: the code calls it an instance of a lifecycle";
    private static final String FIELD = "an attribute of one lifecycle: its name comes from mappings/conventions.yaml";

    /** Words, lower case, in the singular; several in a row with one space between. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("github", SENDER),
            Map.entry("gitlab", SENDER),
            Map.entry("bitbucket", SENDER),
            Map.entry("jira", SENDER),
            Map.entry("atlassian", SENDER),
            Map.entry("confluence", SENDER),
            Map.entry("slack", SENDER),
            Map.entry("linear app", SENDER),
            Map.entry("jenkins", SENDER),
            Map.entry("claude", SENDER),
            Map.entry("anthropic", SENDER),
            Map.entry("openai", SENDER),
            Map.entry("octocat", SENDER),
            Map.entry("hub signature", "a sender's header: a kind names it, verify: says how it is read"),
            Map.entry("task", SUBJECT),
            Map.entry("subtask", SUBJECT),
            Map.entry("epic", SUBJECT),
            Map.entry("sprint", SUBJECT),
            Map.entry("milestone", SUBJECT),
            Map.entry("issue", SUBJECT + "; a thing that is wrong is a problem"),
            Map.entry("ticket", SUBJECT),
            Map.entry("pull request", SUBJECT),
            Map.entry("merge request", SUBJECT),
            Map.entry("workflow", SUBJECT),
            Map.entry("incident", SUBJECT),
            Map.entry("tool call", SUBJECT),
            Map.entry("agent session", SUBJECT),
            Map.entry("agent turn", SUBJECT),
            Map.entry("assignee", FIELD),
            Map.entry("story point", FIELD),
            Map.entry("blocked by", FIELD),
            Map.entry("transcript path", FIELD),
            Map.entry("prompt id", FIELD));

    /** Names of the JDK and of libraries that hold such a word, addresses of documents, a CI system that reads what we print. */
    private static final Pattern NOT_OURS = Pattern.compile("FutureTask|TimerTask|ForkJoinTask|CelIssue"
            + "|GitHub Actions|ANNOTATIONS\\(\"github\"\\)|--format github"
            + "|github\\.com/(googleapis|google/cel-spec|open-telemetry)/?\\S*");

    private static final Pattern HUMP =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+");

    @Test
    void noJavaSourceNamesASenderOrWhatItTellsOf() throws IOException {
        List<Path> files = javaFiles();
        assertTrue(files.size() >= FEWEST_FILES, () -> "only " + files.size() + " files were looked at");

        List<String> found = new ArrayList<>();
        files.forEach(file -> found.addAll(findings(file)));

        assertEquals("", String.join("\n", found));
    }

    @Test
    void aWordIsFoundInsideNamesAndInThePlural() {
        assertEquals(List.of("github"), wordsIn("class GithubVerifier"));
        assertEquals(List.of("task"), wordsIn("int openTasks;"));
        assertEquals(List.of("pull request"), wordsIn("// as of PULL_REQUESTS"));
        assertEquals(List.of("issue"), wordsIn("\"jsm:issue_created\""));
        assertEquals(List.of(), wordsIn("multitasking FutureTask issuer epicentre"));
    }

    private static List<String> findings(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> found = new ArrayList<>();
        wordsIn(String.valueOf(file.getFileName()))
                .forEach(word -> found.add(file + ": '" + word + "' in the name: " + WORDS.get(word)));
        for (int i = 0; i < lines.size(); i++) {
            int line = i + 1;
            wordsIn(lines.get(i))
                    .forEach(word -> found.add(file + ":" + line + ": '" + word + "': " + WORDS.get(word)));
        }
        return found;
    }

    private static List<String> wordsIn(String line) {
        String text = HUMP.matcher(NOT_OURS.matcher(line).replaceAll(" "))
                .replaceAll(" ")
                .toLowerCase(Locale.ROOT);
        String padded = " " + text + " ";
        return WORDS.keySet().stream()
                .sorted()
                .filter(word -> padded.contains(" " + word + " ") || padded.contains(" " + word + "s "))
                .toList();
    }

    private static List<Path> javaFiles() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
