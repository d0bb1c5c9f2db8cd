package io.contextcore.gateway.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.Balances;
import io.contextcore.gateway.testing.Collector;
import io.contextcore.gateway.testing.GatewayProcess;
import io.contextcore.gateway.testing.OtlpReceiver;
import io.contextcore.gateway.testing.OtlpReceiver.Received;
import io.contextcore.gateway.testing.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The assembled application under load, killed so many times at moments that a seed decides. What it exports goes through a
 * receiver that keeps every request, on to a real Collector, and from there to receivers in the places of Tempo and Loki.
 *
 * @param lives what came in each life of the process
 */
record KillRun(List<List<Received>> lives, List<Received> behindCollector, int answers, int redeliveries) {

    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
    private static final String LIFE = "x-life";
    private static final String PREFIX = "contextcore_";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static KillRun run(Path folder, int shares, int kills, long seed) throws Exception {
        Files.createDirectories(folder);
        Random random = new Random(seed);
        try (OtlpReceiver tempo = OtlpReceiver.start();
                OtlpReceiver loki = OtlpReceiver.start();
                Collector collector = Collector.start(
                        folder.resolve("collector"),
                        "127.0.0.1:" + tempo.grpcPort(),
                        "http://127.0.0.1:" + loki.httpPort() + "/otlp");
                OtlpReceiver between = OtlpReceiver.start().replyWith(request -> handOn(request, collector));
                GatewayProcess gateway = GatewayProcess.start(
                        folder,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                "http://127.0.0.1:" + between.grpcPort(),
                                "OTEL_EXPORTER_OTLP_PROTOCOL",
                                "grpc",
                                HEADERS,
                                LIFE + "=0"))) {
            Senders senders = new Senders(gateway);
            int life = 0;
            for (int share = 0; share < shares; share++) {
                var sending = senders.share(share);
                for (int kill = 0; kill < kills / shares + (share < kills % shares ? 1 : 0); kill++) {
                    awaitMoment(random, gateway, senders, between);
                    gateway.kill();
                    if (random.nextInt(4) == 0) {
                        gateway.variable(HEADERS, LIFE + "=" + ++life);
                        gateway.restartFor(Duration.ofMillis(random.nextInt(3_000)));
                    }
                    gateway.variable(HEADERS, LIFE + "=" + ++life);
                    gateway.restart();
                }
                Senders.await(sending);
            }
            gateway.awaitDrained();
            assertBalances(gateway);
            List<Received> all = between.received();
            awaitBehind(all, tempo, loki);
            List<Received> behind = new ArrayList<>(tempo.received());
            behind.addAll(loki.received());
            return new KillRun(lives(all), behind, senders.answers(), senders.redeliveries());
        }
    }

    /** What is killed finds answers, exports or neither under way; a sender that is done already ends the wait. */
    private static void awaitMoment(Random random, GatewayProcess gateway, Senders senders, OtlpReceiver receiver) {
        int answers = senders.answers() + random.nextInt(30);
        int requests = receiver.received().size() + random.nextInt(6);
        boolean byAnswers = random.nextBoolean();
        long until = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        Await.until(
                "a moment to kill",
                PATIENCE,
                () -> (byAnswers
                                ? senders.answers() >= answers
                                : receiver.received().size() >= requests)
                        || System.nanoTime() > until);
    }

    private static Reply handOn(Received request, Collector collector) {
        HttpRequest post = HttpRequest.newBuilder(URI.create(
                        collector.httpEndpoint() + "/v1/" + request.signal().label()))
                .header("content-type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.payload()))
                .build();
        try {
            int status = HTTP.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new AssertionError("the Collector answered " + status);
            }
            return new Reply.Ok();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What a process sent may come after it was killed, so each says in a header which one it is. */
    private static List<List<Received>> lives(List<Received> all) {
        SortedMap<Integer, List<Received>> lives = new TreeMap<>();
        for (Received request : all) {
            lives.computeIfAbsent(Integer.valueOf(request.headers().get(LIFE)), life -> new ArrayList<>())
                    .add(request);
        }
        return List.copyOf(lives.values());
    }

    private static void awaitBehind(List<Received> before, OtlpReceiver tempo, OtlpReceiver loki) {
        int spans = before.stream().mapToInt(request -> request.spans().size()).sum();
        int logs = before.stream().mapToInt(request -> request.logs().size()).sum();
        Await.until(
                "everything behind the Collector",
                PATIENCE,
                () -> tempo.spans().size() >= spans && loki.logs().size() >= logs);
    }

    /** The balances of docs/metrics.md, of the process that ran last; and nothing is dead. */
    private static void assertBalances(GatewayProcess gateway) throws Exception {
        Balances.await(gateway::metrics);
        assertEquals(0, sum(gateway, "deliveries_dead_total", "items_dead_total"));
    }

    private static double sum(GatewayProcess gateway, String... metrics) throws Exception {
        double sum = 0;
        for (String metric : metrics) {
            sum += gateway.metric(PREFIX + metric);
        }
        return sum;
    }
}
