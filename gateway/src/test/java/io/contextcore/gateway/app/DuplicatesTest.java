package io.contextcore.gateway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.settings.SettingsReader;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.testing.Promise;
import io.contextcore.gateway.testing.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same thing told twice, to a whole gateway with the kinds that come with it. */
@Timeout(120)
class DuplicatesTest {

    private static final int COPIES = 48;

    @RegisterExtension
    final Balanced balanced = new Balanced(watch());

    @TempDir
    private Path folder;

    private final AtomicLong later = new AtomicLong();
    private final Seen<String> outcomes = new Seen<>();
    private final Seen<String> steps = new Seen<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @EnumSource
    @Promise("one-effect")
    void aSecondCopyIsKnownAlsoAfterARestart(SecondCopy copy) {
        HttpResponse<String> first;
        try (GatewayApp app = start()) {
            first = post(app, copy.source, copy.first());
        }
        later.addAndGet(Duration.ofHours(copy.hoursBetween).toNanos());
        try (GatewayApp app = start()) {
            HttpResponse<String> second = post(app, copy.source, copy.second());
            assertEquals(first.statusCode(), second.statusCode(), "the same answer");
            post(app, copy.source, copy.second());
        }
        assertEquals(
                copy.isDuplicate
                        ? List.of("Accepted", "Duplicate", "Duplicate")
                        : List.of("Accepted", "Accepted", "Duplicate"),
                outcomes.all());
    }

    @Test
    @Promise("one-effect")
    void ofCopiesThatComeAtTheSameMomentOneHasAnEffect() throws IOException {
        try (GatewayApp app = start()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < COPIES; i++) {
                answers.add(http.sendAsync(
                        request(app, "github", SecondCopy.A_REDELIVERY_HAS_THE_SAME_ID.first()),
                        HttpResponse.BodyHandlers.ofString()));
            }
            Set<String> said = answers.stream()
                    .map(CompletableFuture::join)
                    .map(answer -> answer.statusCode() + " " + answer.body())
                    .collect(Collectors.toSet());
            assertEquals(Set.of("202 {\"id\":\"github//A_REDELIVERY_HAS_THE_SAME_ID-1\"}"), said);
        }
        assertOneEffect();
    }

    @Test
    @Promise("one-effect")
    void ofTwoHooksThatTellAtTheSameMomentOneHasAnEffect() throws IOException {
        try (GatewayApp app = start()) {
            SecondCopy hooks = SecondCopy.TWO_HOOKS_AT_ONE_URL_TELL_OF_AN_ISSUE;
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 1; i <= COPIES; i++) {
                answers.add(http.sendAsync(
                        request(app, "github", new SecondCopy.Request(hooks.headers(i), hooks.body(i))),
                        HttpResponse.BodyHandlers.ofString()));
            }
            answers.forEach(answer -> assertEquals(202, answer.join().statusCode()));
        }
        assertOneEffect();
    }

    /** One delivery was kept and stepped, and what came of it was sent once. */
    private void assertOneEffect() throws IOException {
        assertEquals(
                Map.of("Accepted", 1L, "Duplicate", COPIES - 1L),
                outcomes.all().stream().collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting())));
        try (GatewayApp app = start()) {
            assertEquals(1, steps.until("the step", all -> !all.isEmpty()).size());
            assertTrue(app.intakePort() > 0);
        }
        long changes = Files.readAllLines(folder.resolve("out.jsonl")).stream()
                .mapToLong(line -> line.split("\"name\":\"task.adopted\"", -1).length - 1)
                .sum();
        assertEquals(1, changes, "activities of the issue");
    }

    @Test
    void overTheCapTheOldestIdsAreForgottenAndCounted() {
        SecondCopy copy = SecondCopy.THE_SAME_BODY_WITHOUT_A_TIME_UNDER_ANOTHER_ID;
        try (GatewayApp app = start("data.duplicate_ids=3")) {
            for (int i = 1; i <= 4; i++) {
                post(app, copy.source, new SecondCopy.Request(copy.headers(i), copy.body(i)));
                later.incrementAndGet();
            }
            post(app, copy.source, copy.second());
            post(app, copy.source, copy.first());
            assertEquals(
                    List.of("Accepted", "Accepted", "Accepted", "Accepted", "Duplicate", "Accepted"), outcomes.all());
            String metrics = ReloadingShop.get(app.adminPort(), "/metrics").body();
            assertTrue(metrics.contains("contextcore_notes_total{note=\"seen-id-evicted\"} 2.0"), metrics);
        }
    }

    private GatewayApp start(String... more) {
        List<String> sets = new ArrayList<>(List.of(
                "http.host=127.0.0.1", "http.port=0", "admin.port=0", "data.folder=store", "export.file=out.jsonl"));
        for (String source : List.of("github", "jira", "claude-code")) {
            sets.add("sources." + source + ".kind=" + source);
            sets.add("sources." + source + ".verify=none");
        }
        sets.addAll(List.of(more));
        Settings settings = SettingsReader.read(
                new SettingsReader.Given(null, sets, folder, Path.of("..", "mappings"), "test"),
                Environment.of(Map.of()));
        return GatewayApp.start(new GatewayApp.Parts(
                settings, BuiltinProgram.of(settings), "test", clock(), Randomness.system(), balanced));
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public long epochNanos() {
                return Clock.system().epochNanos() + later.get();
            }

            @Override
            public long elapsedNanos() {
                return Clock.system().elapsedNanos();
            }
        };
    }

    private Watch watch() {
        return new Watch() {
            @Override
            public void answered(IntakeRequest request, Outcome outcome) {
                outcomes.add(outcome.getClass().getSimpleName());
            }

            @Override
            public void stepped(Delivery delivery, Stepped step) {
                steps.add(delivery.id());
            }
        };
    }

    private HttpResponse<String> post(GatewayApp app, String source, SecondCopy.Request request) {
        try {
            return http.send(request(app, source, request), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static HttpRequest request(GatewayApp app, String source, SecondCopy.Request request) {
        URI url = URI.create("http://127.0.0.1:" + app.intakePort() + "/webhooks/" + source);
        HttpRequest.Builder builder = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::header);
        return builder.build();
    }
}
