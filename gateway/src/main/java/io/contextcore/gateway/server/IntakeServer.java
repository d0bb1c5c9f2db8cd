package io.contextcore.gateway.server;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.pipeline.Receiver;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The port that webhooks come in at: {@code POST /webhooks/{source}}, and nothing else. */
public final class IntakeServer {

    static final Answer FAILED = Answer.error(500, "internal", "the request failed here; it may be sent again");
    static final Answer NOT_FOUND = Answer.error(404, "not-found", "nothing is at this path");
    private static final Answer BAD_PATH = Answer.error(400, "bad-request", "path or query cannot be decoded");

    /** What the server works with. */
    public record Parts(Receiver receiver, Limits limits, Clock clock, Metrics metrics) {}

    private final Vertx vertx;
    private final String deployment;
    private final int port;
    private final AtomicBoolean draining;

    private IntakeServer(Vertx vertx, String deployment, int port, AtomicBoolean draining) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
        this.draining = draining;
    }

    /** Fails with {@link CannotListen} if the port cannot be had. */
    public static Future<IntakeServer> start(Vertx vertx, Listen listen, Parts parts) {
        Budget budget = new Budget(parts.limits().inFlightBytes());
        AtomicBoolean draining = new AtomicBoolean();
        AtomicInteger port = new AtomicInteger();
        Router router = router(vertx, new WebhookHandler(vertx, parts, budget, listen.requestTimeout(), draining::get));
        return vertx.deployVerticle(
                        () -> new HttpVerticle(options(listen, parts.limits()), router, listen.shutdownTimeout(), port),
                        new DeploymentOptions().setInstances(listen.eventLoops()))
                .recover(error -> Future.failedFuture(new CannotListen(listen.host(), listen.port(), error)))
                .map(deployment -> new IntakeServer(vertx, deployment, port.get(), draining));
    }

    /** The port that was bound. */
    public int port() {
        return port;
    }

    /** Refuses new requests with 503 from now on; those under way go on. */
    public void drain() {
        draining.set(true);
    }

    /** Drains, takes no more connections, and completes when the requests under way are answered or their time is over. */
    public Future<Void> shutdown() {
        drain();
        return vertx.undeploy(deployment);
    }

    private static Router router(Vertx vertx, WebhookHandler webhooks) {
        Router router = Router.router(vertx);
        router.route("/webhooks/:source").handler(webhooks);
        router.route().handler(routing -> Reply.send(vertx, routing.request(), NOT_FOUND));
        router.errorHandler(400, routing -> Reply.send(vertx, routing.request(), BAD_PATH));
        router.errorHandler(500, routing -> Reply.send(vertx, routing.request(), FAILED));
        return router;
    }

    private static HttpServerOptions options(Listen listen, Limits limits) {
        return HttpVerticle.options(listen)
                .setMaxHeaderSize(limits.headerBytes())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(listen.idleTimeout().toMillis()));
    }
}
