package io.contextcore.gateway.app.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.contextcore.gateway.app.Main;
import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.Signals;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
class ServeHangUpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int admin = freePort();

    @Test
    void aServingProcessReadsItsMappingsAndSecretsAgainOnSigHup() throws Exception {
        assumeFalse(Signals.hangUpIsIgnored(), "the tests were started by nohup");
        Path mappings = folder.resolve("mappings");
        Shop.write(mappings);
        Files.writeString(folder.resolve("shop.secret"), "one");
        Process process = serve(mappings);
        try {
            Await.until(
                    "the gateway to say that it runs",
                    PATIENCE,
                    () -> Files.readString(folder.resolve("gateway.log")).contains("takes webhooks"));
            Files.writeString(mappings.resolve("order.yaml"), "\n# changed\n", StandardOpenOption.APPEND);
            signal(process);
            Await.until(
                    "the reload", PATIENCE, () -> get("/status").contains("\"by\":\"signal\",\"result\":\"loaded\""));
            Files.writeString(folder.resolve("shop.secret"), "two");
            signal(process);
            Await.until("the new secret", PATIENCE, () -> get("/status").contains("\"changedSources\":[\"shop\"]"));
            assertTrue(process.isAlive());
        } finally {
            process.destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "SIGTERM ends it still");
        }
    }

    private Process serve(Path mappings) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--set",
                        "mappings=" + mappings,
                        "--set",
                        "http.port=0",
                        "--set",
                        "admin.port=" + admin,
                        "--set",
                        "data.folder=" + folder.resolve("data"),
                        "--set",
                        "export.file=" + folder.resolve("out.jsonl"),
                        "--set",
                        "sources.shop.kind=shop",
                        "--set",
                        "sources.shop.secret=file:" + folder.resolve("shop.secret")))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("gateway.log").toFile())
                .start();
    }

    private static void signal(Process process) throws IOException, InterruptedException {
        new ProcessBuilder(List.of("kill", "-HUP", String.valueOf(process.pid())))
                .start()
                .waitFor();
    }

    private String get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + admin + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
