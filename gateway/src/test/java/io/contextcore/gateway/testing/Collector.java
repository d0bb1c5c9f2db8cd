package io.contextcore.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real OpenTelemetry Collector with the configuration that ships, as it is: only its environment is set. Its queues
 * and its log are in a folder of its own, so that it can be killed and started again.
 */
public final class Collector implements AutoCloseable {

    private static final Path CONFIGURATION = Path.of("..", "otel-collector-config.yaml");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> ITS_VARIABLES = List.of("OTEL", "OTLP_", "TEMPO_", "LOKI_");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;
    private final Map<String, String> environment;
    private final int grpc = freePort();
    private final int http = freePort();
    private final int health = freePort();
    private Process process;

    private Collector(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = variables(environment);
        this.process = launch();
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param tempo {@code host:port} of an OTLP/gRPC receiver that stands in for Tempo
     * @param loki address of an OTLP/HTTP receiver that stands in for Loki, without the {@code /v1/logs}
     */
    public static Collector start(Path folder, String tempo, String loki) {
        return start(folder, Map.of("TEMPO_ENDPOINT", tempo, "LOKI_ENDPOINT", loki));
    }

    /** Starts it with these variables of otel-collector-config.yaml beside its ports and folder. */
    public static Collector start(Path folder, Map<String, String> environment) {
        Collector collector = new Collector(folder, environment);
        collector.awaitReady();
        return collector;
    }

    /** Where it takes OTLP/gRPC: {@code http://127.0.0.1:port}. */
    public String grpcEndpoint() {
        return "http://127.0.0.1:" + grpc;
    }

    /** Where it takes OTLP/HTTP: {@code http://127.0.0.1:port}. */
    public String httpEndpoint() {
        return "http://127.0.0.1:" + http;
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Starts it again, on the same ports and with the same queues. */
    public void restart() {
        process = launch();
        awaitReady();
    }

    /** Sets a variable for the next start. */
    public void variable(String name, String value) {
        environment.put(name, value);
    }

    /** SIGTERM, and waits for the end. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    /** What it logged, over all starts. */
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> variables(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(Map.of(
                "OTLP_GRPC_ENDPOINT", "127.0.0.1:" + grpc,
                "OTLP_HTTP_ENDPOINT", "127.0.0.1:" + http,
                "OTELCOL_HEALTH_ENDPOINT", "127.0.0.1:" + health,
                "OTELCOL_METRICS_PORT", "0",
                "OTELCOL_STORAGE", folder.resolve("queue").toString()));
        all.putAll(given);
        return all;
    }

    private Process launch() {
        ProcessBuilder builder = new ProcessBuilder(
                        CollectorBinary.get().toString(), "--config", CONFIGURATION.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().keySet().removeIf(name -> ITS_VARIABLES.stream().anyMatch(name::startsWith));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(folder);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health))
                .timeout(PATIENCE)
                .build();
        try {
            Await.until("the Collector to be ready", PATIENCE, () -> !process.isAlive() || answers(request));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it logged:\n" + log(), e);
        }
        if (!process.isAlive()) {
            throw new AssertionError("the Collector ended; it logged:\n" + log());
        }
    }

    private static boolean answers(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the Collector did not end within " + PATIENCE.toSeconds() + " s:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path logFile() {
        return folder.resolve("collector.log");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
