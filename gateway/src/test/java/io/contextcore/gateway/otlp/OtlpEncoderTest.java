package io.contextcore.gateway.otlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.contextcore.gateway.base.Hashing;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.testing.OtlpJsonReader;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OtlpEncoderTest {

    private static final String SPAN_LINE = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"contextcore"}}]},\
            "scopeSpans":[{"scope":{"name":"io.contextcore.gateway","version":"0.1.0"},"spans":[{\
            "traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","parentSpanId":"00f067aa0ba902b7",\
            "name":"task story","kind":1,"startTimeUnixNano":"1700000000000000001","endTimeUnixNano":"1700000000000000002",\
            "attributes":[%s{"key":"count","value":{"intValue":"9007199254740993"}},%s\
            {"key":"labels","value":{"arrayValue":{"values":[{"stringValue":"b"},{"stringValue":"a"}]}}},\
            {"key":"open","value":{"boolValue":false}},{"key":"share","value":{"doubleValue":0.5}},\
            {"key":"task.id","value":{"stringValue":"PROJ-7"}}],\
            "events":[{"timeUnixNano":"1700000000000000001","name":"noted"}],\
            "links":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00f067aa0ba902b8",\
            "attributes":[{"key":"why","value":{"stringValue":"x"}}],"flags":1}],\
            "status":{"message":"blocked","code":2},"flags":257}]}]}]}""";

    private static final String LOG_LINE = """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"contextcore"}}]},\
            "scopeLogs":[{"scope":{"name":"io.contextcore.gateway","version":"0.1.0"},"logRecords":[{\
            "timeUnixNano":"1700000000000000001","severityNumber":13,"severityText":"WARN",\
            "body":{"stringValue":"{%s\\"event_name\\":\\"task.blocked\\",%s\\"open\\":true,\\"share\\":0.5,\
            \\"task.labels\\":[\\"b\\",\\"a\\"],\\"task.status_code\\":3,\\"task.title\\":\\"say \\\\\\"hi\\\\\\"\\\\n\\"}"},\
            "attributes":[%s{"key":"event_name","value":{"stringValue":"task.blocked"}}%s],\
            "flags":1,"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331",\
            "observedTimeUnixNano":"1700000000500000000","eventName":"task.blocked"}]}]}]}""";

    private static final String OURS = "{\"key\":\"agent.id\",\"value\":{\"stringValue\":\"a1\"}}";
    private static final String TWIN = "{\"key\":\"gen_ai.agent.id\",\"value\":{\"stringValue\":\"a1\"}}";

    @ParameterizedTest
    @EnumSource
    void aSpanCarriesThePairAsTheModeSays(EmitMode mode) {
        byte[] request = Samples.encoder(mode).spans(List.of(Samples.span()));

        String expected = String.format(
                Locale.ROOT,
                SPAN_LINE,
                mode == EmitMode.OTEL ? "" : OURS + ",",
                mode == EmitMode.LEGACY ? "" : TWIN + ",");
        assertEquals(expected, line(TelemetrySignal.TRACES, request));
    }

    @ParameterizedTest
    @EnumSource
    void aLogCarriesThePairAsTheModeSaysInAttributesAndBody(EmitMode mode) {
        byte[] request = Samples.encoder(mode).logs(List.of(Samples.log()));

        String expected = String.format(
                Locale.ROOT,
                LOG_LINE,
                mode == EmitMode.OTEL ? "" : "\\\"agent.id\\\":\\\"a1\\\",",
                mode == EmitMode.LEGACY ? "" : "\\\"gen_ai.agent.id\\\":\\\"a1\\\",",
                mode == EmitMode.OTEL ? "" : OURS + ",",
                mode == EmitMode.LEGACY ? "" : "," + TWIN);
        assertEquals(expected, line(TelemetrySignal.LOGS, request));
    }

    @ParameterizedTest
    @CsvSource({
        "DUAL, 6ab18d3b935ffe7d, 0af3f3207730fade",
        "LEGACY, 1f80d152510a158e, 8c997411b742c345",
        "OTEL, d17c8d6aec59e3f6, f788107ae7ab1c02"
    })
    void theBytesNeverChange(EmitMode mode, String spanHash, String logHash) {
        assertEquals(spanHash, hash(Samples.encoder(mode).spans(List.of(Samples.span()))), "span");
        assertEquals(logHash, hash(Samples.encoder(mode).logs(List.of(Samples.log()))), "log");
    }

    @Test
    void equalArgumentsGiveEqualBytes() {
        assertArrayEquals(
                Samples.encoder(EmitMode.DUAL).spans(List.of(Samples.span(), Samples.span())),
                Samples.encoder(EmitMode.DUAL).spans(List.of(Samples.span(), Samples.span())));
    }

    @Test
    void theJsonLineReadsBackAsTheSameRequest() throws Exception {
        byte[] spans = Samples.encoder(EmitMode.DUAL).spans(List.of(Samples.span()));
        byte[] logs = Samples.encoder(EmitMode.DUAL).logs(List.of(Samples.log()));

        assertEquals(
                ExportTraceServiceRequest.parseFrom(spans), OtlpJsonReader.read(line(TelemetrySignal.TRACES, spans)));
        assertEquals(ExportLogsServiceRequest.parseFrom(logs), OtlpJsonReader.read(line(TelemetrySignal.LOGS, logs)));
    }

    @Test
    void aLogOfNoInstanceHasNoIds() {
        LogRecord log = new LogRecord(
                1, 2, LogRecord.Severity.INFO, "gateway.started", null, null, new TreeMap<>(), new TreeMap<>());

        String line = line(TelemetrySignal.LOGS, Samples.encoder(EmitMode.DUAL).logs(List.of(log)));

        assertFalse(line.contains("traceId") || line.contains("spanId") || line.contains("flags"), line);
    }

    /** Protobuf writes known fields by number, lengths as short as can be, and no zeros outside a oneof. */
    @Test
    void theBytesAreThoseOfProtobufsOwnWriter() throws Exception {
        Random random = new Random(20260302L);
        OtlpEncoder encoder = Samples.encoder(EmitMode.DUAL);
        for (int round = 0; round < 300; round++) {
            byte[] spans = encoder.spans(List.of(span(random), Samples.span(), span(random)));
            byte[] logs = encoder.logs(List.of(log(random), log(random)));

            assertArrayEquals(ExportTraceServiceRequest.parseFrom(spans).toByteArray(), spans);
            assertArrayEquals(ExportLogsServiceRequest.parseFrom(logs).toByteArray(), logs);
        }
    }

    private static Span span(Random random) {
        return new Span(
                Samples.TRACE,
                Samples.SPAN,
                random.nextBoolean() ? null : Samples.SPAN,
                text(random),
                Span.Kind.values()[random.nextInt(5)],
                random.nextInt(2) * random.nextLong(),
                random.nextInt(2) * random.nextLong(),
                attributes(random),
                List.of(new Span.Event(random.nextInt(3), text(random), attributes(random))),
                List.of(new Span.SpanLink(Samples.TRACE, Samples.SPAN, attributes(random))),
                List.of(Span.Status.UNSET, Span.Status.OK, Span.Status.error(text(random)))
                        .get(random.nextInt(3)));
    }

    private static LogRecord log(Random random) {
        return new LogRecord(
                random.nextInt(2),
                random.nextLong(),
                LogRecord.Severity.values()[random.nextInt(LogRecord.Severity.values().length)],
                text(random),
                random.nextBoolean() ? null : Samples.TRACE,
                random.nextBoolean() ? null : Samples.SPAN,
                attributes(random),
                attributes(random));
    }

    private static SortedMap<String, AttributeValue> attributes(Random random) {
        SortedMap<String, AttributeValue> attributes = new TreeMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            attributes.put(
                    text(random),
                    switch (random.nextInt(5)) {
                        case 0 -> AttributeValue.of(text(random));
                        case 1 -> AttributeValue.of(random.nextInt(3) - 1L);
                        case 2 -> new AttributeValue.Real(random.nextInt(2) * random.nextGaussian());
                        case 3 -> AttributeValue.of(random.nextBoolean());
                        default ->
                            new AttributeValue.Texts(random.nextBoolean() ? List.of() : List.of("", text(random)));
                    });
        }
        return attributes;
    }

    /** Short, empty, long enough for a length of two and of three bytes, and of all planes. */
    private static String text(Random random) {
        return "a\u00e9\u4e2d\ud83d\ude00".repeat(random.nextInt(20) == 0 ? 2_000 : random.nextInt(20));
    }

    private static String line(TelemetrySignal signal, byte[] request) {
        return new String(OtlpJson.line(signal, request), StandardCharsets.UTF_8);
    }

    private static String hash(byte[] request) {
        return HexFormat.of().formatHex(Hashing.sha256(request), 0, 8);
    }
}
