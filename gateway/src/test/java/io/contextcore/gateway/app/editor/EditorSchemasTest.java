package io.contextcore.gateway.app.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code -Dupdate.docs=true} rewrites the schemas. The files are read as editors read them: as YAML 1.2. */
class EditorSchemasTest {

    private static final Path MAPPINGS = Path.of("..", "mappings");
    private static final Path FOLDER = MAPPINGS.resolve("schema");
    private static final String MODELINE = "# yaml-language-server: $schema=";
    private static final JsonSchemaFactory DRAFT = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    static Stream<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(MAPPINGS)) {
            return walk.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @Test
    void theSchemasAreWhatTheFormsSay() throws IOException {
        if (Boolean.getBoolean("update.docs")) {
            Files.createDirectories(FOLDER);
        }
        EditorSchemas.all().forEach((name, schema) -> check(FOLDER.resolve(name), EditorSchemas.text(schema)));
        try (Stream<Path> found = Files.list(FOLDER)) {
            assertEquals(
                    EditorSchemas.all().keySet(),
                    found.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileOfOursNamesItsSchemaAndFitsIt(Path file) throws IOException {
        String text = Files.readString(file);
        String first = text.lines().findFirst().orElse("");
        assertTrue(first.startsWith(MODELINE), file + " starts with: " + first);
        Path schema = file.resolveSibling(first.substring(MODELINE.length())).normalize();
        String name = schema.getFileName().toString();
        assertEquals(FOLDER.resolve(name).normalize(), schema);
        assertEquals(List.of(), complaints(name, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mapping   | { mapping: a, kind: b, events: [c], logs: [{event: d}] }",
                "mapping   | { apiVersion: contextcore.io/v2, mapping: a, kind: b, events: [c] }",
                "mapping   | { apiVersion: contextcore.io/v1, mapping: a, kind: b }",
                "mapping   | { apiVersion: contextcore.io/v1, mapping: a, kind: b, events: all }",
                "mapping   | { apiVersion: contextcore.io/v1, mapping: a, kind: b, events: [1] }",
                "mapping   | { apiVersion: contextcore.io/v1, mapping: a, kind: b, events: [c], wen: x }",
                "mapping   | { apiVersion: contextcore.io/v1, mapping: a, kind: b, events: [c], lifecycles: [{lifecycle: d}] }",
                "lifecycle | { apiVersion: contextcore.io/v1, lifecycle: a, span: {name: b, root: achor} }",
                "lifecycle | { apiVersion: contextcore.io/v1, lifecycle: a, span: {name: b, root: span}, slice: 24 }",
                "lifecycle | { apiVersion: contextcore.io/v1, lifecycle: a, span: {name: b, root: span}, activity: 'yes' }",
                "kind      | { apiVersion: contextcore.io/v1, kind: a, event: b, verify: [{}] }",
                "kind      | { apiVersion: contextcore.io/v1, kind: a, event: b,"
                        + " verify: [{token: {header: c}, hmac: {header: c, methods: [sha256]}}] }",
                "tables    | { apiVersion: contextcore.io/v1, tables: {a: [b]} }",
                "conventions | { apiVersion: contextcore.io/v1, conventions: {a: {type: text, meaning: b, stability: stable}} }",
                "redaction | { apiVersion: contextcore.io/v1, redaction: {key: [a]} }",
                "test      | { apiVersion: contextcore.io/v1, kind: a, tests: [{name: b}] }",
            })
    void whatIsWrongIsRefused(String schema, String text) throws IOException {
        assertNotEquals(List.of(), complaints(schema + ".schema.json", text));
    }

    private static List<String> complaints(String schema, String text) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode tree = json.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
        JsonSchema reader = DRAFT.getSchema(Files.readString(FOLDER.resolve(schema)));
        assertNotNull(reader);
        return reader.validate(tree).stream().map(Object::toString).sorted().toList();
    }

    private static void check(Path file, String expected) {
        try {
            if (Boolean.getBoolean("update.docs")) {
                Files.writeString(file, expected);
            }
            assertEquals(
                    expected,
                    Files.readString(file),
                    "stale: run mvn test -Dtest=EditorSchemasTest -Dupdate.docs=true");
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read or written", e);
        }
    }
}
