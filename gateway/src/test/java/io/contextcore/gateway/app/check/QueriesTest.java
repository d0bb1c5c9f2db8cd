package io.contextcore.gateway.app.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.expression.Coverage;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.otlp.EmitMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The queries of the documentation read what is sent, whatever the emit mode. */
class QueriesTest {

    private static final Path DOCS = Path.of("..", "docs");
    /** Ours, and those of a user whose tasks require deliverables. */
    private static final List<Path> MAPPINGS =
            List.of(Path.of("..", "mappings"), Path.of("src", "test", "resources", "deliverables"));

    private static final Pattern BLOCK = Pattern.compile("(?s)```(logql|traceql)\\n(.*?)```");
    private static final Pattern TEXTS = Pattern.compile("\"[^\"]*\"");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{\\.(\\w+)}}");
    private static final Pattern WORD = Pattern.compile("[a-z]\\w*_\\w+");
    private static final Pattern SCOPED = Pattern.compile("\\b(?:span|resource|event|link)\\.([a-z]\\w*(?:\\.\\w+)*)");
    private static final int FEWEST_QUERIES = 10;

    /** LogQL's own words that look like names of attributes. */
    private static final Set<String> LOGQL = Set.of(
            "count_over_time",
            "rate_over_time",
            "sum_over_time",
            "avg_over_time",
            "max_over_time",
            "min_over_time",
            "last_over_time",
            "first_over_time",
            "quantile_over_time",
            "line_format",
            "label_format",
            "group_left",
            "group_right");

    private record Query(String page, String language, String text) {}

    private final Program program = ProgramLoader.load(
            MAPPINGS, (source, name) -> Projects.NONE.idOf(name), Limits.defaults(), (Coverage) null);

    private static List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(DOCS)) {
            for (Path page : pages.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                Matcher block = BLOCK.matcher(Files.readString(page));
                while (block.find()) {
                    queries.add(new Query(page.getFileName().toString(), block.group(1), block.group(2)));
                }
            }
        }
        return queries;
    }

    /** Names as LogQL writes them, to the attribute's own. */
    private Map<String, String> written() {
        Map<String, String> written = new TreeMap<>();
        program.conventions().byName().keySet().forEach(name -> written.put(name.replace('.', '_'), name));
        return written;
    }

    /** The attributes that a query reads; what is no attribute is told of. */
    private Set<String> read(Query query, Set<String> unknown) {
        Set<String> names = new TreeSet<>();
        if (query.language().equals("traceql")) {
            Matcher scoped = SCOPED.matcher(TEXTS.matcher(query.text()).replaceAll("\"\""));
            while (scoped.find()) {
                known(scoped.group(1), scoped.group(1), names, unknown);
            }
            return names;
        }
        Matcher template = TEMPLATE.matcher(query.text());
        while (template.find()) {
            known(template.group(1), written().get(template.group(1)), names, unknown);
        }
        Matcher word = WORD.matcher(TEXTS.matcher(query.text()).replaceAll("\"\""));
        while (word.find()) {
            if (!LOGQL.contains(word.group())) {
                known(word.group(), written().get(word.group()), names, unknown);
            }
        }
        return names;
    }

    private void known(String written, String name, Set<String> names, Set<String> unknown) {
        if (name == null || !program.conventions().byName().containsKey(name)) {
            unknown.add(written);
        } else {
            names.add(name);
        }
    }

    @Test
    void everyAttributeOfAQueryIsDeclared() throws IOException {
        List<Query> queries = queries();
        assertTrue(queries.size() >= FEWEST_QUERIES, () -> "found only " + queries.size());
        for (Query query : queries) {
            Set<String> unknown = new TreeSet<>();
            assertFalse(read(query, unknown).isEmpty(), query::toString);
            assertEquals(Set.of(), unknown, query::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAQueryReadsIsSentInEachMode(EmitMode mode) throws IOException {
        Set<String> spans = new TreeSet<>();
        Set<String> logs = new TreeSet<>();
        Problems problems = new Problems();
        for (TestCase.File file : CheckRun.read(program, MAPPINGS, false, problems)) {
            for (TestCase test : file.cases()) {
                Player player = new Player(program, new SchemaCheck(program), Limits.defaults(), mode);
                player.play(test).steps().forEach(step -> {
                    step.seen().spans().forEach(span -> names(span.path("attributes"), spans));
                    step.seen().logs().forEach(log -> {
                        names(log.path("attributes"), logs);
                        names(log.path("body"), logs);
                    });
                });
            }
        }
        problems.throwIfAny();
        for (Query query : queries()) {
            Set<String> missing = read(query, new TreeSet<>());
            missing.removeAll(query.language().equals("traceql") ? spans : logs);
            assertEquals(Set.of(), missing, () -> mode + ": " + query);
        }
    }

    private static void names(JsonNode attributes, Set<String> names) {
        attributes.fieldNames().forEachRemaining(names::add);
    }
}
