package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.model.EvaluationException;
import org.junit.jupiter.api.Test;

/** What a dead letter says of an error: the place, the code, the expression and what it met, and no secret. */
class RunTimeErrorTest {

    private static final String REDACTION = """
            apiVersion: contextcore.io/v1
            redaction:
              keys: [(?i)password|pin]
              values: [{name: token, pattern: "tok_[a-z0-9]{20}"}]
            """;
    private static final String TOKEN = "tok_0123456789abcdefghij";

    @Test
    void theExpressionAndWhatItMetAreTold() {
        EvaluationException error = error(
                "when: int(payload.total) > payload.least && has(payload.who)",
                "{'total': '12 EUR', 'least': 3, 'who': {'a': 1}}");

        assertEquals(ErrorCode.EVALUATION, error.code());
        assertEquals(
                "order.yaml:5:10: CC0901 '12 EUR' is not of type int;"
                        + " expression: int(payload.total) > payload.least && has(payload.who);"
                        + " where payload.least = 3, payload.total = '12 EUR', payload.who = a map of 1",
                error.tell());
    }

    @Test
    void aSecretIsKnownByTheNameOfItsMember() {
        hides(
                "hunter2 and more",
                "when: int(payload.login.password) > 0",
                "{'login': {'password': 'hunter2 and more'}}");
        hides("hunter2", "when: int(payload['password']) > 0", "{'password': 'hunter2'}");
        hides("48151623", "when: payload.pin + 9223372036854775807 > 0", "{'pin': 48151623}");
    }

    @Test
    void aSecretIsKnownByItsLook() {
        hides(TOKEN, "when: int(payload.total) > 0", "{'total': '" + TOKEN + "'}");
        hides(TOKEN, "when: int('a' + payload.a + payload.b) > 0", "{'a': 'tok_0123456789', 'b': 'abcdefghij'}");
        hides(TOKEN, keyed("key: shop/1\n    at: ${payload.at}"), "{'at': '" + TOKEN + "'}");
        hides(
                TOKEN,
                keyed("key: shop/1\n    start: ${received}\n    attributes: {order.state: \"${payload.s}\"}"),
                "{'s': '" + TOKEN + "'}");
    }

    @Test
    void noPieceOfASecretIsLeftByACut() {
        String long60 = "x".repeat(50) + TOKEN;
        EvaluationException error = error(
                keyed("key: shop/1\n    start: ${received}\n    attributes: {order.state: \"${payload.s}\"}"),
                "{'s': '" + long60 + "'}");
        assertFalse(error.tell().contains("tok_"), error.tell());
    }

    @Test
    void longValuesAreCutAndListsAndMapsAreCounted() {
        EvaluationException error = error(
                "when: int(payload.a) + size(payload.b) + size(payload) > 0",
                "{'a': '" + "y".repeat(81) + "', 'b': [1, 2]}");
        assertTrue(error.tell().contains("payload.a = '" + "y".repeat(80) + "…'"), error.tell());
        assertTrue(error.tell().contains("payload.b = a list of 2"), error.tell());
        assertTrue(error.tell().contains("payload = a map of 2"), error.tell());
        EvaluationException whole = error("when: int(payload.a) > 0", "{'a': '" + "y".repeat(80) + "'}");
        assertTrue(whole.tell().contains("payload.a = '" + "y".repeat(80) + "'"), whole.tell());
        assertTrue(error("when: int(payload.a) > 0", "{'a': '" + "z".repeat(100_000) + "'}")
                        .tell()
                        .length()
                < 600);
    }

    @Test
    void aResultThatDoesNotFitItsPlaceHasACodeOfItsOwn() {
        EvaluationException error = error(keyed("key: ${payload.id}"), "{'id': [1]}");
        assertEquals(ErrorCode.UNFIT_RESULT, error.code());
        assertTrue(error.tell().contains("; expression: payload.id; where payload.id = a list of 1"), error.tell());
    }

    private static void hides(String secret, String mapping, String body) {
        EvaluationException error = error(mapping, body);
        assertFalse(error.tell().contains(secret), error.tell());
        assertTrue(error.tell().contains("REDACTED"), error.tell());
    }

    private static String keyed(String lines) {
        return "lifecycles:\n  - lifecycle: order\n    " + lines + "\n";
    }

    private static EvaluationException error(String mapping, String body) {
        String rest = mapping.startsWith("when") ? mapping + "\n" + keyed("key: shop/1") : mapping;
        Program program = Shop.load(Shop.files("order.yaml", Shop.order(rest), "redaction.yaml", REDACTION));
        return assertThrows(EvaluationException.class, () -> program.evaluate(Shop.delivery(body)));
    }
}
