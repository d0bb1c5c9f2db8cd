package io.contextcore.gateway.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmitModeTest {

    private final Problems problems = new Problems();

    @Test
    void theOwnVariableBeatsTheOptInWhichBeatsTheFallback() {
        assertEquals(EmitMode.DUAL, mode(Map.of()));
        assertEquals(EmitMode.LEGACY, mode(Map.of("CONTEXTCORE_EMIT_MODE", "Legacy")));
        assertEquals(EmitMode.OTEL, mode(Map.of("OTEL_SEMCONV_STABILITY_OPT_IN", "http, gen_ai_latest_experimental")));
        assertEquals(EmitMode.DUAL, mode(Map.of("OTEL_SEMCONV_STABILITY_OPT_IN", "http")));
        assertEquals(
                EmitMode.DUAL,
                mode(Map.of(
                        "CONTEXTCORE_EMIT_MODE",
                        "dual",
                        "OTEL_SEMCONV_STABILITY_OPT_IN",
                        "gen_ai_latest_experimental")));
        assertTrue(problems.isEmpty());
    }

    @Test
    void anUnknownWordNamesTheNearest() {
        assertEquals(EmitMode.DUAL, mode(Map.of("CONTEXTCORE_EMIT_MODE", "legasy")));
        assertEquals(
                "CONTEXTCORE_EMIT_MODE: CC0803 unknown emit mode 'legasy' (expected: dual, legacy, otel), nearest: legacy",
                problems.all().get(0).render());
    }

    private EmitMode mode(Map<String, String> variables) {
        return EmitMode.from(Environment.of(variables), EmitMode.DUAL, problems);
    }
}
