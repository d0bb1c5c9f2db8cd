package io.contextcore.gateway.export;

import io.vertx.grpc.common.GrpcStatus;
import java.util.Locale;

/**
 * The table of what a receiver can answer but success, and what follows. A reason of the dead letters is the row's name.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP specification, Failures</a>
 */
enum Answer {
    /** No connection, no TLS, no address, no status before the time was over, or no whole answer. */
    NO_ANSWER(Verdict.AGAIN),
    /** A success whose body is something else than OTLP: a proxy's page, say, behind which nothing was taken. */
    NOT_OTLP(Verdict.AGAIN),
    GRPC_CANCELLED(Verdict.AGAIN),
    GRPC_UNKNOWN(Verdict.DEAD),
    GRPC_INVALID_ARGUMENT(Verdict.DEAD),
    GRPC_DEADLINE_EXCEEDED(Verdict.AGAIN),
    GRPC_NOT_FOUND(Verdict.DEAD),
    GRPC_ALREADY_EXISTS(Verdict.DEAD),
    GRPC_PERMISSION_DENIED(Verdict.DEAD),
    GRPC_RESOURCE_EXHAUSTED(Verdict.AGAIN_IF_ASKED),
    GRPC_FAILED_PRECONDITION(Verdict.DEAD),
    GRPC_ABORTED(Verdict.AGAIN),
    GRPC_OUT_OF_RANGE(Verdict.AGAIN),
    GRPC_UNIMPLEMENTED(Verdict.DEAD),
    GRPC_INTERNAL(Verdict.DEAD),
    GRPC_UNAVAILABLE(Verdict.AGAIN),
    GRPC_DATA_LOSS(Verdict.AGAIN),
    GRPC_UNAUTHENTICATED(Verdict.DEAD),
    HTTP_413(Verdict.SMALLER),
    /** gzip refused, which every receiver must take; OTLP does not list it among what may be sent again. */
    HTTP_415(Verdict.DEAD),
    HTTP_429(Verdict.AGAIN),
    HTTP_502(Verdict.AGAIN),
    HTTP_503(Verdict.AGAIN),
    HTTP_504(Verdict.AGAIN),
    /** Every other status that is not 2xx; the reason has its number. */
    HTTP_OTHER(Verdict.DEAD);

    /** What becomes of a request that was answered so. */
    enum Verdict {
        /** The same again, after the wait that the receiver asked for, else after the back-off. */
        AGAIN,
        /** The same again if the receiver said when; else as {@link #SMALLER}. */
        AGAIN_IF_ASKED,
        /** In halves; what cannot be halved is a dead letter. */
        SMALLER,
        /** A dead letter. */
        DEAD
    }

    private final Verdict verdict;

    Answer(Verdict verdict) {
        this.verdict = verdict;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Short and stable: {@code grpc-unavailable}. */
    String reason() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Answer of(GrpcStatus status) {
        return valueOf("GRPC_" + status.name());
    }

    static Answer of(int httpStatus) {
        return switch (httpStatus) {
            case 413 -> HTTP_413;
            case 415 -> HTTP_415;
            case 429 -> HTTP_429;
            case 502 -> HTTP_502;
            case 503 -> HTTP_503;
            case 504 -> HTTP_504;
            default -> HTTP_OTHER;
        };
    }
}
