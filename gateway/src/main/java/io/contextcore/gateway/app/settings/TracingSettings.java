package io.contextcore.gateway.app.settings;

import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.ErrorCode;
import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.base.Problems;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The gateway's own spans, as OpenTelemetry's variables say it. Unlike the specification's, the default of {@code
 * OTEL_TRACES_EXPORTER} is none: who sends a gateway's telemetry to a Collector does not ask for spans of the gateway.
 *
 * @param on whether there are any
 * @param ratio of the traces that a sampler by trace id takes, 0 to 1
 * @param scheduleDelay how long a finished span waits for others
 * @param maxQueue spans that wait; more are dropped
 * @see <a href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">Environment variables</a>
 */
public record TracingSettings(
        boolean on,
        SamplerName sampler,
        double ratio,
        Duration scheduleDelay,
        int maxQueue,
        int maxBatch,
        Duration exportTimeout) {

    private static final int MOST = 1_000_000;

    /** The samplers that the specification names. */
    public enum SamplerName {
        ALWAYS_ON,
        ALWAYS_OFF,
        TRACEIDRATIO,
        PARENTBASED_ALWAYS_ON,
        PARENTBASED_ALWAYS_OFF,
        PARENTBASED_TRACEIDRATIO;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What cannot be used is a problem. */
    static TracingSettings from(Environment environment, Problems problems) {
        Reading read = new Reading(environment, problems);
        boolean disabled = read.word("OTEL_SDK_DISABLED", "false", List.of("true", "false"))
                .equals("true");
        boolean exported = read.word("OTEL_TRACES_EXPORTER", "none", List.of("otlp", "none"))
                .equals("otlp");
        List<String> samplers =
                Arrays.stream(SamplerName.values()).map(SamplerName::word).toList();
        String sampler = read.word("OTEL_TRACES_SAMPLER", SamplerName.PARENTBASED_ALWAYS_ON.word(), samplers);
        int queue = read.number("OTEL_BSP_MAX_QUEUE_SIZE", 2_048);
        return new TracingSettings(
                exported && !disabled,
                SamplerName.values()[samplers.indexOf(sampler)],
                sampler.endsWith("traceidratio") ? read.ratio("OTEL_TRACES_SAMPLER_ARG") : 1,
                Duration.ofMillis(read.number("OTEL_BSP_SCHEDULE_DELAY", 5_000)),
                queue,
                Math.min(queue, read.number("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 512)),
                Duration.ofMillis(read.number("OTEL_BSP_EXPORT_TIMEOUT", 30_000)));
    }

    private record Reading(Environment environment, Problems problems) {

        private Optional<String> given(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        String word(String name, String fallback, List<String> words) {
            String word = given(name).orElse(fallback).toLowerCase(Locale.ROOT);
            if (words.contains(word)) {
                return word;
            }
            problem(
                    name,
                    "unknown value '" + word + "' (expected: " + String.join(", ", words) + ")"
                            + Nearest.hint(word, words));
            return fallback;
        }

        int number(String name, int fallback) {
            String text = given(name).orElse(String.valueOf(fallback));
            if (text.matches("[0-9]{1,7}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= MOST) {
                return Integer.parseInt(text);
            }
            problem(name, "'" + text + "' cannot be used (expected: a whole number from 1 to " + MOST + ")");
            return fallback;
        }

        double ratio(String name) {
            String text = given(name).orElse("1.0");
            if (text.matches("[01](\\.[0-9]{0,9})?|\\.[0-9]{1,9}") && Double.parseDouble(text) <= 1) {
                return Double.parseDouble(text);
            }
            problem(name, "'" + text + "' cannot be used (expected: a number from 0 to 1)");
            return 1;
        }

        private void problem(String name, String message) {
            problems.add(ErrorCode.BAD_VARIABLE, Location.named(name), message);
        }
    }
}
