package io.contextcore.gateway.export;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Conventions;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.EmitMode;
import io.contextcore.gateway.otlp.OtlpEncoder;
import io.contextcore.gateway.otlp.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Export requests to send about. */
final class Payloads {

    private static final OtlpEncoder ENCODER = new OtlpEncoder(
            new Resource(new TreeMap<>(Map.of("service.name", AttributeValue.of("contextcore")))),
            "test",
            "1",
            new Conventions(Map.of()),
            EmitMode.DUAL);

    private Payloads() {}

    /** One item of this name. */
    static byte[] of(TelemetrySignal signal, String name) {
        return switch (signal) {
            case TRACES -> span(name);
            case LOGS -> log(name);
        };
    }

    static byte[] span(String name) {
        return ENCODER.spans(List.of(new Span(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                null,
                name,
                Span.Kind.INTERNAL,
                1,
                2,
                new TreeMap<>(),
                List.of(),
                List.of(),
                Span.Status.UNSET)));
    }

    static byte[] log(String name) {
        return ENCODER.logs(List.of(
                new LogRecord(1, 2, LogRecord.Severity.INFO, name, null, null, new TreeMap<>(), new TreeMap<>())));
    }
}
