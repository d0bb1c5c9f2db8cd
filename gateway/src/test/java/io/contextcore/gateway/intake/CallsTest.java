package io.contextcore.gateway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.intake.Verdict.Admitted;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Redactor;
import io.contextcore.gateway.testing.Caps;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request to an API: calls, or a refusal that says what is expected and repeats nothing. */
class CallsTest {

    private final AtomicInteger requests = new AtomicInteger();

    private Verdict verdict(Limits limits, String path, String body) {
        Door door = new Door(limits, Clock.system(), source -> true, () -> "r" + requests.incrementAndGet());
        Map<String, String> headers = Map.of("Authorization", "Bearer s", "Content-Type", "application/json");
        IntakeRequest request = new IntakeRequest("desk", headers, Map.of(), body.getBytes(UTF_8), path);
        return door.admit(request, Desk.SOURCE, Desk.kind(), Redactor.none());
    }

    private Arrival one(String path, String body) {
        return assertInstanceOf(Admitted.class, verdict(Limits.defaults(), path, body))
                .arrival();
    }

    private String refused(String path, String body) {
        Verdict.Refused refused = assertInstanceOf(Verdict.Refused.class, verdict(Limits.defaults(), path, body));
        assertEquals(Reason.INVALID, refused.reason());
        return refused.text();
    }

    private static String stored(Arrival arrival) {
        return new String(arrival.stored(), UTF_8);
    }

    @Test
    void whatStandsInThePathIsPutIntoTheCall() {
        Arrival arrival = one("/desk/orders/a%2Fb%20c+%C3%A9/pay?x=1", "{\"price\": 1.5}");

        assertEquals("order.pay", arrival.event());
        assertEquals("{\"call\":\"order.pay\",\"id\":\"a/b c+é\",\"price\":1.5}", stored(arrival));
    }

    @Test
    void aCallWithoutABodySaysWhatItsPathSays() {
        assertEquals("{\"call\":\"order.pay\",\"id\":\"7\"}", stored(one("/desk/orders/7/pay", "")));
    }

    @Test
    void aWholeCallStandsAsItIs() {
        Arrival arrival = one("/desk/calls", "{\"id\": \"7\", \"call\": \"order.pay\", \"price\": null}");

        assertEquals("{\"id\":\"7\",\"call\":\"order.pay\",\"price\":null}", stored(arrival));
        assertEquals("desk//alone-r1", arrival.id());
    }

    @Test
    void whatIsSaidTwiceMustBeTheSame() {
        assertEquals("{\"call\":\"order.pay\",\"id\":\"7\"}", stored(one("/desk/orders/7/pay", "{\"id\": \"7\"}")));
        assertEquals(
                "'id' is another one in the path (expected: the same, or none)",
                refused("/desk/orders/7/pay", "{\"id\": \"8\"}"));
        assertEquals(
                "'call' is another one in the path (expected: the same, or none)",
                refused("/desk/orders/7/pay", "{\"call\": \"order.open\"}"));
    }

    @Test
    void eachCallOfAListIsADeliveryOfItsOwn() {
        Verdict verdict = verdict(
                Limits.defaults(),
                "/desk/calls",
                "[{\"call\": \"order.pay\", \"id\": \"1\"}, {\"call\": \"order.pay\", \"id\": \"1\"}]");

        List<Admitted> calls = assertInstanceOf(Verdict.Several.class, verdict).calls();
        assertEquals(
                List.of("desk//0-r1", "desk//1-r2"),
                calls.stream().map(call -> call.arrival().id()).toList());
        assertEquals(calls, verdict.admitted());
    }

    @Test
    void twoRequestsHaveDifferentNames() {
        assertNotEquals(
                one("/desk/orders/7/pay", "").id(),
                one("/desk/orders/7/pay", "").id());
    }

    @Test
    void aListMayHaveAsManyCallsAsTheLimitAndNotOneMore() {
        Limits limits = Caps.with("calls", 2);
        String call = "{\"call\": \"order.pay\", \"id\": \"1\"}";

        assertInstanceOf(Verdict.Several.class, verdict(limits, "/desk/calls", "[" + call + "," + call + "]"));
        assertEquals(
                new Verdict.Refused(Reason.OVER_LIMIT, "more than 2 calls"),
                verdict(limits, "/desk/calls", "[" + call + "," + call + "," + call + "]"));
    }

    @Test
    void eachCallOfAListTakesItsRoom() {
        AtomicInteger room = new AtomicInteger(3);
        Door door = new Door(Limits.defaults(), Clock.system(), source -> room.getAndDecrement() > 0, () -> "r");
        Map<String, String> headers = Map.of("Authorization", "Bearer s", "Content-Type", "application/json");
        String call = "{\"call\": \"order.pay\", \"id\": \"1\"}";
        byte[] two = ("[" + call + "," + call + "]").getBytes(UTF_8);
        IntakeRequest request = new IntakeRequest("desk", headers, Map.of(), two, "/desk/calls");

        assertInstanceOf(Verdict.Several.class, door.admit(request, Desk.SOURCE, Desk.kind(), Redactor.none()));
        assertEquals(
                new Verdict.Refused(Reason.TOO_MANY, "too many requests of this source"),
                door.admit(request, Desk.SOURCE, Desk.kind(), Redactor.none()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'call': 'order.pay'} | 'id' is missing (expected: text)",
                "{'call': 'order.pay', 'id': null} | 'id' is missing (expected: text)",
                "{'call': 'order.pay', 'id': ' '} | 'id' does not fit (expected: text)",
                "{'call': 'order.pay', 'id': 7} | 'id' does not fit (expected: text)",
                "{'call': 'order.open', 'id': '7'} | 'size' is missing (expected: one of small, large)",
                "{'call': 'order.pay', 'id': '7', 'size': 'huge'} | 'size' does not fit (expected: one of small, large)",
                "{'call': 'order.pay', 'id': '7', 'price': '1'} | 'price' does not fit (expected: a number)",
                "{'call': 'order.pay', 'id': '7', 'at': 'now'} | 'at' does not fit (expected: a time, RFC 3339: 2026-03-02T10:00:00Z)",
                "{'call': 'order.pay', 'id': '7', 'tags': ['a', 1]} | 'tags' does not fit (expected: a list of texts)",
                "{'call': 'order.pay', 'id': '7', 'prize': 1} | a member that 'order.pay' does not have (expected some of at, id, price, size, tags, nearest: price)",
                "{'id': '7'} | unknown 'call' (expected one of order.open, order.pay)",
                "{'call': 'secret'} | unknown 'call' (expected one of order.open, order.pay)",
                "{'call': ['order.pay']} | unknown 'call' (expected one of order.open, order.pay)",
                "[] | no call (expected: one at least)",
                "[{'call': 'order.pay', 'id': '7'}, 7] | call 1: not a call (expected: an object with the member 'call')",
                "[{'call': 'order.pay'}] | call 0: 'id' is missing (expected: text)",
            })
    void whatIsNoCallIsRefusedWithWhatIsExpected(String body, String text) {
        assertEquals(text, refused("/desk/calls", body.replace('\'', '"')));
    }

    @Test
    void aRouteTakesNoList() {
        assertEquals(
                "not the parameters of a call (expected: an object, or nothing)",
                refused("/desk/orders/7/pay", "[{\"price\": 1}]"));
    }

    @Test
    void whereTheProofIsMissingNothingOfTheCallIsLookedAt() {
        Door door = new Door(Limits.defaults());
        IntakeRequest request = new IntakeRequest("desk", Map.of(), Map.of(), "[7]".getBytes(UTF_8), "/desk/calls");

        Verdict verdict = door.admit(request, Desk.SOURCE, Desk.kind(), Redactor.none());

        assertEquals(
                Reason.UNVERIFIED,
                assertInstanceOf(Verdict.Refused.class, verdict).reason());
    }
}
