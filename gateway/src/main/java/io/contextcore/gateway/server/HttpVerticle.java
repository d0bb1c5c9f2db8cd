package io.contextcore.gateway.server;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Binds a server to an event loop for its lifetime; nothing else. */
final class HttpVerticle extends VerticleBase {

    private final HttpServerOptions options;
    private final Handler<HttpServerRequest> handler;
    private final Connections connections;
    private final Duration shutdownTimeout;
    private final Consumer<HttpServer> listening;
    private @Nullable HttpServer server;

    /**
     * @param connections those of this event loop
     * @param listening told the server once it listens
     */
    HttpVerticle(
            HttpServerOptions options,
            Handler<HttpServerRequest> handler,
            Connections connections,
            Duration shutdownTimeout,
            Consumer<HttpServer> listening) {
        this.options = options;
        this.handler = handler;
        this.connections = connections;
        this.shutdownTimeout = shutdownTimeout;
        this.listening = listening;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(options)
                .connectionHandler(connections)
                .requestHandler(request -> {
                    connections.headCame(request);
                    handler.handle(request);
                })
                .listen()
                .onSuccess(started -> {
                    server = started;
                    listening.accept(started);
                });
    }

    @Override
    public Future<?> stop() {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(shutdownTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
