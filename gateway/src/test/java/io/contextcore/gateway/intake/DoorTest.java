package io.contextcore.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.model.SourceKind.Variable;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.testing.Caps;
import io.contextcore.gateway.testing.Promise;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {

    private static final String JSON = "{\"action\": \"opened\", \"n\": 9007199254740993}";

    private final Door door = new Door(Limits.defaults());
    private final Redactor redactor = new Redactor(
            List.of(Pattern.compile("password")),
            List.of(new Redactor.Rule("k", Pattern.compile("ka_[a-z]+"), List.of())));

    @Test
    void aSignedJsonBodyIsAdmitted() {
        Arrival arrival =
                admitted(Requests.signed(JSON, "x-event", "opened", "x-delivery", "d-1", "x-note", "n", "x-b3", "t"));
        assertEquals("forge", arrival.source());
        assertEquals("forge", arrival.kind());
        assertEquals("opened", arrival.event());
        assertEquals("forge//d-1", arrival.id());
        assertEquals(
                Map.of("x-event", "opened", "x-note", "n"),
                arrival.headers(),
                "never a proof, never what is not listed");
        assertArrayEquals(JSON.getBytes(UTF_8), arrival.stored());
        assertEquals(9007199254740993L, arrival.body().get("n").longValue());
        assertEquals(1_000, arrival.duplicateWindowNanos());
    }

    @Test
    @Promise("verified-first")
    void nothingIsParsedOrEvaluatedBeforeTheProofHolds() {
        List<String> evaluated = new ArrayList<>();
        Expression spy = scope -> {
            evaluated.add("evaluated");
            return "x";
        };
        SourceKind kind = Requests.kind(spy, spy, false, false, "payload");
        IntakeRequest request =
                Requests.request("{".getBytes(UTF_8), "content-type", "text/x", "x-hub-signature-256", "sha256=00");
        Verdict.Refused refused = refused(door.admit(request, Requests.source("s"), kind, redactor));
        assertEquals(Reason.UNVERIFIED, refused.reason());
        assertEquals(List.of(), evaluated);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=UTF-8",
                "application/json;charset=\"utf-8\"",
                "APPLICATION/JSON",
                "application/json; charset=us-ascii; v=1",
                "application/vnd.forge.v3+json"
            })
    void jsonIsTakenUnderItsNames(String type) {
        assertEquals(
                "forge//d",
                admitted(Requests.signed("{}", "content-type", type, "x-delivery", "d"))
                        .id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "",
                "application/json; charset=iso-8859-1",
                "application/jsonx",
                "multipart/form-data",
                "json",
                "application/xml",
                "text/json"
            })
    void otherContentTypesAreRefused(String type) {
        Verdict.Refused refused = refused(admit(Requests.signed("{}", "content-type", type)));
        assertEquals(Reason.CONTENT_TYPE, refused.reason());
        assertEquals(
                "content type is not supported (expected: application/json in UTF-8"
                        + " or application/x-www-form-urlencoded with the JSON in field 'payload')",
                refused.text());
    }

    @Test
    void contentEncodingsAreRefused() {
        assertEquals(
                Reason.CONTENT_TYPE,
                refused(admit(Requests.signed("{}", "content-encoding", "gzip")))
                        .reason());
        admitted(Requests.signed("{}", "content-encoding", "identity"));
    }

    @Test
    void aFormIsDecodedAfterTheProofOverItsRawText() {
        String json = "{\"t\": \"a+b &=% \\u00e4 ä 😀\"}";
        String form = "x=1&payload=" + URLEncoder.encode(json, UTF_8) + "&payload=%7B";
        Arrival arrival = admitted(Requests.signed(form, "content-type", "application/x-www-form-urlencoded"));
        assertArrayEquals(json.getBytes(UTF_8), arrival.stored());
        assertEquals("a+b &=% ä ä 😀", arrival.body().get("t").textValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payloads=%7B%7D|form field 'payload' is missing (expected: it holds the JSON)",
                "payload|form field 'payload': invalid JSON: nothing but spaces",
                "payload=%7B%zz|form field 'payload': invalid JSON at line 1, column 2",
                "&&=|form field 'payload' is missing (expected: it holds the JSON)",
            })
    void aFormWithoutReadableJsonIsRefused(String form, String text) {
        Verdict.Refused refused =
                refused(admit(Requests.signed(form, "content-type", "application/x-www-form-urlencoded")));
        assertEquals(Reason.UNREADABLE, refused.reason());
        assertEquals(text, refused.text());
    }

    @Test
    void aFormIsRefusedWhereTheKindTakesNone() {
        SourceKind kind = Requests.kind(Requests.header("x-event"), Requests.header("x-delivery"), false, false, "");
        IntakeRequest request = Requests.signed("payload=%7B%7D", "content-type", "application/x-www-form-urlencoded");
        Verdict.Refused refused = refused(door.admit(request, Requests.source(Requests.SECRET), kind, redactor));
        assertEquals(Reason.CONTENT_TYPE, refused.reason());
        assertEquals("content type is not supported (expected: application/json in UTF-8)", refused.text());
    }

    @Test
    void unreadableBodiesAreRefusedWithThePlaceAndNothingOfTheBody() {
        Verdict.Refused refused = refused(admit(Requests.signed("{\"a\": 1,\n \"hush\": hush}")));
        assertEquals(new Verdict.Refused(Reason.UNREADABLE, "invalid JSON at line 2, column 10"), refused);
        Verdict.Refused deep = refused(admit(Requests.signed("[".repeat(201))));
        assertEquals(new Verdict.Refused(Reason.OVER_LIMIT, "JSON nested deeper than 200 at line 1, column 201"), deep);
    }

    @Test
    @Promise("body-cap")
    void theBodyCapHoldsAtTheCapAndNotOnePast() {
        Door tight = new Door(Caps.with("bodyBytes", 20));
        String at = "[" + " ".repeat(18) + "]";
        SourceKind kind = Requests.kind();
        assertInstanceOf(
                Verdict.Admitted.class,
                tight.admit(Requests.signed(at), Requests.source(Requests.SECRET), kind, redactor));
        assertEquals(
                new Verdict.Refused(Reason.TOO_LARGE, "body of more than 20 bytes"),
                tight.admit(Requests.signed(at + " "), Requests.source(Requests.SECRET), kind, redactor));
    }

    @Test
    void anEmptyBodyIsTakenOnlyWhereTheKindSaysSo() {
        assertEquals(new Verdict.Refused(Reason.EMPTY, "body is empty (expected: JSON)"), admit(Requests.signed("")));
        List<Object> seen = new ArrayList<>();
        SourceKind kind = Requests.kind(
                scope -> {
                    seen.add(scope.get(Variable.PAYLOAD.ordinal()));
                    return Nothing.ABSENT;
                },
                Requests.header("x-delivery"),
                true,
                true,
                "");
        Verdict verdict = door.admit(
                Requests.signed("", "content-type", "", "x-delivery", "7"),
                Requests.source(Requests.SECRET),
                kind,
                redactor);
        Arrival arrival = assertInstanceOf(Verdict.Admitted.class, verdict).arrival();
        assertEquals(List.of(Nothing.ABSENT), seen);
        assertTrue(arrival.body().isMissingNode());
        assertEquals(0, arrival.stored().length);
        assertEquals("", arrival.event());
    }

    @Test
    void aPingIsAnsweredAndNotKept() {
        assertInstanceOf(Verdict.Ping.class, admit(Requests.signed("{}", "x-event", "ping")));
    }

    @Test
    void withoutADeliveryIdTheHashOfTheRawBodyStandsIn() {
        String hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
        assertEquals("forge//sha256~" + hash, admitted(Requests.signed("{}")).id());
        assertEquals(
                "forge//sha256%7E" + hash,
                admitted(Requests.signed("{}", "x-delivery", "sha256~" + hash)).id());
        assertEquals(
                "forge//sha256~" + hash,
                admitted(Requests.signed("{}", "x-delivery", "")).id());
    }

    @Test
    void idsAreEqualOnlyIfAllTheirPartsAre() {
        assertEquals("a/b/c", DeliveryId.of("a", "b", "c"));
        assertEquals("a//b%2Fc%25%20%C3%A4", DeliveryId.of("a", "", "b/c% ä"));
        assertEquals(
                "a/acme.example.net/69312270414585119", DeliveryId.of("a", "acme.example.net", "69312270414585119"));
    }

    @Test
    void theHashOfTheRawBodyIsThereForExpressions() {
        SourceKind kind = Requests.kind(
                scope -> Nothing.NULL, scope -> scope.get(Variable.BODY_HASH.ordinal()), false, false, "");
        Verdict verdict = door.admit(Requests.signed("{}"), Requests.source(Requests.SECRET), kind, redactor);
        assertEquals(
                "forge//44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
                assertInstanceOf(Verdict.Admitted.class, verdict).arrival().id());
    }

    @Test
    void namesThatAreNoTextsAreRefused() {
        assertEquals("event has control characters", unidentified("a\u001b[2J"));
        assertEquals("event is no text", unidentified(List.of("a")));
        assertEquals("event has more than 1024 characters", unidentified("x".repeat(1025)));
        Expression broken = scope -> {
            throw new EvaluationException("internal: mappings/forge.yaml");
        };
        SourceKind kind = Requests.kind(broken, scope -> 1L, false, false, "");
        Verdict verdict = door.admit(Requests.signed("{}"), Requests.source(Requests.SECRET), kind, redactor);
        assertEquals(new Verdict.Refused(Reason.UNIDENTIFIED, "event cannot be read from the request"), verdict);
    }

    @Test
    void aNameAtTheLimitIsTaken() {
        assertEquals(
                1_024,
                admitted(Requests.signed("{}", "x-event", "x".repeat(1_024)))
                        .event()
                        .length());
    }

    @Test
    void parametersThatTheKindNamesStandInForAnEmptyBody() {
        SourceKind kind = Requests.kind(
                scope -> ((JsonNode) scope.get(Variable.PAYLOAD.ordinal()))
                        .path("order")
                        .asText(),
                Requests.header("x-delivery"),
                true,
                false,
                "");
        Map<String, String> query = Map.of("order", "A-7", "token", "not to be kept");
        Arrival arrival =
                assertInstanceOf(Verdict.Admitted.class, asked("", query, kind)).arrival();
        assertEquals("A-7", arrival.event());
        assertEquals("{\"order\":\"A-7\"}", arrival.body().toString());
        assertEquals("{\"order\":\"A-7\"}", new String(arrival.stored(), UTF_8));
        Verdict withBody = asked("{\"order\": \"B-8\"}", query, kind);
        assertEquals(
                "B-8",
                assertInstanceOf(Verdict.Admitted.class, withBody).arrival().event());
    }

    private Verdict asked(String body, Map<String, String> query, SourceKind kind) {
        IntakeRequest signed = Requests.signed(body, "x-delivery", "7");
        IntakeRequest request = new IntakeRequest("forge", signed.headers(), query, signed.body());
        return door.admit(request, Requests.source(Requests.SECRET), kind, redactor);
    }

    @Test
    void aTenantIsPartOfTheIdAndOfTheEvent() {
        SourceKind plain = Requests.kind();
        SourceKind kind = new SourceKind(
                "forge",
                plain.verifications(),
                plain.event(),
                scope -> 42L,
                scope -> "acme/eu",
                scope -> "run/7",
                Set.of(),
                null,
                false,
                Set.of(),
                false,
                false,
                1,
                Set.of(),
                null);
        Verdict verdict = door.admit(Requests.signed("{}"), Requests.source(Requests.SECRET), kind, redactor);
        Arrival arrival = assertInstanceOf(Verdict.Admitted.class, verdict).arrival();
        assertEquals("forge/acme%2Feu/42", arrival.id());
        assertEquals("forge/acme%2Feu/event~run%2F7", arrival.sameEvent());
    }

    @Test
    @Promise("redacted-before-kept")
    void secretsAreTakenOutOfWhatIsKeptWhereTheKindSaysSo() throws Exception {
        String body = "{\"password\": \"x\", \"t\": \"see ka_abc\", \"d\": 1.50}";
        IntakeRequest request = Requests.signed(body, "x-note", "ka_notes", "x-delivery", "ka_id");
        SourceKind kind = Requests.kind(Requests.header("x-event"), Requests.header("x-delivery"), false, true, "");
        Verdict verdict = door.admit(request, Requests.source(Requests.SECRET), kind, redactor);
        Verdict.Admitted admitted = assertInstanceOf(Verdict.Admitted.class, verdict);
        Arrival arrival = admitted.arrival();
        String stored = new String(arrival.stored(), UTF_8);
        assertEquals("{\"password\":\"[REDACTED:key]\",\"t\":\"see [REDACTED:k]\",\"d\":1.5}", stored);
        assertEquals(
                arrival.body(), new StrictJson(Limits.defaults()).read(arrival.stored()), "a redo sees the same tree");
        assertEquals(Map.of("key", 1, "k", 1), admitted.redactions());
        assertEquals("[REDACTED:k]", arrival.headers().get("x-note"));
        assertEquals("forge//ka_id", arrival.id(), "an id stays, or two deliveries become one");
        assertFalse(
                ((ObjectNode) admitted(request).body())
                        .get("password")
                        .textValue()
                        .isEmpty(),
                "not redacted otherwise");
        assertEquals("x", admitted(request).body().get("password").textValue());
    }

    /** Mutations of good bodies, signed after the mutation, so that they reach everything behind the proof. */
    @Test
    void neverThrowsForWhateverIsSent() {
        Random random = new Random(7);
        byte[] json = "{\"a\":[1,2.5e3,\"\\ud83d\\ude00 ä\",null,true],\"b\":{\"c\":\"{\\\"password\\\":1}\"}}"
                .getBytes(UTF_8);
        byte[] form = "payload=%7B%22a%22%3A1%7D&x=%2".getBytes(UTF_8);
        SourceKind kind =
                Requests.kind(Requests.header("x-event"), Requests.header("x-delivery"), true, true, "payload");
        int admitted = 0;
        for (int round = 0; round < 5_000; round++) {
            boolean isForm = random.nextInt(4) == 0;
            byte[] body = mutated(isForm ? form : json, random);
            IntakeRequest request = Requests.request(
                    body,
                    "content-type",
                    isForm ? "application/x-www-form-urlencoded" : "application/json",
                    "x-hub-signature-256",
                    Requests.signature(body, Requests.SECRET));
            Verdict verdict = door.admit(request, Requests.source(Requests.SECRET), kind, redactor);
            admitted += verdict instanceof Verdict.Admitted ? 1 : 0;
        }
        assertTrue(admitted > 100 && admitted < 4_900, "both ways are taken: " + admitted);
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] body = original.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(body.length);
            switch (random.nextInt(4)) {
                case 0 -> body[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> body[at] = (byte) random.nextInt(256);
                case 2 -> body[at] = (byte) "{}[]\",:\\0-u%&=".charAt(random.nextInt(14));
                default -> body = Arrays.copyOf(body, 1 + random.nextInt(body.length));
            }
        }
        return body;
    }

    private String unidentified(Object event) {
        SourceKind kind = Requests.kind(scope -> event, scope -> 1L, false, false, "");
        Verdict.Refused refused =
                refused(door.admit(Requests.signed("{}"), Requests.source(Requests.SECRET), kind, redactor));
        assertEquals(Reason.UNIDENTIFIED, refused.reason());
        return refused.text();
    }

    private Verdict admit(IntakeRequest request) {
        return door.admit(request, Requests.source(Requests.SECRET), Requests.kind(), redactor);
    }

    private Arrival admitted(IntakeRequest request) {
        return assertInstanceOf(Verdict.Admitted.class, admit(request)).arrival();
    }

    private static Verdict.Refused refused(Verdict verdict) {
        return assertInstanceOf(Verdict.Refused.class, verdict);
    }
}
