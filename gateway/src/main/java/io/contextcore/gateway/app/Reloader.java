package io.contextcore.gateway.app;

import io.contextcore.gateway.app.Reload.Cause;
import io.contextcore.gateway.app.Reload.Result;
import io.contextcore.gateway.app.Sources.Loaded;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.InvalidFiles;
import io.contextcore.gateway.base.Metric;
import io.contextcore.gateway.base.Metrics;
import io.contextcore.gateway.base.Problem;
import io.contextcore.gateway.pipeline.Plan;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the mappings, and the secrets of the sources, again while the gateway runs. Either all of them are taken at once, or none: whatever is wrong, what
 * runs goes on. One reload at a time; a second one waits, for the first may have read the files before they changed.
 */
final class Reloader {

    private static final Logger LOG = System.getLogger(Reloader.class.getName());
    private static final int MOST_LOGGED = 100;

    private final Supplier<Loaded> load;
    private final Function<Loaded, Plan> plan;
    private final Consumer<Plan> follow;
    private final Clock clock;
    private final Metrics metrics;
    private volatile State state;

    /**
     * What is in use, and what was last wished.
     *
     * @param loadedNanos since when it is in use
     * @param last null: none was wished since the start
     */
    record State(Loaded loaded, long loadedNanos, @Nullable Reload last) {

        String fingerprint() {
            return loaded.program().fingerprint();
        }
    }

    /**
     * @param load reads the files, those of secrets too
     * @param plan what hangs on a program and its sources
     * @param follow puts a plan to use
     */
    Reloader(
            Loaded running,
            Supplier<Loaded> load,
            Function<Loaded, Plan> plan,
            Consumer<Plan> follow,
            Clock clock,
            Metrics metrics) {
        this.load = load;
        this.plan = plan;
        this.follow = follow;
        this.clock = clock;
        this.metrics = metrics;
        this.state = new State(running, clock.epochNanos(), null);
    }

    State state() {
        return state;
    }

    /** Never throws: who asks may be a signal or a timer, and what runs must go on. */
    synchronized Reload reload(Cause cause) {
        Reload reload = attempt(cause);
        state = new State(state.loaded(), state.loadedNanos(), reload);
        metrics.count(Metric.RELOADS, 1, reload.result().word());
        tell(reload);
        return reload;
    }

    private Reload attempt(Cause cause) {
        try {
            Loaded next = load.get();
            Loaded former = state.loaded();
            if (next.isSameAs(former)) {
                return ended(cause, Result.UNCHANGED, List.of());
            }
            follow.accept(plan.apply(next));
            state = new State(next, clock.epochNanos(), null);
            return new Reload(cause, Result.LOADED, clock.epochNanos(), List.of(), next.renewed(former));
        } catch (InvalidFiles e) {
            return ended(cause, Result.REFUSED, e.problems());
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            LOG.log(Level.ERROR, "reading the mappings again failed by a bug", e);
            return ended(cause, Result.FAILED, List.of());
        }
    }

    private Reload ended(Cause cause, Result result, List<Problem> problems) {
        return new Reload(cause, result, clock.epochNanos(), problems, List.of());
    }

    private void tell(Reload reload) {
        String by = "reload by " + reload.cause().word() + ": ";
        String fingerprint = state.fingerprint();
        switch (reload.result()) {
            case LOADED -> LOG.log(Level.INFO, by + "mappings " + fingerprint + " are in use" + renewed(reload));
            case UNCHANGED -> LOG.log(Level.INFO, by + "nothing has changed, mappings " + fingerprint + " stay");
            case FAILED -> LOG.log(Level.ERROR, by + "failed, mappings " + fingerprint + " stay");
            case REFUSED ->
                LOG.log(
                        Level.ERROR,
                        by + "refused, mappings " + fingerprint + " stay; "
                                + reload.problems().size() + " problems: " + problems(reload));
        }
    }

    private static String renewed(Reload reload) {
        return reload.renewed().isEmpty() ? "" : "; changed sources: " + String.join(", ", reload.renewed());
    }

    private static String problems(Reload reload) {
        return reload.problems().stream()
                .limit(MOST_LOGGED)
                .map(problem -> problem.location() + ": " + problem.code() + " " + problem.message())
                .collect(Collectors.joining(" | "));
    }
}
