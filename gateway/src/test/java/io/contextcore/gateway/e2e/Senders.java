package io.contextcore.gateway.e2e;

import io.contextcore.gateway.testing.Await;
import io.contextcore.gateway.testing.GatewayProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Three senders side by side, each of which tells of one thing after the other and sends a delivery again until it has its
 * answer. Every fourth one they send once more later, as senders do.
 */
final class Senders {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int EVERY = 4;

    /** Things that one share tells of. */
    private static final Map<String, Integer> THINGS = Map.of("github", 12, "jira", 8, "claude-code", 4);

    private static final Map<String, Integer> ANSWERS = Map.of("github", 202, "jira", 202, "claude-code", 204);

    private final GatewayProcess gateway;
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger redeliveries = new AtomicInteger();

    Senders(GatewayProcess gateway) {
        this.gateway = gateway;
    }

    /** Answers of 2xx so far. */
    int answers() {
        return answers.get();
    }

    int redeliveries() {
        return redeliveries.get();
    }

    /** Sends one share of the deliveries; done when all of it has its answers. */
    CompletableFuture<Void> share(int number) {
        return CompletableFuture.allOf(THINGS.keySet().stream()
                .map(source -> CompletableFuture.runAsync(() -> send(source, number)))
                .toArray(CompletableFuture[]::new));
    }

    static void await(CompletableFuture<Void> share) throws Exception {
        share.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void send(String source, int share) {
        Random random = new Random(share);
        List<Sent> earlier = new ArrayList<>();
        for (int thing = share * THINGS.get(source); thing < (share + 1) * THINGS.get(source); thing++) {
            for (Sent delivery : deliveries(source, thing)) {
                post(source, delivery);
                earlier.add(delivery);
                if (random.nextInt(EVERY) == 0) {
                    post(source, earlier.get(random.nextInt(earlier.size())));
                    redeliveries.incrementAndGet();
                }
            }
        }
    }

    private void post(String source, Sent delivery) {
        Await.until("a 2xx", PATIENCE, () -> {
            int status = delivery.post(gateway, source);
            if (status == 400 || status == 401 || status == 404) {
                throw new AssertionError("a good delivery of " + source + " was answered " + status);
            }
            return status == ANSWERS.get(source);
        });
        answers.incrementAndGet();
    }

    /** The source's fixture, told of another thing. */
    private static List<Sent> deliveries(String source, int thing) {
        Map<String, String> names = names(source, thing);
        List<Sent> deliveries = new ArrayList<>();
        for (Sent sent : Sent.read(source)) {
            if (!sent.event().equals("ping")) {
                String body = new String(sent.body(), StandardCharsets.UTF_8);
                for (Map.Entry<String, String> name : names.entrySet()) {
                    body = body.replace(name.getKey(), name.getValue());
                }
                String id = sent.id().isEmpty() ? "" : sent.id() + "-" + thing;
                deliveries.add(new Sent(sent.event(), id, body.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return deliveries;
    }

    private static Map<String, String> names(String source, int thing) {
        String number = String.valueOf(10_000 + thing);
        Map<String, String> names = new HashMap<>();
        switch (source) {
            case "github" -> {
                names.put("\"number\":12,", "\"number\":" + number + ",");
                names.put("91000000001", "910000" + number);
                names.put("81000000001", "810000" + number);
            }
            case "jira" -> {
                names.put("SHOP-7", "SHOP-" + number);
                names.put("\"id\":37", "\"id\":" + number);
            }
            default -> {
                names.put("8bbcceab-0b3e-4e24-98c9-ec146b1ca8c6", "8bbcceab-0b3e-4e24-98c9-ec146b1" + number);
                names.put("23d7f57d-6e63-45f1-9217-c7395a4c98a9", "23d7f57d-6e63-45f1-9217-c7395a4" + number);
                names.put("toolu_", "toolu_" + number);
            }
        }
        return names;
    }
}
