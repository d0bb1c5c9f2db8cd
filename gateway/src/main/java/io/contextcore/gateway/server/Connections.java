package io.contextcore.gateway.server;

import io.contextcore.gateway.server.OpenConnections.Limit;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections of one event loop: not more than there may be, and none that lets its next head come in drop by drop. The
 * idle timeout alone sees a byte now and then as life. Used on its event loop only.
 */
final class Connections implements Handler<HttpConnection> {

    private final Vertx vertx;
    private final Listen listen;
    private final OpenConnections open;

    /** By connection that waits for a head: the timer that closes it. */
    private final Map<HttpConnection, Long> waiting = new IdentityHashMap<>();

    /** @param open connections of all event loops */
    Connections(Vertx vertx, Listen listen, OpenConnections open) {
        this.vertx = vertx;
        this.listen = listen;
        this.open = open;
    }

    @Override
    public void handle(HttpConnection connection) {
        SocketAddress remote = connection.remoteAddress();
        String address = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
        Optional<Limit> over = open.opened(address);
        connection.closeHandler(closed -> {
            open.closed(address);
            disarm(connection);
        });
        over.ifPresentOrElse(
                limit -> end(connection, limit), () -> arm(connection, listen.headTimeout(), Limit.HEAD_TIME));
    }

    /** The head of a request is there; after its answer the connection waits for another one. */
    void headCame(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        disarm(connection);
        request.response().endHandler(ended -> arm(connection, listen.idleTimeout(), Limit.IDLE_TIME));
    }

    private void arm(HttpConnection connection, Duration patience, Limit limit) {
        disarm(connection);
        waiting.put(connection, vertx.setTimer(patience.toMillis(), timer -> {
            waiting.remove(connection);
            end(connection, limit);
        }));
    }

    private void end(HttpConnection connection, Limit limit) {
        open.ended(limit);
        connection.close();
    }

    private void disarm(HttpConnection connection) {
        Long timer = waiting.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
