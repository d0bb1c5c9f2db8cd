package io.contextcore.gateway.app;

import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.server.BadTlsFiles;
import io.contextcore.gateway.server.TlsFiles;
import io.contextcore.gateway.server.TlsKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of the intake, where there is any. Follows its files while the gateway runs: connections that come from then on see
 * what is new, those that are there stay. What cannot be used changes nothing; log and metric tell.
 */
final class IntakeTls {

    private static final Logger LOG = System.getLogger(IntakeTls.class.getName());
    private static final double SECOND_MILLIS = 1_000;

    private final Vertx vertx;
    private final @Nullable TlsFiles files;
    private final Metrics metrics;
    private @Nullable TlsKeys inUse;
    private @Nullable Function<TlsKeys, Future<Void>> use;

    /** @throws CannotStart if there are files and they cannot be used */
    IntakeTls(Vertx vertx, Optional<TlsFiles> files, Metrics metrics) {
        this.vertx = vertx;
        this.files = files.orElse(null);
        this.metrics = metrics;
        if (this.files != null) {
            inUse = first(this.files);
        }
    }

    private TlsKeys first(TlsFiles from) {
        try {
            return TlsKeys.read(vertx, from);
        } catch (BadTlsFiles e) {
            throw new CannotStart("http.tls", String.valueOf(e.getMessage()), e);
        }
    }

    /** Null: webhooks come in the clear. */
    synchronized @Nullable TlsKeys keys() {
        return inUse;
    }

    /**
     * Looks at the files at intervals from now on.
     *
     * @param port what the port does with other keys
     */
    synchronized void follow(Function<TlsKeys, Future<Void>> port, long intervalMillis) {
        TlsFiles watched = files;
        if (watched == null || inUse == null) {
            return;
        }
        use = port;
        tellExpiry(inUse);
        FileWatch watch = new FileWatch(watched::all);
        vertx.setPeriodic(
                intervalMillis,
                timer -> vertx.executeBlocking(() -> {
                    if (watch.hasChanged()) {
                        look();
                    }
                    return null;
                }));
    }

    /** Reads the files, and uses what is in them if that is another than before. */
    synchronized void look() {
        if (files == null || inUse == null || use == null) {
            return;
        }
        try {
            TlsKeys next = TlsKeys.read(vertx, files);
            if (!next.isSameAs(inUse)) {
                inUse = next;
                use.apply(next).onSuccess(done -> renewed(next)).onFailure(this::failed);
            }
        } catch (BadTlsFiles e) {
            metrics.count(Metric.CERTIFICATES, 1, "refused");
            LOG.log(Level.ERROR, "the former certificate stays in use: " + e.getMessage());
        }
    }

    private void renewed(TlsKeys next) {
        metrics.count(Metric.CERTIFICATES, 1, "loaded");
        LOG.log(Level.INFO, "another certificate is in use, until " + Instant.ofEpochMilli(next.expiresMillis()));
        tellExpiry(next);
    }

    /** By a bug, for it was tried before. */
    private void failed(Throwable cause) {
        metrics.count(Metric.CERTIFICATES, 1, "failed");
        LOG.log(Level.ERROR, "the former certificate stays in use", cause);
    }

    private void tellExpiry(TlsKeys keys) {
        metrics.gauge(Metric.CERTIFICATE_EXPIRES, keys.expiresMillis() / SECOND_MILLIS);
    }
}
