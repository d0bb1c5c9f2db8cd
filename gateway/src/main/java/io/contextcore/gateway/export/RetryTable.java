package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.otlp.ExportResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * OTLP's rules what to send again: finds the row of {@link Answer} and makes a result of it.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP specification, Failures</a>
 */
final class RetryTable {

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
        Answer answer = Answer.of(status);
        return result(answer, answer.reason(), message, retryInfoNanos);
    }

    /**
     * An HTTP status other than 2xx.
     *
     * @param retryAfter the header's value: seconds or a date; null where there was none
     * @param nowNanos epoch nanoseconds, to make a wait of a date
     */
    static SendResult http(int status, String message, @Nullable String retryAfter, long nowNanos) {
        return result(Answer.of(status), "http-" + status, message, retryAfterNanos(retryAfter, nowNanos));
    }

    /** The status says success, the body that nobody of OTLP has answered. */
    static SendResult notOtlp(String detail) {
        return result(Answer.NOT_OTLP, Answer.NOT_OTLP.reason(), detail, null);
    }

    /** The connection failed, or the time was over, before there was a status. */
    static SendResult noAnswer(Throwable failure) {
        String text = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        return result(Answer.NO_ANSWER, Answer.NO_ANSWER.reason(), text == null ? name : name + ": " + text, null);
    }

    private static SendResult result(Answer answer, String reason, String detail, @Nullable Long askedNanos) {
        return switch (answer.verdict()) {
            case AGAIN -> new SendResult.Retry(askedNanos, reason, detail);
            case AGAIN_IF_ASKED ->
                askedNanos == null
                        ? new SendResult.Rejected(reason, detail, true)
                        : new SendResult.Retry(askedNanos, reason, detail);
            case SMALLER -> new SendResult.Rejected(reason, detail, true);
            case DEAD -> new SendResult.Rejected(reason, detail, false);
        };
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
