package io.contextcore.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Secret;
import io.contextcore.gateway.model.Age;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.testing.Caps;
import io.contextcore.gateway.testing.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It is 2026-01-01T00:00:00Z, which is 1,767,225,600 seconds; times may lie back 60 seconds, or ahead 10. */
class FreshnessTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Limits LIMITS = Caps.with("clockSkewNanos", 10 * SECOND);
    private static final Clock STANDING = new Clock() {
        @Override
        public long epochNanos() {
            return 1_767_225_600L * SECOND;
        }

        @Override
        public long elapsedNanos() {
            return 0;
        }
    };

    /** At the edge and one past it, in each form that a time may have. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1767225540 | true",
                "1767225539 | false",
                "1767225610 | true",
                "1767225611 | false",
                "1767225540.5 | true",
                "1767225540000 | true",
                "1767225539999 | false",
                "1767225610000 | true",
                "1767225610001 | false",
                "\"2025-12-31T23:59:00Z\" | true",
                "\"2025-12-31T23:58:59.999Z\" | false",
                "\"2026-01-01T01:00:10+01:00\" | true",
                "\"2026-01-01T01:00:11+01:00\" | false",
                "\"2026-01-01\" | false",
                "\"1767225600\" | false",
                "\"\" | false",
                "null | false",
                "true | false",
                "{} | false",
                "0 | false",
                "-1767225600 | false",
                "1e300 | false"
            })
    @Promise("old-requests-refused")
    void aTimeIsRecentWithinTheAgeAndTheSkew(String time, boolean expected) {
        assertEquals(
                expected ? "" : "too-old",
                told(age(Age.Where.BODY, "/event/time"), "{\"event\":{\"time\":" + time + "}}"));
    }

    @Test
    @Promise("old-requests-refused")
    void noTimeIsNotRecent() {
        assertEquals("too-old", told(age(Age.Where.BODY, "/time"), "{\"other\":1767225600}"));
        assertEquals("too-old", told(age(Age.Where.BODY, "/time"), "[]"));
        assertEquals("", told(null, "{}"));
    }

    @Test
    @Promise("old-requests-refused")
    void aTokensTimeIsThatOfTheTokenThatProvesAndOfNoOther() throws Exception {
        Freshness freshness = new Freshness(LIMITS, STANDING);
        Age age = age(Age.Where.TOKEN, "/iat");
        JsonNode recent = json("{\"iat\":1767225600}");
        JsonNode old = json("{\"iat\":1767225000}");
        assertDoesNotThrow(() -> freshness.require(age, Age.Where.TOKEN, List.of(old, recent)));
        assertThrows(Refusal.class, () -> freshness.require(age, Age.Where.TOKEN, List.of(old)));
        assertThrows(Refusal.class, () -> freshness.require(age, Age.Where.TOKEN, List.of()));
        assertDoesNotThrow(() -> freshness.require(age, Age.Where.BODY, List.of(old)), "not its business");
    }

    /** Proved by a signature, so there is no token whose time could be looked at. */
    @Test
    void whatIsProvedWithoutATokenHasNoTokensTime() {
        assertEquals("too-old", told(age(Age.Where.TOKEN, "/iat"), "{\"iat\":1767225600}"));
    }

    @Test
    void whatIsNotGenuineIsNotAskedForItsTime() {
        Source source = source(age(Age.Where.BODY, "/time"));
        IntakeRequest forged = Requests.request("{\"time\":1}".getBytes(StandardCharsets.UTF_8));
        Verdict verdict =
                new Door(LIMITS, STANDING, name -> true).admit(forged, source, Requests.kind(), Redactor.none());
        assertEquals(
                Reason.UNVERIFIED,
                assertInstanceOf(Verdict.Refused.class, verdict).reason());
    }

    /** Why the door refuses, empty where it does not. */
    private static String told(@Nullable Age age, String body) {
        IntakeRequest request = Requests.signed(body, "x-event", "e", "x-delivery", "1");
        Verdict verdict =
                new Door(LIMITS, STANDING, name -> true).admit(request, source(age), Requests.kind(), Redactor.none());
        return verdict instanceof Verdict.Refused refused ? refused.reason().slug() : "";
    }

    private static Source source(@Nullable Age age) {
        return new Source(
                "forge",
                "forge",
                List.of(Secret.of(Requests.SECRET)),
                false,
                Projects.NONE,
                "/webhooks/forge",
                Map.of(),
                List.of(),
                age);
    }

    private static Age age(Age.Where where, String at) {
        return new Age(where, JsonPointer.compile(at), 60 * SECOND);
    }

    private static JsonNode json(String text) throws Exception {
        return new StrictJson(LIMITS).read(text.getBytes(StandardCharsets.UTF_8));
    }
}
