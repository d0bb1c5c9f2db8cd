package io.contextcore.gateway.testing;

import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an {@link OtlpReceiver} does with a request. */
public sealed interface Reply {

    /** Takes everything. */
    record Ok() implements Reply {}

    /** Takes the request but not all items. */
    record Partial(long rejected, String message) implements Reply {}

    /** gRPC only: another status than OK, with or without a RetryInfo. */
    record Status(GrpcStatus status, @Nullable Duration retryInfo) implements Reply {}

    /** HTTP only: another status than 200, with or without Retry-After. */
    record Http(int status, @Nullable String retryAfter) implements Reply {}

    /** Never answers. */
    record Stall() implements Reply {}

    /** Closes the connection without an answer. */
    record Reset() implements Reply {}

    /** Sends the head of a good answer, then closes the connection. */
    record ResetAfterHead() implements Reply {}

    /** Sends the head of a good answer, and nothing more. */
    record StallAfterHead() implements Reply {}

    /** A good answer, in pieces with pauses between them. */
    record SlowWriter() implements Reply {}

    /** gRPC only: ends the stream alone, by RST_STREAM. */
    record CloseStream() implements Reply {}

    /** gRPC only: GOAWAY, which says that no stream was looked at. */
    record GoAway() implements Reply {}

    /** Success, with bytes that are no response message. */
    record Malformed() implements Reply {}

    /** HTTP only: success, with this content type and a partial success or a page in it. */
    record Typed(String contentType, long rejected) implements Reply {}
}
