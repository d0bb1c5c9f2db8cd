package io.contextcore.gateway.app.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.mapping.ProgramLoader;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Api.Route;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document says what the door does. {@code -Dupdate.docs=true} rewrites the pages that are made of the table. */
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCS = Path.of("..", "docs");
    private static final Program PROGRAM = ProgramLoader.load(
            List.of(Path.of("..", "mappings")), (source, name) -> Optional.empty(), Limits.defaults());
    private static final SourceKind KIND =
            Objects.requireNonNull(PROGRAM.kinds().get("native"));
    private static final Api API = Objects.requireNonNull(KIND.api());
    private static final JsonNode DOCUMENT = document();

    private static JsonNode document() {
        try {
            return JSON.readTree(OpenApi.of(KIND, API.path(), "1"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Route> routes() {
        return API.routes().stream();
    }

    @Test
    void eachRouteHasItsOperation() {
        List<String> paths =
                new ArrayList<>(API.routes().stream().map(Route::path).toList());
        paths.add(API.calls());
        List<String> told = new ArrayList<>();
        DOCUMENT.path("paths").fieldNames().forEachRemaining(told::add);

        assertEquals(new TreeSet<>(paths), new TreeSet<>(told));
        for (Route route : API.routes()) {
            JsonNode operation = DOCUMENT.path("paths").path(route.path()).path("post");
            assertEquals(route.call(), operation.path("operationId").asText());
            assertEquals(
                    List.of("202", "400", "401", "403", "413", "415", "429", "503"),
                    names(operation.path("responses")));
        }
    }

    @Test
    void allThatIsReferredToIsThere() {
        List<String> references = new ArrayList<>();
        DOCUMENT.findValues("$ref").forEach(reference -> references.add(reference.asText()));

        assertTrue(references.size() > API.routes().size(), references.toString());
        references.forEach(
                reference -> assertTrue(!DOCUMENT.at(reference.substring(1)).isMissingNode(), reference));
    }

    @Test
    void itIsProvenByABearerToken() {
        JsonNode scheme = DOCUMENT.at("/components/securitySchemes/native");

        assertEquals("http", scheme.path("type").asText());
        assertEquals("bearer", scheme.path("scheme").asText());
        assertTrue(DOCUMENT.at("/security/0").has("native"));
    }

    /** Calls with each parameter right, wrong, null and left out: what the schema takes the door takes, and nothing else. */
    @ParameterizedTest
    @MethodSource("routes")
    void theSchemaOfACallTakesWhatTheDoorTakes(Route route) throws IOException {
        JsonSchema schema = schema("/components/schemas/" + route.call());
        int taken = 0;
        List<String> calls = calls(route);
        for (String call : calls) {
            boolean fits = schema.validate(JSON.readTree(call)).isEmpty();
            assertEquals(fits, isTaken(call), call);
            taken += fits ? 1 : 0;
        }
        assertTrue(taken > 0 && taken < calls.size(), taken + " of " + calls.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"call\": \"task.complete\", \"id\": \"T-1\"}",
                "[{\"call\": \"task.complete\", \"id\": \"T-1\"}, {\"call\": \"task.cancel\", \"id\": \"T-1\"}]",
                "[]",
                "{\"call\": \"task.begin\", \"id\": \"T-1\"}",
                "[{\"call\": \"task.begin\", \"id\": \"T-1\"}]",
                "[[]]",
            })
    void wholeCallsAreTakenAsTheirSchemaSays(String body) throws IOException {
        JsonSchema schema = schema("/paths/~1calls/post/requestBody/content/application~1json/schema");

        assertEquals(schema.validate(JSON.readTree(body)).isEmpty(), isTaken(body), body);
    }

    @Test
    void thePagesAreWhatTheTableSays() throws IOException {
        check("openapi.json", OpenApi.of(KIND, API.path(), "1"));
        check("native-api.md", ApiPage.render(API));
    }

    private static void check(String name, String expected) throws IOException {
        Path page = DOCS.resolve(name);
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(page, expected);
        }
        assertEquals(expected, Files.readString(page), "stale: run mvn test -Dtest=OpenApiTest -Dupdate.docs=true");
    }

    private static List<String> calls(Route route) {
        String all = members(route, route.parameters());
        List<String> calls = new ArrayList<>(List.of(call(route, all), call(route, members(route, route.needs()))));
        calls.add(call(route, all + ", \"unknown\": 1"));
        for (String name : route.parameters()) {
            List<String> others = route.parameters().stream()
                    .filter(other -> !other.equals(name))
                    .toList();
            calls.add(call(route, members(route, others)));
            for (String wrong : List.of("null", "\"\"", "\"other\"", "7", "[]", "[\"a\", 1]", "{}")) {
                calls.add(call(
                        route, members(route, others) + (others.isEmpty() ? "" : ", ") + "\"" + name + "\": " + wrong));
            }
        }
        return calls;
    }

    private static String call(Route route, String members) {
        return "{\"call\": \"" + route.call() + "\"" + (members.isEmpty() ? "" : ", " + members) + "}";
    }

    private static String members(Route route, List<String> names) {
        return String.join(
                ", ",
                names.stream().map(name -> "\"" + name + "\": " + right(name)).toList());
    }

    private static String right(String name) {
        Api.Parameter parameter = Objects.requireNonNull(API.parameters().get(name));
        if (!parameter.values().isEmpty()) {
            return "\"" + parameter.values().get(0) + "\"";
        }
        return switch (parameter.type()) {
            case STRING -> "\"text\"";
            case NUMBER -> "12.5";
            case TIME -> "\"2026-03-02T10:00:00Z\"";
            case STRINGS -> "[\"text\"]";
        };
    }

    private static boolean isTaken(String body) {
        Source source = new Source("native", "native", List.of(), true, Projects.NONE);
        IntakeRequest request = new IntakeRequest(
                "native", Map.of("Content-Type", "application/json"), Map.of(), body.getBytes(StandardCharsets.UTF_8));
        Verdict verdict = new Door(Limits.defaults()).admit(request, source, KIND, PROGRAM.redactor());
        return !(verdict instanceof Verdict.Refused);
    }

    /** The document whole, so that its references hold, with one of its schemas on top. */
    private static JsonSchema schema(String pointer) {
        ObjectNode whole = DOCUMENT.deepCopy();
        whole.put("$ref", "#" + pointer);
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole, config);
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
