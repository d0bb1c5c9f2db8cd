package io.contextcore.gateway.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The port that operators look at: {@code GET /health/live}, {@code /health/ready}, {@code /metrics}, {@code /status},
 * {@code /admin/dead-letters} and {@code /admin/dead-letters/<kind>/<number>}; and {@code POST /admin/reload},
 * {@code /admin/dead-letters/replay} and {@code /admin/dead-letters/drop}.
 * It has no authentication, and so belongs on a loopback or cluster address.
 */
public final class AdminServer {

    private static final System.Logger LOG = System.getLogger(AdminServer.class.getName());

    /** Text format of Prometheus, version 0.0.4. */
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final int HEADER_BYTES = 16 * 1024;

    private static final Answer ONLY_GET = new Answer(
            405,
            Map.of("allow", "GET, HEAD"),
            "application/json",
            "{\"error\":\"method\",\"message\":\"pages of this port are read by GET\"}");

    private static final Answer ONLY_POST = new Answer(
            405, Map.of("allow", "POST"), "application/json", "{\"error\":\"method\",\"message\":\"send a POST\"}");

    private static final Answer NO_BROWSERS = new Answer(
            403,
            Map.of(),
            "application/json",
            "{\"error\":\"origin\",\"message\":\"nothing is done for web pages (expected: no Origin header)\"}");

    /**
     * What the pages show. Called for each request, on a worker thread.
     *
     * @param notReady why no requests should be sent here; empty: ready
     * @param metrics text of the metrics page
     * @param status the status page
     * @param deadLetters what is done with dead letters
     * @param reload reads the mappings again; null: not by this port
     */
    public record Pages(
            Supplier<List<String>> notReady,
            Supplier<String> metrics,
            Supplier<JsonNode> status,
            DeadLetterDesk deadLetters,
            @Nullable Supplier<Done> reload) {}

    /**
     * What became of a wish.
     *
     * @param good whether it was done
     * @param body what is told about it
     */
    public record Done(boolean good, JsonNode body) {}

    private final HttpServers servers;

    private AdminServer(HttpServers servers) {
        this.servers = servers;
    }

    /** Fails with {@link CannotListen} if the port cannot be had. */
    public static Future<AdminServer> start(Vertx vertx, Listen listen, Pages pages) {
        return HttpServers.start(
                        vertx,
                        listen,
                        HEADER_BYTES,
                        null,
                        OpenConnections.of(listen.connections()),
                        router(vertx, pages))
                .map(AdminServer::new);
    }

    /** The port that was bound. */
    public int port() {
        return servers.port();
    }

    public Future<Void> shutdown() {
        return servers.shutdown();
    }

    private static Router router(Vertx vertx, Pages pages) {
        Router router = Router.router(vertx);
        page(vertx, router, "/health/live", () -> Answer.json(200, object().put("status", "live")));
        page(vertx, router, "/health/ready", () -> readiness(pages.notReady().get()));
        page(
                vertx,
                router,
                "/metrics",
                () -> Answer.text(METRICS_TYPE, pages.metrics().get()));
        page(vertx, router, "/status", () -> Answer.json(200, pages.status().get()));
        deadLetters(vertx, router, pages.deadLetters());
        Supplier<Done> reload = pages.reload();
        if (reload != null) {
            action(vertx, router, "/admin/reload", query -> done(reload.get()));
        }
        router.route().handler(routing -> Reply.send(vertx, routing.request(), IntakeServer.NOT_FOUND));
        return router;
    }

    private static void deadLetters(Vertx vertx, Router router, DeadLetterDesk desk) {
        router.route("/admin/dead-letters")
                .handler(routing -> read(vertx, routing, () -> done(desk.list(query(routing)))));
        action(vertx, router, "/admin/dead-letters/replay", query -> done(desk.replay(query)));
        action(vertx, router, "/admin/dead-letters/drop", query -> done(desk.drop(query)));
        router.routeWithRegex("/admin/dead-letters/(?:(?<kind>[a-z]{1,20})/)?(?<number>[0-9]{1,18})")
                .handler(routing -> {
                    String kind = routing.pathParam("kind");
                    long number = Long.parseLong(routing.pathParam("number"));
                    read(
                            vertx,
                            routing,
                            () -> desk.show(kind == null ? "delivery" : kind, number)
                                    .map(letter -> Answer.json(200, letter))
                                    .orElse(IntakeServer.NOT_FOUND));
                });
    }

    /** Of a name that is given often, the first counts. */
    private static Map<String, String> query(RoutingContext routing) {
        return routing.queryParams().entries().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }

    private static Answer readiness(List<String> reasons) {
        if (reasons.isEmpty()) {
            return Answer.json(200, object().put("status", "ready"));
        }
        ObjectNode body = object().put("status", "not-ready");
        ArrayNode list = body.putArray("reasons");
        reasons.forEach(list::add);
        return Answer.json(503, body);
    }

    private static void page(Vertx vertx, Router router, String path, Supplier<Answer> page) {
        router.route(path).handler(routing -> read(vertx, routing, page));
    }

    private static void read(Vertx vertx, RoutingContext routing, Supplier<Answer> page) {
        HttpMethod method = routing.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            show(vertx, routing, page);
        } else {
            Reply.send(vertx, routing.request(), ONLY_GET);
        }
    }

    /** 422: the wish was understood, and refused for what the body tells. */
    private static Answer done(Done done) {
        return Answer.json(done.good() ? 200 : 422, done.body());
    }

    /** A page in somebody's browser could send a POST to a loopback address: browsers say so, and are refused. */
    private static void action(Vertx vertx, Router router, String path, Function<Map<String, String>, Answer> action) {
        router.route(path).handler(routing -> {
            if (!routing.request().method().equals(HttpMethod.POST)) {
                Reply.send(vertx, routing.request(), ONLY_POST);
            } else if (routing.request().headers().contains(HttpHeaders.ORIGIN)) {
                Reply.send(vertx, routing.request(), NO_BROWSERS);
            } else {
                show(vertx, routing, () -> action.apply(query(routing)));
            }
        });
    }

    private static void show(Vertx vertx, RoutingContext routing, Supplier<Answer> page) {
        vertx.executeBlocking(page::get, false)
                .otherwise(error -> {
                    LOG.log(Level.ERROR, "page " + routing.normalizedPath() + " failed", error);
                    return IntakeServer.FAILED;
                })
                .onSuccess(answer -> Reply.send(vertx, routing.request(), answer));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
