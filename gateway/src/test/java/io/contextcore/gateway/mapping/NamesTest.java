package io.contextcore.gateway.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.model.EvaluationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of rows: what a payload says must not reach a row of another sort. */
class NamesTest {

    private static final String SIGNALS = "lifecycles:\n  - {lifecycle: order, %s, at: \"${payload.at}\"}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {"key: \"${payload.id}\"", "alias: \"${payload.id}\"", "key: shop/1, aliases: [\"${payload.id}\"]"
            })
    void aNameHasNoControlCharacters(String target) {
        Program program = Shop.mapping(SIGNALS.replace("%s", target));
        EvaluationException error = assertThrows(
                EvaluationException.class, () -> program.evaluate(Shop.delivery("{'id': 'tally\\norder\\nx'}")));
        assertTrue(error.describe().contains("expected text without control characters"), error::describe);
    }

    @Test
    void othersMayLookAsTheyLike() {
        Program program = Shop.mapping(SIGNALS.replace("%s", "key: \"${payload.id}\""));
        String strange = "tally / order #7 \u00e4\u4e2d";
        assertEquals(
                strange,
                program.evaluate(Shop.delivery("{'id': '" + strange + "'}"))
                        .signals()
                        .get(0)
                        .target()
                        .name());
    }
}
