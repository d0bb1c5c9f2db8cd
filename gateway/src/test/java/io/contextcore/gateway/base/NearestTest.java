package io.contextcore.gateway.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> NAMES = List.of("attributes", "aliases", "at", "since", "start");

    @ParameterizedTest
    @CsvSource({
        "atributes, ', nearest: attributes'",
        "Sinse, ', nearest: since'",
        "strat, ', nearest: start'",
        "completely_different, ''"
    })
    void aSlipOfTheFingerIsRecognisedAndNothingElse(String written, String hint) {
        assertEquals(hint, Nearest.hint(written, NAMES));
    }
}
