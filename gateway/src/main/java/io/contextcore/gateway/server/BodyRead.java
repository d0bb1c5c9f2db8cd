package io.contextcore.gateway.server;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.intake.Reason;
import io.contextcore.gateway.pipeline.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;

/** Reads one body, under the cap, the budget and the clock. Lives on the request's event loop. */
final class BodyRead {

    private static final int RETRY_AFTER_SECONDS = 5;
    /** What is made room for before any byte came, whatever was announced. */
    private static final int FIRST_BYTES = 16 * 1024;

    /** How a read ends. */
    sealed interface Result {

        /** All there. Its bytes stay taken from the budget until they are given back. */
        record Whole(byte[] body) implements Result {}

        /** Given up; the budget has its bytes back. */
        record Stopped(Outcome outcome) implements Result {}

        /** The sender hung up. */
        record Gone() implements Result {}
    }

    private final Limits limits;
    private final Budget budget;
    private byte[] body;
    private int length;
    private final Promise<Result> promise = Promise.promise();

    private BodyRead(Limits limits, Budget budget, int room) {
        this.limits = limits;
        this.budget = budget;
        this.body = new byte[room];
    }

    /** @param announced bytes, if they are known */
    static Future<Result> of(
            Vertx vertx, HttpServerRequest request, long announced, Limits limits, Budget budget, Duration timeout) {
        BodyRead read = new BodyRead(limits, budget, (int) Math.max(0, Math.min(announced, FIRST_BYTES)));
        long timer = vertx.setTimer(
                timeout.toMillis(),
                id -> read.stop(new Outcome.Refused(
                        Reason.TOO_SLOW, "body did not come within " + timeout.toSeconds() + " s")));
        request.exceptionHandler(error -> read.end(new Result.Gone(), true));
        request.handler(read::take);
        request.endHandler(end -> read.end(new Result.Whole(read.taken()), false));
        return read.promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /** What a body over the cap is told, whether it was announced or came. */
    static Outcome tooLarge(Limits limits) {
        return new Outcome.Refused(Reason.TOO_LARGE, "body of more than " + limits.bodyBytes() + " bytes");
    }

    private void take(Buffer chunk) {
        if (promise.future().isComplete()) {
            return;
        }
        if (length + (long) chunk.length() > limits.bodyBytes()) {
            stop(tooLarge(limits));
        } else if (!budget.take(chunk.length())) {
            stop(new Outcome.Unavailable(RETRY_AFTER_SECONDS));
        } else {
            append(chunk);
        }
    }

    private void append(Buffer chunk) {
        int needed = length + chunk.length();
        if (needed > body.length) {
            body = Arrays.copyOf(body, Math.max(needed, Math.min(2 * body.length, limits.bodyBytes())));
        }
        chunk.getBytes(body, length);
        length = needed;
    }

    /** All of it. The request lives on without it. */
    private byte[] taken() {
        byte[] whole = length == body.length ? body : Arrays.copyOf(body, length);
        body = new byte[0];
        return whole;
    }

    private void stop(Outcome outcome) {
        end(new Result.Stopped(outcome), true);
    }

    private void end(Result result, boolean giveBack) {
        if (promise.tryComplete(result) && giveBack) {
            budget.giveBack(length);
        }
    }
}
