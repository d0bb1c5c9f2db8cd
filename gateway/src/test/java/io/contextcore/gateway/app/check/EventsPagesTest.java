package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A page about a sender names, in the table between its marks, the events that our mappings want of it, and no others. */
class EventsPagesTest {

    private static final Path MAPPINGS = Path.of("..", "mappings");
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern TABLE = Pattern.compile("(?s)<!-- events -->\n(.*?)<!-- /events -->\n");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @ValueSource(strings = {"jira", "github"})
    void thePageNamesTheEventsThatAreMapped(String kind) throws IOException {
        Set<String> mapped = mapped(MAPPINGS.resolve(kind));
        assertFalse(mapped.isEmpty());
        assertEquals(mapped, named(Files.readString(DOCS.resolve(kind + ".md"))));
    }

    @Test
    void thePageOfGitHubNamesEveryEventOfItsPublicSchemas() throws IOException {
        Set<String> events = new TreeSet<>(Files.readAllLines(Path.of("src/test/resources/events/github.txt")));
        events.removeIf(line -> line.startsWith("#"));
        assertFalse(events.isEmpty());
        events.removeAll(named(Files.readString(DOCS.resolve("github.md"))));
        assertEquals(Set.of(), events, "not on the page");
    }

    private static Set<String> mapped(Path folder) throws IOException {
        Set<String> events = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                for (String key : List.of("events", "ping")) {
                    Object named = ((Map<?, ?>) read).get(key);
                    ((Collection<?>) (named == null ? List.of() : named))
                            .forEach(event -> events.add(event.toString()));
                }
            }
        }
        return events;
    }

    private static Set<String> named(String page) {
        Set<String> names = new TreeSet<>();
        Matcher table = TABLE.matcher(page);
        while (table.find()) {
            FIRST_CELL
                    .matcher(table.group(1))
                    .results()
                    .flatMap(cell -> NAME.matcher(cell.group(1)).results())
                    .forEach(name -> names.add(name.group(1)));
        }
        return names;
    }
}
