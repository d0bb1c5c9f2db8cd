package io.contextcore.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The assembled application as its own process, in a folder of its own; it can be killed and started again on it. */
public final class GatewayProcess implements AutoCloseable {

    /** The secret of every source. */
    public static final String SECRET = "It's a Secret to Everybody";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final int port = freePort();
    private final int admin = freePort();
    private Process process;

    private GatewayProcess(Path folder, List<String> arguments, Map<String, String> environment) {
        this.folder = folder;
        this.arguments = List.copyOf(arguments);
        this.environment = new HashMap<>(environment);
        this.process = launch();
    }

    /** Starts {@code contextcore dev} with its data in the folder, and waits until it is ready. */
    public static GatewayProcess start(Path folder, Map<String, String> environment) {
        return started(new GatewayProcess(folder, List.of(), environment));
    }

    /** Starts {@code contextcore serve} with a settings file and its data in the folder, and waits until it is ready. */
    public static GatewayProcess serve(Path folder, Path settings, Map<String, String> environment) {
        return started(new GatewayProcess(folder, List.of("--config", settings.toString()), environment));
    }

    private static GatewayProcess started(GatewayProcess gateway) {
        gateway.awaitReady();
        return gateway;
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        exit();
    }

    public void restart() {
        process = launch();
        awaitReady();
    }

    /** Sets a variable for the next start. */
    public void variable(String name, String value) {
        environment.put(name, value);
    }

    /** Starts it again and kills it after so long, whether it was ready by then or not. */
    public void restartFor(Duration life) {
        process = launch();
        try {
            process.waitFor(life.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    /** SIGTERM, and waits for the end. */
    @Override
    public void close() {
        terminate();
        exit();
    }

    /** SIGTERM, and nothing more. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the end. */
    public int exitCode() {
        exit();
        return process.exitValue();
    }

    /** What the probe of readiness is answered. */
    public int readiness() throws IOException, InterruptedException {
        return admin("/health/ready").statusCode();
    }

    /** Posts a signed body; the status code, or -1 where the connection broke. */
    public int post(String path, Map<String, String> headers, byte[] body) {
        try {
            return send(path, headers, body).statusCode();
        } catch (IOException e) {
            return -1;
        }
    }

    /** Posts a body. */
    public HttpResponse<String> send(String path, Map<String, String> headers, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** {@code sha256=<hex>} of the body under {@link #SECRET}. */
    public static String sign(byte[] body) {
        return sign(body, SECRET);
    }

    /** {@code sha256=<hex>} of the body under a secret. */
    public static String sign(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }

    /** The page of the metrics. */
    public String metrics() throws IOException, InterruptedException {
        return admin("/metrics").body();
    }

    /** Sum of a metric over all its labels. */
    public double metric(String name) throws IOException, InterruptedException {
        return metric(name, "");
    }

    /** Sum of a metric over those series whose labels hold the text. */
    public double metric(String name, String labels) throws IOException, InterruptedException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Waits until every accepted delivery was stepped and everything was sent. */
    public void awaitDrained() {
        awaitDrained(PATIENCE);
    }

    /** The same for much that waits. */
    public void awaitDrained(Duration patience) {
        awaitDrained(patience, Await.LOOK_AGAIN);
    }

    /** @param every how often it is asked, which takes of its processor */
    public void awaitDrained(Duration patience, Duration every) {
        Await.until(
                "an empty inbox and outbox",
                patience,
                every,
                () -> metric("contextcore_deliveries_queued") == 0 && metric("contextcore_items_waiting") == 0);
    }

    /** Bytes of the objects that are alive, after a full collection. */
    public long liveBytes() throws IOException, InterruptedException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        histogram.waitFor();
        return text.lines()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.split("\\s+")[2]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no histogram: " + text));
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The port of the webhooks. */
    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** What it printed so far, over all starts. */
    public String output() {
        try {
            return Files.readString(folder.resolve("gateway.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Await.until("the gateway to be ready; it printed: " + output(), PATIENCE, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the gateway ended: " + output());
            }
            return readiness() == 200;
        });
    }

    private HttpResponse<String> admin(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + admin + path);
        return HTTP.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    private Process launch() {
        List<String> command = new ArrayList<>();
        command.add(
                Path.of("target/contextcore/bin/contextcore").toAbsolutePath().toString());
        command.addAll(arguments.isEmpty() ? dev() : serve());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("gateway.log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_") || name.startsWith("CONTEXTCORE_"));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the assembled application; run `mvn package` first", e);
        }
    }

    private List<String> serve() {
        List<String> command = new ArrayList<>(List.of("serve"));
        command.addAll(arguments);
        for (String set : List.of(
                "http.host=127.0.0.1",
                "http.port=" + port,
                "admin.port=" + admin,
                "data.folder=" + folder.resolve("data"),
                // One address here plays the senders of a whole world.
                "limits.address_requests=1000000000",
                "limits.source_requests=1000000000")) {
            command.add("--set");
            command.add(set);
        }
        return command;
    }

    private List<String> dev() {
        List<String> command = new ArrayList<>(List.of(
                "dev",
                "--port",
                String.valueOf(port),
                "--admin-port",
                String.valueOf(admin),
                "--data",
                folder.resolve("data").toString()));
        for (String source : List.of("github", "jira", "claude-code")) {
            command.add("--secret");
            command.add(source + "=" + SECRET);
        }
        return command;
    }

    private void exit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the gateway did not end within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
