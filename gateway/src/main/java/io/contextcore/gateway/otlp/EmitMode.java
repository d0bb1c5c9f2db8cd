package io.contextcore.gateway.otlp;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Under which of its two names an attribute with a twin is sent. */
public enum EmitMode {
    /** Under both. */
    DUAL,
    /** Under our own name only. */
    LEGACY,
    /** Under the OpenTelemetry name only. */
    OTEL;

    /** {@code dual}, {@code legacy} or {@code otel}. */
    public static final String VARIABLE = "CONTEXTCORE_EMIT_MODE";

    /**
     * OpenTelemetry's own switch, a comma-separated list.
     *
     * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/">semantic conventions for generative AI</a>
     */
    public static final String OPT_IN_VARIABLE = "OTEL_SEMCONV_STABILITY_OPT_IN";

    private static final String OPT_IN = "gen_ai_latest_experimental";

    /** The word that settings use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode with this word, whatever its case. */
    public static Optional<EmitMode> named(String word) {
        return Arrays.stream(values())
                .filter(mode -> mode.word().equalsIgnoreCase(word.strip()))
                .findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(EmitMode::word).toList();
    }

    /**
     * The mode that the environment asks for: {@value #VARIABLE} first, then {@value #OPT_IN_VARIABLE}, else
     * {@code fallback}. An unknown word is a problem.
     */
    public static EmitMode from(Environment environment, EmitMode fallback, Problems problems) {
        String word = environment.get(VARIABLE);
        if (word != null && !word.isBlank()) {
            Optional<EmitMode> mode = named(word);
            if (mode.isEmpty()) {
                problems.add(
                        ErrorCode.BAD_VARIABLE,
                        Location.named(VARIABLE),
                        "unknown emit mode '" + word + "' (expected: " + String.join(", ", words()) + ")"
                                + Nearest.hint(word, words()));
            }
            return mode.orElse(fallback);
        }
        String optIn = environment.get(OPT_IN_VARIABLE);
        boolean opted = optIn != null
                && Arrays.stream(optIn.split(",")).map(String::strip).anyMatch(OPT_IN::equals);
        return opted ? OTEL : fallback;
    }
}
