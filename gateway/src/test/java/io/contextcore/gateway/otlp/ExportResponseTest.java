package io.contextcore.gateway.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.contextcore.gateway.model.TelemetrySignal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExportResponseTest {

    @Test
    void partialSuccessIsReadForBothSignals() {
        byte[] traces = ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(2)
                        .setErrorMessage("t"))
                .build()
                .toByteArray();
        byte[] logs = ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                        .setRejectedLogRecords(3)
                        .setErrorMessage("l"))
                .build()
                .toByteArray();

        assertEquals(new ExportResponse(2, "t"), ExportResponse.decode(TelemetrySignal.TRACES, traces));
        assertEquals(new ExportResponse(3, "l"), ExportResponse.decode(TelemetrySignal.LOGS, logs));
    }

    @Test
    void anEmptyOrUnreadableResponseMeansThatAllWasTaken() {
        assertEquals(ExportResponse.COMPLETE, ExportResponse.decode(TelemetrySignal.TRACES, new byte[0]));
        assertEquals(
                ExportResponse.COMPLETE,
                ExportResponse.decode(TelemetrySignal.LOGS, "fine, thanks".getBytes(StandardCharsets.UTF_8)));
    }
}
