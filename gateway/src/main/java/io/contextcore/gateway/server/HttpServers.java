package io.contextcore.gateway.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One port, bound on several event loops.
 *
 * @param deployment id of its verticles
 * @param server one of those that share the port
 */
record HttpServers(Vertx vertx, String deployment, HttpServer server) {

    /** Silence between requests is ended by {@link Connections}, which counts it; this is for silence within one. */
    private static final Duration IDLE_GRACE = Duration.ofSeconds(1);

    /** Fails with {@link CannotListen} if the port cannot be had. */
    static Future<HttpServers> start(
            Vertx vertx,
            Listen listen,
            int headerBytes,
            @Nullable TlsKeys tls,
            OpenConnections open,
            Handler<HttpServerRequest> handler) {
        HttpServerOptions options = options(listen, headerBytes);
        if (tls != null) {
            secure(options, listen, tls.options());
        }
        AtomicReference<@Nullable HttpServer> server = new AtomicReference<>();
        return vertx.deployVerticle(
                        () -> new HttpVerticle(
                                options,
                                handler,
                                new Connections(vertx, listen, open),
                                listen.shutdownTimeout(),
                                server::set),
                        new DeploymentOptions().setInstances(instances(listen)))
                .map(deployment ->
                        new HttpServers(vertx, deployment, Objects.requireNonNull(server.get(), "one of them listens")))
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
                .setIdleTimeout(
                        Math.toIntExact(listen.idleTimeout().plus(IDLE_GRACE).toMillis()))
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpKeepAlive(true);
    }

    /** HTTP/1.1 alone is offered, as without TLS. A handshake may take as long as a head. */
    private static void secure(HttpServerOptions options, Listen listen, ServerSSLOptions tls) {
        options.setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(tls.getKeyCertOptions())
                .setTrustOptions(tls.getTrustOptions())
                .setClientAuth(tls.getClientAuth())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(listen.headTimeout().toMillis())
                .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols());
    }

    /** The port that was bound. */
    int port() {
        return server.actualPort();
    }

    /** Connections from now on see these; the port stays open and connections stay. */
    Future<Void> renew(Listen listen, TlsKeys tls) {
        ServerSSLOptions options = tls.options()
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(listen.headTimeout().toMillis());
        return server.updateSSLOptions(options).mapEmpty();
    }

    /** Takes no more connections; completes when the requests under way are answered or their time is over. */
    Future<Void> shutdown() {
        return vertx.undeploy(deployment);
    }
}
