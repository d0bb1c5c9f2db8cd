package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.mapping.TelemetryName;
import io.contextcore.gateway.mapping.TelemetryName.Sort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The names in docs/telemetry.md are those that our mappings can make, no more and no fewer, and what their tests make is
 * among them. {@code -Dupdate.docs=true} rewrites the part between the two marks.
 */
class TelemetryPageTest {

    private static final Path MAPPINGS = Path.of("..", "mappings");
    private static final Path PAGE = Path.of("..", "docs", "telemetry.md");
    private static final Pattern PART = Pattern.compile("(?s)(<!-- names -->\n).*?(<!-- end of names -->\n)");

    private final Program program =
            ProgramLoader.load(List.of(MAPPINGS), (source, name) -> Optional.empty(), Limits.defaults());

    @Test
    void thePageNamesWhatTheMappingsCanMake() throws IOException {
        String page = Files.readString(PAGE);
        Matcher part = PART.matcher(page);
        assertTrue(part.find(), "the marks of the generated part");
        String expected = part.replaceFirst(Matcher.quoteReplacement(part.group(1) + tables() + part.group(2)));
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, expected);
        }
        assertEquals(
                expected, Files.readString(PAGE), "stale: run mvn test -Dtest=TelemetryPageTest -Dupdate.docs=true");
    }

    @Test
    void whatTheTestsOfTheMappingsMakeIsNamed() {
        Map<String, Set<String>> spans = new TreeMap<>();
        Set<String> events = new TreeSet<>();
        Problems problems = new Problems();
        CheckRun.read(program, List.of(MAPPINGS), false, problems)
                .forEach(file -> file.cases()
                        .forEach(test -> new Player(program, new SchemaCheck(program), Limits.defaults())
                                .play(test)
                                .steps()
                                .forEach(step -> {
                                    step.seen()
                                            .spans()
                                            .forEach(span -> spans.computeIfAbsent(
                                                            span.path("attributes")
                                                                    .path("contextcore.span")
                                                                    .asText(),
                                                            sort -> new TreeSet<>())
                                                    .add(span.path("name").asText()));
                                    step.seen()
                                            .logs()
                                            .forEach(log ->
                                                    events.add(log.path("event").asText()));
                                })));
        problems.throwIfAny();
        assertEquals(Set.of("", "activity", "anchor", "completion", "phase", "span"), spans.keySet());
        assertTrue(events.size() > 30, events::toString);
        assertEquals(Set.of(), unnamedSpans(spans), "spans that the page does not name");
        assertEquals(Set.of(), unnamedEvents(events), "events that the page does not name");
    }

    private Set<String> unnamedEvents(Set<String> seen) {
        Set<String> rest = new TreeSet<>(seen);
        named(name -> name.sort().isLog()).forEach(pattern -> rest.removeIf(pattern.asMatchPredicate()));
        return rest;
    }

    /** A span tells which sort it is, where a lifecycle made it. A log's event names the activity too. */
    private Set<String> unnamedSpans(Map<String, Set<String>> seen) {
        Set<String> rest = new TreeSet<>();
        seen.forEach((sort, names) -> {
            List<Pattern> patterns = named(name -> sort.isEmpty()
                            ? name.by().startsWith("mapping")
                            : name.by().startsWith("lifecycle") && made(sort).contains(name.sort()))
                    .toList();
            names.stream()
                    .filter(name -> patterns.stream()
                            .noneMatch(pattern -> pattern.matcher(name).matches()))
                    .forEach(name -> rest.add(sort + ": " + name));
        });
        return rest;
    }

    private static Set<Sort> made(String sort) {
        return sort.equals("activity")
                ? EnumSet.of(Sort.ACTIVITY, Sort.LOG)
                : EnumSet.of(Sort.valueOf(sort.toUpperCase(Locale.ROOT)));
    }

    private Stream<Pattern> named(Predicate<TelemetryName> wanted) {
        return program.telemetry().stream().filter(wanted).map(name -> pattern(name.name()));
    }

    private static Pattern pattern(String template) {
        List<String> parts = new ArrayList<>();
        for (String part : template.split("\\$\\{[^}]*}", -1)) {
            parts.add(Pattern.quote(part));
        }
        return Pattern.compile(String.join(".+", parts));
    }

    private String tables() {
        Map<String, StringBuilder> byMaker = new LinkedHashMap<>();
        for (TelemetryName name : program.telemetry()) {
            byMaker.computeIfAbsent(
                            name.by(),
                            by -> new StringBuilder(
                                    "\n### " + title(by) + "\n\n| name | what it is | when |\n|---|---|---|\n"))
                    .append("| `" + cell(name.name()) + "` | " + name.sort().meaning() + " | " + when(name.when())
                            + " |\n");
        }
        return String.join("", byMaker.values()) + "\n";
    }

    private static String title(String by) {
        return by.substring(0, 1).toUpperCase(Locale.ROOT) + by.substring(1);
    }

    private static String when(String condition) {
        return condition.isEmpty() ? "" : "`" + cell(condition) + "`";
    }

    private static String cell(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "\\|");
    }
}
