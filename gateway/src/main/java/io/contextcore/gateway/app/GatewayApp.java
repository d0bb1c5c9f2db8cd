package io.contextcore.gateway.app;

import io.contextcore.gateway.app.metrics.Balances;
import io.contextcore.gateway.app.metrics.PrometheusMetrics;
import io.contextcore.gateway.app.settings.Settings;
import io.contextcore.gateway.app.tracing.OwnSpans;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Problems;
import io.contextcore.gateway.base.Randomness;
import io.contextcore.gateway.base.Tracing;
import io.contextcore.gateway.export.ExportOptions;
import io.contextcore.gateway.export.Exporter;
import io.contextcore.gateway.export.OtlpSenders;
import io.contextcore.gateway.export.Sender;
import io.contextcore.gateway.intake.SenderAddresses;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.StrictJson;
import io.contextcore.gateway.model.TelemetrySignal;
import io.contextcore.gateway.pipeline.Pipeline;
import io.contextcore.gateway.pipeline.Plan;
import io.contextcore.gateway.server.AdminServer;
import io.contextcore.gateway.server.CannotListen;
import io.contextcore.gateway.server.DeadLetterDesk;
import io.contextcore.gateway.server.IntakeServer;
import io.contextcore.gateway.server.Listen;
import io.contextcore.gateway.store.RocksStore;
import io.contextcore.gateway.store.Store;
import io.contextcore.gateway.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gateway, running. Started from the store to the intake port, stopped the other way round: nothing is let in before
 * it can be kept, and what was let in is finished first. A start that fails closes what it opened.
 */
public final class GatewayApp implements AutoCloseable {

    private static final Logger LOG = System.getLogger(GatewayApp.class.getName());
    private static final long FAILURE_CHECK_MILLIS = 1_000;
    private static final long WATCH_MILLIS = 1_000;
    private static final long BALANCE_MILLIS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** It would be a folder of temporary files that a killed process leaves behind, for files of the class path that we do not serve. */
    private static final FileSystemOptions NO_CACHE =
            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);

    private final Parts parts;
    private final Closers closers = new Closers();
    private final PrometheusMetrics metrics = new PrometheusMetrics();
    private final Readiness readiness = new Readiness();
    private final StopTime stopTime;
    private @Nullable Reloader reload;
    private int intakePort;
    private int adminPort;
    private volatile @Nullable Plan inUse;
    private volatile @Nullable IntakeServer server;

    /**
     * What the gateway is made of.
     *
     * @param version of the gateway
     * @param watch hears of answers and steps
     */
    public record Parts(
            Settings settings, Program program, String version, Clock clock, Randomness randomness, Watch watch) {}

    private GatewayApp(Parts parts) {
        this.parts = parts;
        this.stopTime = new StopTime(parts.clock(), parts.settings().stopTimeout());
    }

    /**
     * Starts everything and returns when requests are taken.
     *
     * @throws CannotStart if a port is taken, the data folder cannot be used, or the export file cannot be written
     * @throws io.contextcore.gateway.base.InvalidFiles if a source names a kind that there is not, or a lifecycle has another
     *     shape than the one by which the data folder's instances live
     */
    public static GatewayApp start(Parts parts) {
        GatewayApp app = new GatewayApp(parts);
        boolean started = false;
        try {
            app.open();
            started = true;
            return app;
        } finally {
            if (!started) {
                app.closers.closeAll();
            }
        }
    }

    /**
     * What can be checked without opening a port or the data folder.
     *
     * @throws io.contextcore.gateway.base.InvalidFiles if a source names a kind that there is not, or a file of TLS cannot be
     *     used
     */
    public static void check(Parts parts) {
        Settings settings = parts.settings();
        Problems problems = new Problems();
        try {
            Plans.of(settings, Sources.of(settings, parts.program()), parts.version(), parts.clock());
        } catch (InvalidFiles e) {
            problems.addAll(e.problems());
        }
        Vertx vertx = Vertx.vertx();
        try {
            Certificates.check(vertx, settings, problems);
        } finally {
            await(vertx.close());
        }
        problems.throwIfAny();
    }

    /** Reads the mappings again, because the process was sent a signal; what comes of it is told in log, status and metrics. */
    public void reloadBySignal() {
        if (reload != null) {
            reload.reload(Reload.Cause.SIGNAL);
        }
    }

    /** The port that webhooks come in on. */
    public int intakePort() {
        return intakePort;
    }

    /** The port of health and metrics. */
    public int adminPort() {
        return adminPort;
    }

    /**
     * Is ready no more, answers the requests under way, finishes the step in hand, sends what it can, and lets go of the data
     * folder, all in the time that the settings give. What was not sent waits there. May be called more than once.
     */
    @Override
    public synchronized void close() {
        stopTime.begin();
        readiness.isStopping();
        closers.closeAll();
    }

    private void open() {
        Settings settings = parts.settings();
        Sources.Loaded loaded = Sources.of(settings, parts.program());
        Plan plan = Plans.of(settings, loaded, parts.version(), parts.clock());
        inUse = plan;
        closers.add("metrics", metrics::close);
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(false)
                .setFileSystemOptions(NO_CACHE)
                .setAddressResolverOptions(OtlpSenders.resolver()));
        closers.add("event loops", () -> await(vertx.close()));
        IntakeTls tls = new IntakeTls(vertx, settings.guard().tls(), metrics);
        Senders senders = new Senders(vertx, settings, parts.version(), parts.clock());
        Tracing tracing = tracing(senders);
        Store store = store(settings);
        Shapes shapes = new Shapes(settings.data());
        keep(shapes, parts.program());
        Sender sender = senders.telemetry();
        closers.add("sender", () -> await(sender.close()));
        Exporter exporter = new Exporter(
                vertx,
                store.outbox(),
                sender,
                source -> Objects.requireNonNull(inUse, "the plan is there before anything is sent")
                        .headers()
                        .getOrDefault(source, Map.of()),
                ExportOptions.defaults(),
                parts.clock(),
                parts.randomness(),
                metrics,
                tracing);
        Pipeline pipeline = new Pipeline(plan, store, parts.clock(), metrics, tracing, parts.watch());
        Reloader reloader = reloader(loaded, pipeline, shapes, tls);
        reload = reloader;
        ReloadPages mappings = new ReloadPages(reloader);
        DeadLetterPages deadLetters = new DeadLetterPages(store, pipeline::wish);
        Pages pages = new Pages(store, exporter, this::openRequests, metrics, mappings, parts.clock());
        admin(vertx, settings, deadLetters, pages, mappings);
        closers.add("watch", () -> parts.watch().atRest(pages::metrics));
        closers.add("exporter", () -> await(exporter.drain(stopTime.forSending().toNanos()), stopPatience()));
        closers.add("pipeline", pipeline::close);
        exporter.start();
        pipeline.start();
        intake(vertx, settings, pipeline, tls);
        Supplier<Optional<Failure>> failure = () -> Failure.of(store.failure(), pipeline.failure());
        readiness.isReady(failure);
        tellFailure(vertx, failure);
        Refusals refusals = new Refusals();
        vertx.setPeriodic(FAILURE_CHECK_MILLIS, timer -> refusals.look(store.refusal()));
        vertx.executeBlocking(() -> {
            metrics.showPlatform();
            return metrics;
        });
        Balances balances = new Balances(metrics);
        vertx.setPeriodic(BALANCE_MILLIS, timer -> {
            pages.whatWaits();
            balances.look();
        });
        if (settings.reload().watch()) {
            watch(vertx, reloader);
        }
    }

    private Store store(Settings settings) {
        Path folder = settings.data();
        try {
            Files.createDirectories(folder);
            Store store = RocksStore.open(folder, parts.clock(), settings.store(), StrictJson::reread, metrics);
            closers.add("store", store::close);
            countRecovered(store.recovered());
            return store;
        } catch (IOException e) {
            throw new CannotStart("data.folder", "cannot make the folder " + folder + ": " + e.getMessage(), e);
        } catch (StoreException e) {
            throw new CannotStart("data.folder", String.valueOf(e.getMessage()), e);
        }
    }

    private static void keep(Shapes shapes, Program program) {
        try {
            shapes.keep(program);
        } catch (IOException e) {
            throw new CannotStart("data.folder", "cannot keep what lifecycles are: " + e.getMessage(), e);
        }
    }

    private void countRecovered(Store.Recovered recovered) {
        metrics.count(Metric.RECOVERED_DELIVERIES, recovered.deliveries());
        metrics.count(Metric.RECOVERED_ITEMS, recovered.traceItems(), TelemetrySignal.TRACES.label());
        metrics.count(Metric.RECOVERED_ITEMS, recovered.logItems(), TelemetrySignal.LOGS.label());
    }

    private Tracing tracing(Senders senders) {
        OwnSpans spans = senders.ownSpans();
        if (spans == null) {
            return Tracing.none();
        }
        closers.add("own spans", () -> spans.close(stopTime.forSending()));
        return spans;
    }

    private Reloader reloader(Sources.Loaded loaded, Pipeline pipeline, Shapes shapes, IntakeTls tls) {
        Settings settings = parts.settings();
        return new Reloader(
                loaded,
                () -> {
                    tls.look();
                    return Sources.load(settings);
                },
                next -> {
                    Plan plan = Plans.of(settings, next, parts.version(), parts.clock());
                    keep(shapes, next.program());
                    return plan;
                },
                plan -> {
                    Plan next = plan.after(Objects.requireNonNull(inUse, "the first plan is in use before another"));
                    inUse = next;
                    pipeline.follow(next);
                },
                parts.clock(),
                metrics);
    }

    private void watch(Vertx vertx, Reloader reloader) {
        FileWatch files = new FileWatch(() -> {
            Set<Path> places = new TreeSet<>(parts.settings().mappings());
            places.addAll(reloader.state().loaded().secretFiles());
            return places;
        });
        vertx.setPeriodic(
                WATCH_MILLIS,
                timer -> vertx.executeBlocking(() -> files.hasChanged() ? reloader.reload(Reload.Cause.WATCH) : null));
    }

    /** Readiness tells it to whoever asks; the log tells it to whoever looks for the reason. Once. */
    private static void tellFailure(Vertx vertx, Supplier<Optional<Failure>> failed) {
        vertx.setPeriodic(
                FAILURE_CHECK_MILLIS,
                timer -> failed.get().ifPresent(failure -> {
                    vertx.cancelTimer(timer);
                    LOG.log(Level.ERROR, failure.logLine(), failure.cause());
                }));
    }

    private void admin(Vertx vertx, Settings settings, DeadLetterDesk deadLetters, Pages pages, ReloadPages mappings) {
        AdminServer admin = listening(
                settings.admin(),
                AdminServer.start(
                        vertx,
                        listen(settings.admin(), 1),
                        new AdminServer.Pages(
                                readiness::reasons,
                                pages::metrics,
                                pages::status,
                                deadLetters,
                                settings.reload().http() ? mappings::reload : null)));
        closers.add("admin port", () -> await(admin.shutdown()));
        adminPort = admin.port();
    }

    private void intake(Vertx vertx, Settings settings, Pipeline pipeline, IntakeTls tls) {
        IntakeServer intake = listening(
                settings.intake(),
                IntakeServer.start(
                        vertx,
                        listen(settings.intake(), eventLoops()),
                        new IntakeServer.Parts(
                                new WatchedReceiver(pipeline, parts.watch()),
                                settings.limits(),
                                new SenderAddresses(settings.guard().trustedProxies()),
                                tls.keys(),
                                parts.clock(),
                                metrics)));
        server = intake;
        closers.add("intake port", () -> await(intake.shutdown(), stopPatience()));
        intakePort = intake.port();
        tls.follow(intake::renew, WATCH_MILLIS);
    }

    private long openRequests() {
        IntakeServer intake = server;
        return intake == null ? 0 : intake.openRequests();
    }

    /** Requests under way have their part of the time that a stop may take. */
    private Listen listen(Settings.Listen setting, int eventLoops) {
        Limits limits = parts.settings().limits();
        return new Listen(
                setting.host(),
                setting.port(),
                eventLoops,
                Duration.ofNanos(limits.bodyTimeNanos()),
                Duration.ofNanos(limits.idleTimeNanos()),
                Duration.ofNanos(limits.headTimeNanos()),
                limits.connections(),
                stopTime.forRequests());
    }

    /** What has a deadline of its own is given a little longer. */
    private Duration stopPatience() {
        return parts.settings().stopTimeout().plus(PATIENCE);
    }

    private static int eventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors());
    }

    private static <T> T listening(Settings.Listen setting, Future<T> start) {
        try {
            return await(start);
        } catch (CompletionException e) {
            if (e.getCause() instanceof CannotListen taken) {
                throw new CannotStart(
                        setting.setting(), setting.saidAt(), taken.getMessage() + " (expected: a free port)", taken);
            }
            throw e;
        }
    }

    /** @throws CompletionException with the cause that the future failed with */
    private static <T> T await(Future<T> future) {
        return await(future, PATIENCE);
    }

    private static <T> T await(Future<T> future, Duration patience) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new CompletionException("took more than " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
