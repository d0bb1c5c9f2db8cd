package io.contextcore.gateway.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.contextcore.gateway.testing.GatewayProcess;
import io.contextcore.gateway.testing.HostileBody;
import io.contextcore.gateway.testing.Promise;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signed bodies that mean harm, over HTTP, to the assembled application in a small heap. */
@Timeout(600)
class HostileBodiesIT {

    private static final int MIB = 1024 * 1024;
    /** What the largest bodies need, four at a time, and a little. */
    private static final String HEAP = "-Xmx384m";
    /** The live heap may differ by so much between two looks: caches that fill, classes that are loaded late. */
    private static final long SWAY_BYTES = 6L * MIB;

    private static final int ROUNDS = 3;
    private static final int EACH_ROUND = 17;
    private static final int AT_ONCE = 4;
    private static final String HEAD = "apiVersion: contextcore.io/v1\n";
    /** What nobody outside should read. */
    private static final Pattern INTERNAL =
            Pattern.compile("Exception|Error:|java\\.|jackson|contextcore\\.gateway|\\.java|\\bat [a-z]+\\.");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
    private GatewayProcess gateway;

    /** Signed once: that takes as long as checking it. */
    private record Signed(HostileBody body, String signature) {
        static Signed of(HostileBody body) {
            return new Signed(body, GatewayProcess.sign(body.bytes()));
        }
    }

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayProcess.serve(
                folder, settings(), Map.of("CONTEXTCORE_JAVA_OPTS", HEAP, "SHOP", GatewayProcess.SECRET));
    }

    @AfterEach
    void stop() {
        senders.shutdownNow();
        gateway.close();
    }

    @Test
    @Promise("hostile-bodies")
    void eachEndsInAClearAnswerAndTheHeapStaysFlat(TestReporter reporter) throws Exception {
        List<Signed> all = HostileBody.all().map(Signed::of).toList();
        all.forEach(signed -> assertAnswer(signed.body(), send(signed)));
        gateway.awaitDrained();
        assertEquals(expectedDead(all), dead());
        List<Long> alive = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            all.forEach(signed -> many(signed, often(signed.body())));
            alive.add(live());
        }
        reporter.publishEntry("bytes alive after each round", alive.toString());
        alive.forEach(bytes -> assertTrue(
                Math.abs(bytes - alive.get(0)) < SWAY_BYTES, () -> "bytes alive after each round: " + alive));
        assertTrue(gateway.isAlive());
        assertFalse(gateway.output().contains("OutOfMemory"), gateway::output);
    }

    private static Map<String, Double> expectedDead(List<Signed> all) {
        return all.stream()
                .map(signed -> signed.body().expected())
                .filter(expected -> expected.equals("mapping") || expected.startsWith("limit-"))
                .collect(Collectors.toMap(Function.identity(), expected -> 1.0, Double::sum));
    }

    private Map<String, Double> dead() throws Exception {
        Map<String, Double> dead = new TreeMap<>();
        for (String reason : List.of("mapping", "limit-body-depth", "limit-result-chars", "internal")) {
            double count = gateway.metric("contextcore_deliveries_dead_total", "reason=\"" + reason + "\"");
            if (count > 0) {
                dead.put(reason, count);
            }
        }
        return dead;
    }

    /** More than 50 times in all; what takes a second to be read, four at a time in each round. */
    private static int often(HostileBody body) {
        return body.bytes().length < MIB ? EACH_ROUND : AT_ONCE;
    }

    private void many(Signed signed, int times) {
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(senders.submit(() -> send(signed)));
        }
        answers.forEach(answer -> assertAnswer(signed.body(), get(answer)));
    }

    /** An ordinary order comes through; afterwards nothing is under way. */
    private long live() throws Exception {
        double before = gateway.metric("contextcore_deliveries_mapped_total");
        assertEquals(202, send(Signed.of(HostileBody.harmless())).statusCode());
        gateway.awaitDrained();
        assertTrue(gateway.metric("contextcore_deliveries_mapped_total") > before, "an order is mapped as ever");
        return gateway.liveBytes();
    }

    private static void assertAnswer(HostileBody body, HttpResponse<String> answer) {
        JsonNode said = json(answer);
        if (body.isRefused()) {
            assertEquals(400, answer.statusCode(), () -> body + ": " + answer.body());
            String told =
                    said.path("error").asText() + ": " + said.path("message").asText();
            assertTrue(told.startsWith(body.expected()), () -> body + ": " + told);
            assertEquals(2, said.size(), answer::body);
            assertTrue(told.length() < 200, told);
            assertFalse(INTERNAL.matcher(told).find(), told);
        } else {
            assertEquals(202, answer.statusCode(), () -> body + ": " + answer.body());
            assertTrue(said.path("id").asText().startsWith("shop//n-"), answer::body);
        }
    }

    private HttpResponse<String> send(Signed signed) {
        HostileBody body = signed.body();
        Map<String, String> headers = Map.of(
                "Content-Type",
                body.type(),
                "X-Signature",
                signed.signature(),
                "X-Id",
                "n-" + number.incrementAndGet());
        try {
            return gateway.send("/webhooks/shop", headers, body.bytes());
        } catch (IOException e) {
            throw new AssertionError(body + ": no answer; " + gateway.output(), e);
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private Path settings() throws Exception {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Map<String, String> files = Map.of(
                "kind.yaml",
                """
                kind: shop
                verify: [{hmac: {header: X-Signature, methods: [sha256]}}]
                event: "'order'"
                delivery_id: headers['x-id']
                form: payload
                """,
                "source.yaml",
                "source: shop\nkind: shop\nsecret: env:SHOP\n",
                "conventions.yaml",
                """
                conventions:
                  order.id: {type: string, meaning: The order., stability: stable}
                  order.code: {type: int, meaning: Its number., stability: stable}
                """,
                "order.yaml",
                "mapping: shop.order\nkind: shop\nevents: [order]\n" + HostileBody.MAPPING);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.write(mine.resolve(file.getKey()), (HEAD + file.getValue()).getBytes(UTF_8));
        }
        return Files.writeString(folder.resolve("gateway.yaml"), "mappings: [mine]\nexport: {file: out.jsonl}\n");
    }
}
