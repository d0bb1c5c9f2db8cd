package io.contextcore.gateway.server;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Rate;
import io.contextcore.gateway.intake.Reason;
import io.contextcore.gateway.intake.SenderAddress;
import io.contextcore.gateway.intake.SenderAddresses;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.pipeline.Receiver;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Requests at the path of a source: reads the body, hands it to the receiver, answers. Keeps nothing between requests. */
final class WebhookHandler implements Handler<RoutingContext> {

    private static final System.Logger LOG = System.getLogger(WebhookHandler.class.getName());

    /** Larger bodies take longer to verify and parse than an event loop should be kept from its other connections. */
    private static final int OFF_LOOP_BYTES = 256 * 1024;

    /**
     * They are read by as many threads as there are processors: more would not be faster, and a tree of tiny members takes
     * tens of times the memory of its text.
     */
    private static final String LARGE = "contextcore-body-worker";

    private static final int DRAINING_RETRY_SECONDS = 10;

    private final Vertx vertx;
    private final WorkerExecutor large;
    private final Receiver receiver;
    private final Limits limits;
    private final Budget budget;
    private final Duration timeout;
    private final Clock clock;
    private final Metrics metrics;
    private final BooleanSupplier draining;
    private final Rate addresses;
    private final SenderAddresses senders;
    private final OpenRequests open;

    WebhookHandler(
            Vertx vertx,
            IntakeServer.Parts parts,
            Budget budget,
            Duration timeout,
            BooleanSupplier draining,
            OpenRequests open) {
        this.vertx = vertx;
        this.large = vertx.createSharedWorkerExecutor(
                LARGE, Math.max(1, Runtime.getRuntime().availableProcessors()));
        this.receiver = parts.receiver();
        this.limits = parts.limits();
        this.clock = parts.clock();
        this.metrics = parts.metrics();
        this.budget = budget;
        this.timeout = timeout;
        this.draining = draining;
        this.senders = parts.senders();
        this.open = open;
        this.addresses = new Rate(limits.addressRequests(), limits.addresses(), clock);
    }

    @Override
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Optional<String> found = receiver.sourceAt(routing.normalizedPath());
        String source = found.orElse("unknown");
        metrics.count(Metric.REQUESTS, 1);
        open.add(request.response());
        SenderAddress sender = sender(request);
        if (draining.getAsBoolean()) {
            finish(request, source, new Outcome.Unavailable(DRAINING_RETRY_SECONDS));
        } else if (!addresses.take(sender.counted())) {
            finish(request, source, new Outcome.Refused(Reason.TOO_MANY, "too many requests from this address"));
        } else if (found.isEmpty()) {
            finish(request, source, new Outcome.Refused(Reason.UNKNOWN_SOURCE, "no source has this name"));
        } else if (!receiver.admits(source, sender.address())) {
            finish(request, source, new Outcome.Refused(Reason.FORBIDDEN, "not from this address"));
        } else if (!request.method().equals(HttpMethod.POST)) {
            finish(request, source, new Outcome.Refused(Reason.METHOD, "webhooks are sent by POST"));
        } else if (announcedBytes(request) > limits.bodyBytes()) {
            finish(request, source, BodyRead.tooLarge(limits));
        } else {
            query(routing).ifPresentOrElse(query -> read(request, source, query), () -> {
                count(source, "undecodable");
                Reply.send(vertx, request, IntakeServer.BAD_PATH);
            });
        }
    }

    /** Empty: it cannot be decoded. */
    private static Optional<Map<String, String>> query(RoutingContext routing) {
        try {
            return Optional.of(single(routing.queryParams()));
        } catch (HttpException e) {
            return Optional.empty();
        }
    }

    private void read(HttpServerRequest request, String source, Map<String, String> query) {
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        long from = clock.elapsedNanos();
        Context context = vertx.getOrCreateContext();
        BodyRead.of(vertx, request, announcedBytes(request), limits, budget, timeout)
                .onSuccess(result -> {
                    metrics.time(Metric.STAGE, clock.elapsedNanos() - from, "read");
                    if (result instanceof BodyRead.Result.Whole whole) {
                        receive(
                                context,
                                request,
                                new IntakeRequest(
                                        source, joined(request.headers()), query, whole.body(), request.uri()));
                    } else if (result instanceof BodyRead.Result.Stopped stopped) {
                        finish(request, source, stopped.outcome());
                    } else {
                        count(source, "gone");
                    }
                });
    }

    private void receive(Context context, HttpServerRequest request, IntakeRequest intake) {
        int bytes = intake.body().length;
        outcome(context, intake).onComplete(done -> {
            budget.giveBack(bytes);
            if (done.succeeded()) {
                finish(request, intake.source(), done.result());
            } else {
                fail(request, intake.source(), done.cause());
            }
        });
    }

    private Future<Outcome> outcome(Context context, IntakeRequest intake) {
        if (intake.body().length > OFF_LOOP_BYTES) {
            return large.executeBlocking(() -> receiver.receive(intake), false)
                    .compose(stage -> Future.fromCompletionStage(stage, context));
        }
        return Future.succeededFuture(intake)
                .compose(small -> Future.fromCompletionStage(receiver.receive(small), context));
    }

    private void finish(HttpServerRequest request, String source, Outcome outcome) {
        if (outcome instanceof Outcome.Several several) {
            // Each call is a delivery, as if it had come alone.
            metrics.count(Metric.REQUESTS, several.calls().size() - 1L);
            several.calls().forEach(call -> count(source, call.label()));
        } else {
            count(source, outcome.label());
        }
        Reply.send(vertx, request, Answer.of(outcome));
    }

    /** A bug, or the disk: the sender learns that it failed, the log why. */
    private void fail(HttpServerRequest request, String source, Throwable cause) {
        LOG.log(Level.ERROR, "a request to source '" + source + "' failed", cause);
        count(source, "error");
        Reply.send(vertx, request, IntakeServer.FAILED);
    }

    /** Names that no source has share one label value, so that strangers cannot make labels. */
    private void count(String source, String outcome) {
        metrics.count(Metric.RECEIVED, 1, receiver.knows(source) ? source : "unknown", outcome);
    }

    private SenderAddress sender(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String connection = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
        return senders.of(connection, joined(request, "forwarded"), joined(request, "x-forwarded-for"));
    }

    private static @Nullable String joined(HttpServerRequest request, String header) {
        List<String> values = request.headers().getAll(header);
        return values.isEmpty() ? null : String.join(",", values);
    }

    private static long announcedBytes(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE; // the parser below refuses what is no number; what is left is too long for a long
        }
    }

    private static Map<String, String> joined(MultiMap headers) {
        Map<String, String> result = new LinkedHashMap<>();
        headers.forEach((name, value) -> result.merge(name.toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b));
        return result;
    }

    private static Map<String, String> single(MultiMap query) {
        Map<String, String> result = new LinkedHashMap<>();
        query.forEach(result::putIfAbsent);
        return result;
    }
}
