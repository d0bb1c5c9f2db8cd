package io.contextcore.gateway.load;

import io.contextcore.gateway.testing.CollectorBinary;
import io.contextcore.gateway.testing.GatewayProcess;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Signed webhooks at full rate against the assembled application that exports to a real Collector; prints what was
 * accepted per second, how long an answer took, and when the Collector had everything.
 *
 * <pre>make load ARGS="--deliveries 100000 --connections 64 --bytes 8192"</pre>
 */
public final class LoadMain {

    private static final int DISTINCT_BODIES = 20_000;
    private static final int ISSUES = 2_000;
    private static final HttpMethod POST = HttpMethod.POST;

    private LoadMain() {}

    public static void main(String[] arguments) throws Exception {
        int deliveries = option(arguments, "--deliveries", 100_000);
        int connections = option(arguments, "--connections", 64);
        int bytes = option(arguments, "--bytes", 8_192);
        Path work = Files.createTempDirectory("contextcore-load");
        List<Bodies.Unsent> bodies = Bodies.make(
                Path.of("src/test/resources/e2e/github.jsonl"),
                Math.min(deliveries, DISTINCT_BODIES),
                ISSUES,
                bytes,
                GatewayProcess.SECRET,
                1);
        int otlp = freePort();
        Process collector = collector(work, otlp);
        long started = System.nanoTime();
        try (GatewayProcess gateway = GatewayProcess.start(
                work,
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:" + otlp,
                        "OTEL_EXPORTER_OTLP_PROTOCOL",
                        "grpc"))) {
            print("start-up            %.2f s, resident when idle %s MB", seconds(started), resident(gateway.pid()));
            run(gateway, bodies, deliveries, connections);
            print("resident at the end %s MB", resident(gateway.pid()));
        } finally {
            collector.destroy();
        }
    }

    private static void run(GatewayProcess gateway, List<Bodies.Unsent> bodies, int deliveries, int connections)
            throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpClientAgent client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(connections));
        send(client, bodies, deliveries / 10, connections, gateway.port(), "warm");
        gateway.awaitDrained();
        double before = gateway.metric("contextcore_items_delivered_total");
        long from = System.nanoTime();
        Sent sent = send(client, bodies, deliveries, connections, gateway.port(), "load");
        double took = seconds(from);
        double waiting = gateway.metric("contextcore_items_waiting");
        gateway.awaitDrained();
        double drained = seconds(from);
        double items = gateway.metric("contextcore_items_delivered_total") - before;
        print(
                "accepted            %,d of %,d in %.1f s: %,.0f/s",
                sent.accepted(), deliveries, took, sent.accepted() / took);
        print("answer              p50 %.2f ms, p99 %.2f ms", sent.quantile(0.5), sent.quantile(0.99));
        print(
                "spans and logs      %,.0f delivered to the Collector after %.1f s (%,.0f waited when the last answer came)",
                items, drained, waiting);
        print("end to end          %,.0f deliveries/s", sent.accepted() / drained);
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private record Sent(int accepted, long[] nanos) {
        double quantile(double q) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return sorted[(int) Math.min(sorted.length - 1, Math.round(q * sorted.length))] / 1e6;
        }
    }

    private static Sent send(
            HttpClient client, List<Bodies.Unsent> bodies, int count, int connections, int port, String run)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger accepted = new AtomicInteger();
        AtomicLongArray nanos = new AtomicLongArray(count);
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < Math.min(connections, count); i++) {
            one(client, bodies, next, accepted, nanos, done, port, run);
        }
        done.await();
        long[] all = new long[count];
        Arrays.setAll(all, nanos::get);
        return new Sent(accepted.get(), all);
    }

    private static void one(
            HttpClient client,
            List<Bodies.Unsent> bodies,
            AtomicInteger next,
            AtomicInteger accepted,
            AtomicLongArray nanos,
            CountDownLatch done,
            int port,
            String run) {
        int i = next.getAndIncrement();
        if (i >= nanos.length()) {
            return;
        }
        Bodies.Signed signed = bodies.get(i % bodies.size()).as(run + "-" + i);
        long from = System.nanoTime();
        client.request(POST, port, "127.0.0.1", "/webhooks/github")
                .compose(request -> request.putHeader("Content-Type", "application/json")
                        .putHeader("X-Hub-Signature-256", signed.signature())
                        .putHeader("X-GitHub-Event", "issues")
                        .putHeader("X-GitHub-Delivery", run + "-" + i)
                        .send(Buffer.buffer(signed.body())))
                .compose(response -> response.end().map(ended -> response.statusCode()))
                .onComplete(answer -> {
                    nanos.set(i, System.nanoTime() - from);
                    if (answer.succeeded() && answer.result() == 202) {
                        accepted.incrementAndGet();
                    }
                    done.countDown();
                    one(client, bodies, next, accepted, nanos, done, port, run);
                });
    }

    private static Process collector(Path work, int otlp) throws IOException {
        Path config = Files.writeString(work.resolve("collector.yaml"), """
                receivers: {otlp: {protocols: {grpc: {endpoint: "127.0.0.1:%d", max_recv_msg_size_mib: 64}}}}
                exporters: {nop: {}}
                service:
                  telemetry: {metrics: {level: none}}
                  pipelines:
                    traces: {receivers: [otlp], exporters: [nop]}
                    logs: {receivers: [otlp], exporters: [nop]}
                """.replace("%d", String.valueOf(otlp)));
        return new ProcessBuilder(CollectorBinary.get().toString(), "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("collector.log").toFile())
                .start();
    }

    private static String resident(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return "?";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .map(line -> String.valueOf(Long.parseLong(line.replaceAll("\\D", "")) / 1024))
                .findFirst()
                .orElse("?");
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int option(String[] arguments, String name, int otherwise) {
        int at = Arrays.asList(arguments).indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(arguments[at + 1]);
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }
}
