package io.contextcore.gateway.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Reason;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.testing.Promise;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers, and what is handed on. */
@Timeout(60)
final class IntakeServerTest {

    private final Intake intake = new Intake();

    @BeforeEach
    void start() throws Exception {
        intake.start();
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    static Stream<Arguments> statusTable() {
        return Stream.of(
                Arguments.of(new Outcome.Accepted("a//\"1\"", false), 202, "{\"id\":\"a//\\\"1\\\"\"}", "accepted"),
                Arguments.of(new Outcome.Accepted("a//1", true), 204, "", "accepted"),
                Arguments.of(new Outcome.Duplicate("a//1", false), 202, "{\"id\":\"a//1\"}", "duplicate"),
                Arguments.of(new Outcome.Duplicate("a//1", true), 204, "", "duplicate"),
                Arguments.of(new Outcome.Pong(false), 200, "{\"pong\":true}", "ping"),
                Arguments.of(new Outcome.Pong(true), 204, "", "ping"),
                Arguments.of(
                        new Outcome.Unavailable(7),
                        503,
                        "{\"error\":\"unavailable\",\"message\":\"nothing was kept; try again later\"}",
                        "unavailable"),
                refused(Reason.UNKNOWN_SOURCE, 404),
                refused(Reason.METHOD, 405),
                refused(Reason.TOO_OLD, 403),
                refused(Reason.UNVERIFIED, 401),
                refused(Reason.CONTENT_TYPE, 415),
                refused(Reason.TOO_LARGE, 413),
                refused(Reason.EMPTY, 400),
                refused(Reason.UNREADABLE, 400),
                refused(Reason.OVER_LIMIT, 400),
                refused(Reason.INVALID, 400),
                refused(Reason.UNIDENTIFIED, 400),
                refused(Reason.FORBIDDEN, 403),
                refused(Reason.TOO_SLOW, 408),
                refused(Reason.TOO_MANY, 429));
    }

    private static Arguments refused(Reason reason, int status) {
        String body = "{\"error\":\"" + reason.slug() + "\",\"message\":\"text\"}";
        return Arguments.of(new Outcome.Refused(reason, "text"), status, body, reason.slug());
    }

    @ParameterizedTest
    @MethodSource("statusTable")
    void everyOutcomeHasItsStatus(Outcome outcome, int status, String body, String label) throws Exception {
        intake.receiver.answers(outcome);
        HttpResponse<String> response = intake.post("/webhooks/forge", "{}");
        assertEquals(status, response.statusCode());
        assertEquals(body, response.body());
        assertEquals(
                body.isEmpty() ? "" : "application/json",
                response.headers().firstValue("content-type").orElse(""));
        assertEquals(Map.of("forge " + label, 1L), intake.metrics.received());
    }

    @Test
    void aListOfCallsIsAnsweredWithTheirIdsAndEachIsCounted() throws Exception {
        intake.receiver.answers(new Outcome.Several(
                List.of(new Outcome.Accepted("a//1", false), new Outcome.Duplicate("a//2", false))));
        HttpResponse<String> response = intake.post("/webhooks/forge", "[]");
        assertEquals(202, response.statusCode());
        assertEquals("{\"ids\":[\"a//1\",\"a//2\"]}", response.body());
        assertEquals(Map.of("forge accepted", 1L, "forge duplicate", 1L), intake.metrics.received());
    }

    @Test
    void aListOfWhichACallWasNotKeptIsToBeSentAgain() throws Exception {
        intake.receiver.answers(
                new Outcome.Several(List.of(new Outcome.Accepted("a//1", false), new Outcome.Unavailable(7))));
        HttpResponse<String> response = intake.post("/webhooks/forge", "[]");
        assertEquals(503, response.statusCode());
        assertEquals("7", response.headers().firstValue("retry-after").orElseThrow());
        assertEquals(Map.of("forge accepted", 1L, "forge unavailable", 1L), intake.metrics.received());
    }

    @Test
    void aDescriptionOfCallsIsReadByGetAndIsNoDelivery() throws Exception {
        HttpResponse<String> read = intake.send(
                HttpRequest.newBuilder(intake.uri(FakeReceiver.DOCUMENT_PATH)).GET());
        assertEquals(200, read.statusCode());
        assertEquals("{\"openapi\":\"3.1.1\"}", read.body());
        assertEquals(404, intake.post(FakeReceiver.DOCUMENT_PATH, "{}").statusCode());
        assertEquals(Map.of(), intake.metrics.received());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsInTheTable(Reason reason) {
        assertTrue(statusTable()
                .anyMatch(row -> row.get()[0] instanceof Outcome.Refused refused && refused.reason() == reason));
        assertTrue(Answer.status(reason) >= 400 && Answer.status(reason) < 500);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsInTheDocumentation(Reason reason) throws Exception {
        String row = "| " + Answer.status(reason) + " | `" + reason.slug() + "` |";
        assertTrue(Files.readString(Path.of("..", "docs", "webhooks.md")).contains(row), row);
    }

    @Test
    void answersCarryTheHeadersThatTheirStatusWants() throws Exception {
        intake.receiver.answers(new Outcome.Unavailable(7));
        assertEquals(
                "7",
                intake.post("/webhooks/forge", "{}")
                        .headers()
                        .firstValue("retry-after")
                        .orElseThrow());
        intake.receiver.answers(new Outcome.Refused(Reason.UNVERIFIED, "x"));
        assertTrue(intake.post("/webhooks/forge", "{}")
                .headers()
                .firstValue("www-authenticate")
                .isPresent());
        HttpResponse<String> get = intake.send(
                HttpRequest.newBuilder(intake.uri("/webhooks/forge")).GET());
        assertEquals(405, get.statusCode());
        assertEquals("POST", get.headers().firstValue("allow").orElseThrow());
        assertEquals(1, intake.metrics.received().get("forge method"));
    }

    @Test
    void theRequestIsHandedOnAsItCame() throws Exception {
        byte[] body = {0, 1, (byte) 0xff, 10};
        intake.send(HttpRequest.newBuilder(intake.uri("/webhooks/forge?user_id=a%20b&x=1&x=2"))
                .header("X-Twice", "a")
                .header("x-twice", "b")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(body)));
        IntakeRequest request = intake.receiver.received.get(0);
        assertEquals("forge", request.source());
        assertEquals("a, b", request.headers().get("x-twice"));
        assertEquals("application/json; charset=utf-8", request.contentType());
        assertEquals(Map.of("user_id", "a b", "x", "1"), request.query());
        assertArrayEquals(body, request.body());
    }

    @Test
    void unknownSourcesShareOneLabelAndAreNotRead() throws Exception {
        HttpResponse<String> response = intake.post("/webhooks/nobody", "{}");
        assertEquals(404, response.statusCode());
        assertEquals("{\"error\":\"unknown-source\",\"message\":\"no source has this name\"}", response.body());
        intake.post("/webhooks/somebody", "{}");
        assertEquals(Map.of("unknown unknown-source", 2L), intake.metrics.received());
        assertTrue(intake.receiver.received.isEmpty());
    }

    @Test
    void otherPathsAreNotFoundInJson() throws Exception {
        for (String path : new String[] {"/", "/webhooks", "/webhooks/forge/x", "/metrics", "/health/ready"}) {
            HttpResponse<String> response = intake.post(path, "{}");
            assertEquals(404, response.statusCode(), path);
            assertEquals("{\"error\":\"not-found\",\"message\":\"nothing is at this path\"}", response.body());
        }
        assertEquals(Map.of(), intake.metrics.received());
    }

    @Test
    void aPathOrQueryThatCannotBeDecodedIsABadRequest() throws Exception {
        for (String path :
                new String[] {"/webhooks/%zz", "/webhooks/forge?a=%zz", "/webhooks/%", FakeReceiver.OWN_PATH + "?a=%zz"
                }) {
            try (Wire wire = new Wire(intake.server.port())) {
                String answer = wire.send("POST " + path + " HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}")
                        .answer();
                assertTrue(answer.startsWith("http/1.1 40"), path + ": " + answer);
                assertTrue(answer.contains("application/json"), answer);
            }
        }
        assertEquals(
                Map.of("forge undecodable", 1L),
                intake.metrics.received(),
                "what the router leaves to the handler has an outcome");
    }

    @Test
    void aConnectionServesRequestAfterRequest() throws Exception {
        try (Wire wire = new Wire(intake.server.port())) {
            for (int i = 0; i < 3; i++) {
                String answer = wire.send("POST /webhooks/forge HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}")
                        .answer();
                assertTrue(answer.startsWith("http/1.1 202"), answer);
                assertFalse(answer.contains("connection: close"), answer);
            }
        }
    }

    @Test
    @Promise("nothing-internal-is-told")
    void nothingInternalIsTold() throws Exception {
        intake.receiver.answer = request -> {
            throw new IllegalStateException("hush /var/lib/secret.db");
        };
        assertInternal(intake.post("/webhooks/forge", "{}"));
        assertInternal(intake.post("/webhooks/forge", "x".repeat(260_000)));
        intake.receiver.answer = request -> CompletableFuture.failedStage(new IOException("hush"));
        assertInternal(intake.post("/webhooks/forge", "{}"));
        assertEquals(Map.of("forge error", 3L), intake.metrics.received());
    }

    private static void assertInternal(HttpResponse<String> response) {
        assertEquals(500, response.statusCode());
        assertEquals(
                "{\"error\":\"internal\",\"message\":\"the request failed here; it may be sent again\"}",
                response.body());
    }

    @Test
    void stagesAreTimed() throws Exception {
        intake.post("/webhooks/forge", "{}");
        assertEquals(1, intake.metrics.of(Metric.STAGE, "read"));
    }
}
