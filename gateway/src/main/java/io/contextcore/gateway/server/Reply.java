package io.contextcore.gateway.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes answers. */
final class Reply {

    /** A sender whose body is not wanted any more may finish for so long; closing at once could lose it the answer. */
    private static final long LINGER_MILLIS = 1_000;

    private Reply() {}

    /** Writes the answer, once; later ones are dropped. */
    static void send(Vertx vertx, HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        boolean unread = !request.isEnded();
        if (unread) {
            response.putHeader("connection", "close");
        }
        if (answer.body().isEmpty()) {
            response.end();
        } else {
            response.putHeader("content-type", answer.type()).end(answer.body());
        }
        if (unread) {
            lingerAndClose(vertx, request);
        }
    }

    private static void lingerAndClose(Vertx vertx, HttpServerRequest request) {
        request.handler(discarded -> {});
        long timer = vertx.setTimer(LINGER_MILLIS, id -> request.connection().close());
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            request.connection().close();
        });
    }
}
