package io.contextcore.gateway.server;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of one event loop: not more than there may be, and none that lets its next head come in drop by drop. The
 * idle timeout alone sees a byte now and then as life. Used on its event loop only.
 */
final class Connections implements Handler<HttpConnection> {

    private final Vertx vertx;
    private final Listen listen;
    private final AtomicInteger open;

    /** By connection that waits for a head: the timer that closes it. */
    private final Map<HttpConnection, Long> waiting = new IdentityHashMap<>();

    /** @param open connections of all event loops */
    Connections(Vertx vertx, Listen listen, AtomicInteger open) {
        this.vertx = vertx;
        this.listen = listen;
        this.open = open;
    }

    @Override
    public void handle(HttpConnection connection) {
        boolean room = open.incrementAndGet() <= listen.connections();
        connection.closeHandler(closed -> {
            open.decrementAndGet();
            disarm(connection);
        });
        if (room) {
            arm(connection, listen.headTimeout());
        } else {
            connection.close();
        }
    }

    /** The head of a request is there; after its answer the connection waits for another one. */
    void headCame(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        disarm(connection);
        request.response().endHandler(ended -> arm(connection, listen.idleTimeout()));
    }

    private void arm(HttpConnection connection, Duration patience) {
        disarm(connection);
        waiting.put(connection, vertx.setTimer(patience.toMillis(), timer -> {
            waiting.remove(connection);
            connection.close();
        }));
    }

    private void disarm(HttpConnection connection) {
        Long timer = waiting.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
