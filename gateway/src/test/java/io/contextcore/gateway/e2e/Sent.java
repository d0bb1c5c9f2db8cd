package io.contextcore.gateway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contextcore.gateway.testing.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The fixtures of {@code src/test/resources/e2e}, one delivery a line, and how each sender signs and names them. */
record Sent(String event, String id, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Sent> read(String source) {
        try (var lines = Files.lines(Path.of("src/test/resources/e2e", source + ".jsonl"))) {
            return lines.map(Sent::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sent parse(String line) {
        try {
            JsonNode delivery = JSON.readTree(line);
            return new Sent(
                    delivery.get("event").textValue(),
                    delivery.get("id").textValue(),
                    JSON.writeValueAsBytes(delivery.get("body")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int post(GatewayProcess gateway, String source) {
        return gateway.post("/webhooks/" + source, headers(source), body);
    }

    private Map<String, String> headers(String source) {
        String json = "application/json";
        return switch (source) {
            case "github" ->
                Map.of(
                        "Content-Type", json,
                        "X-GitHub-Event", event,
                        "X-GitHub-Delivery", id,
                        "X-Hub-Signature-256", GatewayProcess.sign(body));
            case "jira" ->
                Map.of(
                        "Content-Type",
                        json + "; charset=UTF-8",
                        "X-Atlassian-Webhook-Identifier",
                        id,
                        "X-Hub-Signature",
                        GatewayProcess.sign(body));
            default -> Map.of("Content-Type", json, "Authorization", "Bearer " + GatewayProcess.SECRET);
        };
    }
}
