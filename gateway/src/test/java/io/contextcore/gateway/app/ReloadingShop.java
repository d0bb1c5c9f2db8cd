package io.contextcore.gateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contextcore.gateway.testing.OtlpJsonReader;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small shop whose mappings are written anew while a gateway runs. Each version marks the logs that it makes. */
final class ReloadingShop {

    static final String LIFECYCLE = """
            apiVersion: contextcore.io/v1
            lifecycle: order
            span: {name: order, root: anchor}
            """;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;

    ReloadingShop(Path folder) {
        this.folder = folder;
        write("kind.yaml", """
                apiVersion: contextcore.io/v1
                kind: shop
                verify: [{token: {header: X-Token}}]
                event: "'order'"
                delivery_id: text(payload.id)
                """);
        write("conventions.yaml", """
                apiVersion: contextcore.io/v1
                conventions:
                  shop.version: {type: string, meaning: Which mapping said it., stability: stable, indexed: true}
                  shop.id: {type: int, meaning: The order., stability: stable, indexed: true}
                """);
        write("lifecycle.yaml", LIFECYCLE);
        version("A");
    }

    Path mappings() {
        return folder;
    }

    /** Two files, so that a program of one old and one new file would be seen. */
    void version(String version) {
        mapping("first", version);
        mapping("second", version);
    }

    private void mapping(String name, String version) {
        write(name + ".yaml", """
                apiVersion: contextcore.io/v1
                mapping: shop.NAME
                kind: shop
                events: [order]
                logs:
                  - event: shop.NAME
                    attributes: {shop.version: VERSION, shop.id: "${payload.id}"}
                """.replace("NAME", name).replace("VERSION", version));
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.delete(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpResponse<String> order(int port, long id) {
        return order(port, "/webhooks/shop", "top secret", id);
    }

    static HttpResponse<String> order(int port, String path, String token, long id) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .header("X-Token", token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\": " + id + "}")));
    }

    static HttpResponse<String> reload(int adminPort) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + "/admin/reload"))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    static HttpResponse<String> get(int adminPort, String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path)));
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The versions that spoke of each order, one for each log, from a file of OTLP/JSON lines. */
    static Map<Long, List<String>> told(Path export) {
        Map<Long, List<String>> versions = new TreeMap<>();
        for (String line : lines(export)) {
            if (OtlpJsonReader.read(line) instanceof ExportLogsServiceRequest logs) {
                logs.getResourceLogsList().stream()
                        .flatMap(resource -> resource.getScopeLogsList().stream())
                        .flatMap(scope -> scope.getLogRecordsList().stream())
                        .forEach(log -> {
                            Map<String, String> attributes = new TreeMap<>();
                            log.getAttributesList()
                                    .forEach(each -> attributes.put(
                                            each.getKey(),
                                            each.getValue().hasIntValue()
                                                    ? String.valueOf(
                                                            each.getValue().getIntValue())
                                                    : each.getValue().getStringValue()));
                            versions.computeIfAbsent(Long.valueOf(attributes.get("shop.id")), id -> new ArrayList<>())
                                    .add(attributes.get("shop.version"));
                        });
            }
        }
        return versions;
    }

    private static List<String> lines(Path export) {
        try {
            return Files.exists(export) ? Files.readAllLines(export) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
