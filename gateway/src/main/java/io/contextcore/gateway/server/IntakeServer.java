package io.contextcore.gateway.server;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.intake.SenderAddresses;
import io.contextcore.gateway.pipeline.Receiver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The port that webhooks come in at: {@code POST /webhooks/{source}}, or the path that a source names; and the calls of a
 * source with an API, whose description is read by GET. Nothing else is there.
 */
public final class IntakeServer {

    static final Answer FAILED = Answer.error(500, "internal", "the request failed here; it may be sent again");
    static final Answer NOT_FOUND = Answer.error(404, "not-found", "nothing is at this path");
    static final Answer BAD_PATH = Answer.error(400, "bad-request", "path or query cannot be decoded");

    /**
     * What the server works with.
     *
     * @param tls null: webhooks come in the clear
     * @param senders finds out where requests come from
     */
    public record Parts(
            Receiver receiver,
            Limits limits,
            SenderAddresses senders,
            @Nullable TlsKeys tls,
            Clock clock,
            Metrics metrics) {}

    private final HttpServers servers;
    private final Listen listen;
    private final AtomicBoolean draining;
    private final OpenRequests open;

    private IntakeServer(HttpServers servers, Listen listen, AtomicBoolean draining, OpenRequests open) {
        this.servers = servers;
        this.listen = listen;
        this.draining = draining;
        this.open = open;
    }

    /** Fails with {@link CannotListen} if the port cannot be had. */
    public static Future<IntakeServer> start(Vertx vertx, Listen listen, Parts parts) {
        Budget budget = new Budget(parts.limits().inFlightBytes());
        AtomicBoolean draining = new AtomicBoolean();
        OpenRequests open = new OpenRequests();
        Router router = router(
                vertx,
                parts.receiver(),
                new WebhookHandler(vertx, parts, budget, listen.requestTimeout(), draining::get, open));
        OpenConnections connections = new OpenConnections(
                listen.connections(),
                parts.limits().addressConnections(),
                parts.senders()::countedConnection,
                parts.metrics());
        return HttpServers.start(vertx, listen, parts.limits().headerBytes(), parts.tls(), connections, router)
                .map(servers -> new IntakeServer(servers, listen, draining, open));
    }

    /** The port that was bound. */
    public int port() {
        return servers.port();
    }

    /** Requests to an intake path that have no answer yet. */
    public long openRequests() {
        return open.count();
    }

    /** Other keys for the connections that come from now on; for a server that was started with some. */
    public Future<Void> renew(TlsKeys tls) {
        return servers.renew(listen, tls);
    }

    /** Refuses new requests with 503 from now on; those under way go on. */
    public void drain() {
        draining.set(true);
    }

    /** Drains, takes no more connections, and completes when the requests under way are answered or their time is over. */
    public Future<Void> shutdown() {
        drain();
        return servers.shutdown();
    }

    private static Router router(Vertx vertx, Receiver receiver, WebhookHandler webhooks) {
        Router router = Router.router(vertx);
        router.route("/webhooks/:source").handler(webhooks);
        router.route().handler(routing -> {
            String path = routing.normalizedPath();
            if (receiver.sourceAt(path).isPresent()) {
                webhooks.handle(routing);
            } else if (routing.request().method().equals(HttpMethod.GET)) {
                Answer found = receiver.documentAt(path).map(Answer::document).orElse(NOT_FOUND);
                Reply.send(vertx, routing.request(), found);
            } else {
                Reply.send(vertx, routing.request(), NOT_FOUND);
            }
        });
        router.errorHandler(400, routing -> Reply.send(vertx, routing.request(), BAD_PATH));
        router.errorHandler(500, routing -> Reply.send(vertx, routing.request(), FAILED));
        return router;
    }
}
