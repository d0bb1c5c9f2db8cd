package io.contextcore.gateway.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.contextcore.gateway.model.TelemetrySignal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/**
 * What a receiver said about a request that it accepted.
 *
 * @param rejected items that it did not take; 0 with a message is a warning
 * @param message empty where it had nothing to say
 */
public record ExportResponse(long rejected, String message) {

    /** Everything taken, nothing to say. */
    public static final ExportResponse COMPLETE = new ExportResponse(0, "");

    /**
     * Reads a response. One that cannot be read means {@link #COMPLETE}: the status said that the request was accepted, and
     * sending it again would only make it twice.
     */
    public static ExportResponse decode(TelemetrySignal signal, byte[] response) {
        try {
            return switch (signal) {
                case TRACES -> of(ExportTraceServiceResponse.parseFrom(response).getPartialSuccess());
                case LOGS -> of(ExportLogsServiceResponse.parseFrom(response).getPartialSuccess());
            };
        } catch (InvalidProtocolBufferException e) {
            return COMPLETE;
        }
    }

    private static ExportResponse of(ExportTracePartialSuccess partial) {
        return new ExportResponse(partial.getRejectedSpans(), partial.getErrorMessage());
    }

    private static ExportResponse of(ExportLogsPartialSuccess partial) {
        return new ExportResponse(partial.getRejectedLogRecords(), partial.getErrorMessage());
    }
}
