package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.ExportResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * OTLP's rules what to send again, in one place.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP specification, Failures</a>
 */
final class RetryTable {

    private static final Set<GrpcStatus> RETRYABLE = EnumSet.of(
            GrpcStatus.CANCELLED,
            GrpcStatus.DEADLINE_EXCEEDED,
            GrpcStatus.ABORTED,
            GrpcStatus.OUT_OF_RANGE,
            GrpcStatus.UNAVAILABLE,
            GrpcStatus.DATA_LOSS);

    private static final Set<Integer> RETRYABLE_HTTP = Set.of(429, 502, 503, 504);
    private static final int PAYLOAD_TOO_LARGE = 413;

    private RetryTable() {}

    /** The request was accepted; {@code body} is the receiver's response message. */
    static SendResult accepted(TelemetrySignal signal, byte[] body) {
        ExportResponse response = ExportResponse.decode(signal, body);
        return response.equals(ExportResponse.COMPLETE)
                ? new SendResult.Delivered()
                : new SendResult.Partial(Math.max(0, response.rejected()), response.message());
    }

    /**
     * A gRPC status other than OK.
     *
     * @param retryInfoNanos delay of the status's RetryInfo; null where there was none
     */
    static SendResult grpc(GrpcStatus status, String message, @Nullable Long retryInfoNanos) {
        String reason = "grpc-" + status.name().toLowerCase(Locale.ROOT).replace('_', '-');
        boolean exhausted = status == GrpcStatus.RESOURCE_EXHAUSTED;
        if (RETRYABLE.contains(status) || exhausted && retryInfoNanos != null) {
            return new SendResult.Retry(retryInfoNanos, reason, message);
        }
        return new SendResult.Rejected(reason, message, exhausted);
    }

    /**
     * An HTTP status other than 2xx.
     *
     * @param retryAfter the header's value: seconds or a date; null where there was none
     * @param nowNanos epoch nanoseconds, to make a wait of a date
     */
    static SendResult http(int status, String message, @Nullable String retryAfter, long nowNanos) {
        String reason = "http-" + status;
        return RETRYABLE_HTTP.contains(status)
                ? new SendResult.Retry(retryAfterNanos(retryAfter, nowNanos), reason, message)
                : new SendResult.Rejected(reason, message, status == PAYLOAD_TOO_LARGE);
    }

    /** The connection failed, or the time was over, before there was a status. */
    static SendResult noAnswer(Throwable failure) {
        String text = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        return new SendResult.Retry(null, "no-answer", text == null ? name : name + ": " + text);
    }

    /** Null where there is no value, or none that can be read: then the usual backoff counts. */
    static @Nullable Long retryAfterNanos(@Nullable String value, long nowNanos) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        try {
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return TimeUnit.SECONDS.toNanos(Long.parseLong(text));
            }
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            return Math.max(0, Nanos.of(date) - nowNanos);
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return null;
        }
    }
}
