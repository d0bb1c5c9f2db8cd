package io.contextcore.gateway.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One port, bound on several event loops.
 *
 * @param deployment id of its verticles
 * @param port the port that was bound
 */
record HttpServers(Vertx vertx, String deployment, int port) {

    /** Fails with {@link CannotListen} if the port cannot be had. */
    static Future<HttpServers> start(Vertx vertx, Listen listen, int headerBytes, Handler<HttpServerRequest> handler) {
        HttpServerOptions options = options(listen, headerBytes);
        AtomicInteger open = new AtomicInteger();
        AtomicInteger port = new AtomicInteger();
        return vertx.deployVerticle(
                        () -> new HttpVerticle(
                                options, handler, new Connections(vertx, listen, open), listen.shutdownTimeout(), port),
                        new DeploymentOptions().setInstances(instances(listen)))
                .map(deployment -> new HttpServers(vertx, deployment, port.get()))
                .recover(error -> Future.failedFuture(new CannotListen(listen.host(), listen.port(), error)));
    }

    /** Each event loop that asks for any free port would get one of its own. */
    private static int instances(Listen listen) {
        return listen.port() == 0 ? 1 : listen.eventLoops();
    }

    /** HTTP/1.1 without extras: no compression in either direction, no HTTP/2 in the clear, no WebSockets, no automatic 100. */
    private static HttpServerOptions options(Listen listen, int headerBytes) {
        return new HttpServerOptions()
                .setHost(listen.host())
                .setPort(listen.port())
                .setMaxHeaderSize(headerBytes)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(listen.idleTimeout().toMillis()))
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpKeepAlive(true);
    }

    /** Takes no more connections; completes when the requests under way are answered or their time is over. */
    Future<Void> shutdown() {
        return vertx.undeploy(deployment);
    }
}
