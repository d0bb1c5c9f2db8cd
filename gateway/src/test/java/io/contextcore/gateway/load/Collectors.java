package io.contextcore.gateway.load;

import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.CollectorBinary;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A real Collector, as its own process. */
final class Collectors implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final int port;

    private Collectors(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Takes OTLP over gRPC and throws it away: where everything goes in the end. */
    static Collectors sink(Path folder) throws IOException {
        return start(folder, "sink", """
                receivers: {otlp: {protocols: {grpc: {endpoint: "127.0.0.1:%d", max_recv_msg_size_mib: 64}}}}
                exporters: {nop: {}}
                service:
                  telemetry: {metrics: {level: none}}
                  pipelines:
                    traces: {receivers: [otlp], exporters: [nop]}
                    logs: {receivers: [otlp], exporters: [nop]}
                """);
    }

    /** Takes OTLP over HTTP, answers once it is in its queue on disk, and sends on: what one would use without a gateway. */
    static Collectors queueing(Path folder, boolean fsync, Collectors to) throws IOException {
        return start(folder, fsync ? "fsync" : "no-fsync", """
                extensions: {file_storage: {directory: "%s", create_directory: true, fsync: %s}}
                receivers: {otlp: {protocols: {http: {endpoint: "127.0.0.1:%%d"}}}}
                exporters:
                  otlp_grpc:
                    endpoint: "127.0.0.1:%d"
                    tls: {insecure: true}
                    compression: none
                    sending_queue: {storage: file_storage, queue_size: 1000000}
                service:
                  extensions: [file_storage]
                  telemetry: {metrics: {level: none}}
                  pipelines:
                    logs: {receivers: [otlp], exporters: [otlp_grpc]}
                """.replace("%s\"", folder.resolve("queue-" + fsync) + "\"")
                .replace("%s", String.valueOf(fsync))
                .replace("%%d", "%%")
                .replace("%d", String.valueOf(to.port))
                .replace("%%", "%d"));
    }

    private static Collectors start(Path folder, String name, String configuration) throws IOException {
        int port = freePort();
        Path config =
                Files.writeString(folder.resolve(name + ".yaml"), configuration.replace("%d", String.valueOf(port)));
        Process process = new ProcessBuilder(CollectorBinary.get().toString(), "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        Await.until("the Collector " + name + " to listen; see " + folder, PATIENCE, () -> listens(port));
        return new Collectors(process, port);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
