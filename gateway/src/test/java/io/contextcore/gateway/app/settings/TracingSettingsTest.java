package io.contextcore.gateway.app.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.contextcore.gateway.app.settings.TracingSettings.SamplerName;
import io.contextcore.gateway.base.Environment;
import io.contextcore.gateway.base.Problems;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingSettingsTest {

    private final Problems problems = new Problems();

    @Test
    void anEndpointAloneAsksForNoSpans() {
        assertFalse(read(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"))
                .on());
    }

    @Test
    void theVariablesOfTheSpecificationCount() {
        TracingSettings settings = read(Map.of(
                "OTEL_TRACES_EXPORTER", "otlp",
                "OTEL_TRACES_SAMPLER", "parentbased_traceidratio",
                "OTEL_TRACES_SAMPLER_ARG", "0.25",
                "OTEL_BSP_SCHEDULE_DELAY", "100",
                "OTEL_BSP_MAX_QUEUE_SIZE", "64",
                "OTEL_BSP_EXPORT_TIMEOUT", "900"));
        assertEquals(
                new TracingSettings(
                        true,
                        SamplerName.PARENTBASED_TRACEIDRATIO,
                        0.25,
                        Duration.ofMillis(100),
                        64,
                        64,
                        Duration.ofMillis(900)),
                settings);
        assertTrue(problems.all().isEmpty());
    }

    @Test
    void disabledBeatsTheExporter() {
        assertFalse(read(Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_SDK_DISABLED", "true"))
                .on());
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_TRACES_EXPORTER, otlpp, nearest: otlp",
        "OTEL_TRACES_SAMPLER, allways_on, nearest: always_on",
        "OTEL_SDK_DISABLED, yes, 'expected: true, false'",
        "OTEL_BSP_SCHEDULE_DELAY, 5s, a whole number from 1",
        "OTEL_BSP_MAX_QUEUE_SIZE, 0, a whole number from 1",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE, 1000001, to 1000000",
        "OTEL_BSP_EXPORT_TIMEOUT, -1, a whole number from 1",
    })
    void whatCannotBeUsedIsTold(String variable, String value, String said) {
        read(Map.of(variable, value));
        assertEquals(1, problems.all().size());
        String message = problems.all().get(0).toString();
        assertTrue(message.contains(variable) && message.contains(said), message);
    }

    @ParameterizedTest
    @CsvSource({"1.5", "half", "-0.1"})
    void aRatioIsFromNothingToAll(String ratio) {
        read(Map.of("OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_TRACES_SAMPLER_ARG", ratio));
        assertEquals(1, problems.all().size());
    }

    private TracingSettings read(Map<String, String> variables) {
        return TracingSettings.from(Environment.of(variables), problems);
    }
}
