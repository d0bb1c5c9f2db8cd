package io.contextcore.gateway.app.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.contextcore.gateway.model.Api;
import io.contextcore.gateway.model.Api.Parameter;
import io.contextcore.gateway.model.Api.Route;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1) from the table of a kind's calls. */
public final class OpenApi {

    private static final String VERSION = "3.1.1";
    private static final String JSON = "application/json";
    private static final String REF = "$ref";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String CALL_SCHEMA = "Call";

    /** What a call may be answered, besides that it was kept; docs/webhooks.md has the reasons. */
    private static final Map<String, String> REFUSALS = refusals();

    private final SourceKind kind;
    private final Api api;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    private OpenApi(SourceKind kind, Api api) {
        this.kind = kind;
        this.api = api;
    }

    /**
     * The document, indented.
     *
     * @param kind one with an API
     * @param base where its routes begin
     * @param version of the gateway
     */
    public static String of(SourceKind kind, String base, String version) {
        Api api = Objects.requireNonNull(kind.api(), "the kind has an API");
        return new OpenApi(kind, api).document(base, version).toPrettyString() + "\n";
    }

    private ObjectNode document(String base, String version) {
        root.put("openapi", VERSION);
        root.putObject("info")
                .put("title", api.title())
                .put("summary", api.meaning())
                .put("version", version);
        root.putArray("servers").addObject().put("url", base);
        root.putArray("security").addObject().putArray(scheme());
        ObjectNode paths = root.putObject("paths");
        api.routes().forEach(route -> path(paths.putObject(route.path()), route));
        calls(paths.putObject(api.calls()));
        components(root.putObject("components"));
        return root;
    }

    private void path(ObjectNode path, Route route) {
        ObjectNode operation = path.putObject("post");
        operation.put("operationId", route.call()).put("summary", route.meaning());
        ArrayNode parameters = operation.putArray("parameters");
        List<String> inPath = inPath(route);
        inPath.forEach(name -> parameter(parameters.addObject(), name));
        headers(parameters);
        List<String> needed = besides(route.needs(), inPath);
        ObjectNode body = body(operation, !needed.isEmpty());
        body.put("type", "object");
        ObjectNode properties = body.putObject("properties");
        besides(route.parameters(), inPath).forEach(name -> property(properties, name, !needed.contains(name)));
        required(body, needed);
        body.put("additionalProperties", false);
        responses(operation);
    }

    /** Whole calls, one or a list. */
    private void calls(ObjectNode path) {
        ObjectNode operation = path.putObject("post");
        operation.put("operationId", "calls").put("summary", "Takes a call, or a list of calls, as they are kept.");
        headers(operation.putArray("parameters"));
        ArrayNode choices = body(operation, true).putArray("oneOf");
        choices.addObject().put(REF, SCHEMAS + CALL_SCHEMA);
        choices.addObject()
                .put("type", "array")
                .put("minItems", 1)
                .putObject("items")
                .put(REF, SCHEMAS + CALL_SCHEMA);
        responses(operation);
    }

    private static ObjectNode body(ObjectNode operation, boolean required) {
        ObjectNode body = operation.putObject("requestBody").put("required", required);
        return body.putObject("content").putObject(JSON).putObject("schema");
    }

    private static void responses(ObjectNode operation) {
        ObjectNode responses = operation.putObject("responses");
        responses.putObject("202").put(REF, "#/components/responses/Kept");
        REFUSALS.keySet()
                .forEach(status -> responses.putObject(status).put(REF, "#/components/responses/Refused" + status));
    }

    private void parameter(ObjectNode node, String name) {
        node.put("name", name).put("in", "path").put("required", true);
        node.put("description", parameter(name).meaning());
        node.set("schema", type(parameter(name), false));
    }

    private void headers(ArrayNode parameters) {
        api.headers().forEach((name, meaning) -> {
            ObjectNode node = parameters.addObject();
            node.put("name", name).put("in", "header").put("required", false).put("description", meaning);
            node.putObject("schema").put("type", "string");
        });
    }

    private void property(ObjectNode properties, String name, boolean nullable) {
        ObjectNode type = type(parameter(name), nullable);
        type.put("description", parameter(name).meaning());
        properties.set(name, type);
    }

    /** @param nullable null says that there is none */
    private static ObjectNode type(Parameter parameter, boolean nullable) {
        ObjectNode type = JsonNodeFactory.instance.objectNode();
        String name = switch (parameter.type()) {
            case STRING, TIME -> "string";
            case NUMBER -> "number";
            case STRINGS -> "array";
        };
        if (nullable) {
            type.putArray("type").add(name).add("null");
        } else {
            type.put("type", name);
        }
        switch (parameter.type()) {
            case STRING -> type.put("minLength", 1);
            case TIME -> type.put("format", "date-time");
            case STRINGS -> type.putObject("items").put("type", "string").put("minLength", 1);
            case NUMBER -> {}
        }
        if (!parameter.values().isEmpty()) {
            ArrayNode values = type.putArray("enum");
            parameter.values().forEach(values::add);
            if (nullable) {
                values.addNull();
            }
        }
        return type;
    }

    private void components(ObjectNode components) {
        ObjectNode schemas = components.putObject("schemas");
        ArrayNode choices = schemas.putObject(CALL_SCHEMA).putArray("oneOf");
        for (Route route : api.routes()) {
            choices.addObject().put(REF, SCHEMAS + route.call());
            call(schemas.putObject(route.call()), route);
        }
        error(schemas.putObject("Error"));
        ObjectNode responses = components.putObject("responses");
        kept(responses.putObject("Kept"));
        REFUSALS.forEach((status, meaning) -> {
            ObjectNode refused = responses.putObject("Refused" + status).put("description", meaning);
            refused.putObject("content").putObject(JSON).putObject("schema").put(REF, SCHEMAS + "Error");
        });
        security(components.putObject("securitySchemes").putObject(scheme()));
    }

    private void call(ObjectNode schema, Route route) {
        schema.put("type", "object").put("description", route.meaning());
        ObjectNode properties = schema.putObject("properties");
        properties.putObject(Api.CALL).put("const", route.call());
        route.parameters()
                .forEach(name -> property(properties, name, !route.needs().contains(name)));
        ArrayNode required = schema.putArray("required").add(Api.CALL);
        route.needs().forEach(required::add);
        schema.put("additionalProperties", false);
    }

    private static void error(ObjectNode schema) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("error").put("type", "string").put("description", "A stable name, for programs.");
        properties.putObject("message").put("type", "string").put("description", "What is wrong, for people.");
    }

    private static void kept(ObjectNode response) {
        response.put("description", "Kept on disk. Said of a call that was kept before, too.");
        ObjectNode schema = response.putObject("content").putObject(JSON).putObject("schema");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("id").put("type", "string").put("description", "The delivery of a call that came alone.");
        ObjectNode ids = properties.putObject("ids").put("type", "array");
        ids.put("description", "The deliveries of a list of calls, in its order.");
        ids.putObject("items").put("type", "string");
    }

    private String scheme() {
        return kind.name();
    }

    /** The first way to prove a request is the one that is told. */
    private void security(ObjectNode scheme) {
        Verification way = kind.verifications().get(0);
        if (way instanceof Verification.Token token && "bearer".equalsIgnoreCase(token.scheme())) {
            scheme.put("type", "http").put("scheme", "bearer");
        } else if (way instanceof Verification.Jwt jwt && "bearer".equalsIgnoreCase(jwt.scheme())) {
            scheme.put("type", "http").put("scheme", "bearer").put("bearerFormat", "JWT");
        } else if (way instanceof Verification.Basic) {
            scheme.put("type", "http").put("scheme", "basic");
        } else {
            scheme.put("type", "apiKey").put("in", "header").put("name", way.header());
        }
    }

    private Parameter parameter(String name) {
        return Objects.requireNonNull(api.parameters().get(name), "routes name declared parameters only");
    }

    private static List<String> inPath(Route route) {
        return Api.segments(route.path()).stream()
                .flatMap(segment -> Api.name(segment).stream())
                .toList();
    }

    private static List<String> besides(List<String> names, List<String> others) {
        return names.stream().filter(name -> !others.contains(name)).toList();
    }

    private static void required(ObjectNode schema, List<String> names) {
        if (!names.isEmpty()) {
            ArrayNode required = schema.putArray("required");
            names.forEach(required::add);
        }
    }

    private static Map<String, String> refusals() {
        Map<String, String> refusals = new LinkedHashMap<>();
        refusals.put("400", "No call that is known, or not as its parameters say; nothing was kept.");
        refusals.put("401", "The proof is missing or does not fit.");
        refusals.put("403", "Not from this address.");
        refusals.put("413", "The body is too large.");
        refusals.put("415", "The body is not JSON.");
        refusals.put("429", "Too many requests in this minute; Retry-After says when to come again.");
        refusals.put("503", "Full or stopping: to be sent again after Retry-After, with the same keys.");
        return refusals;
    }
}
