package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.model.TelemetrySignal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the operator what the receiver says, at most one line a minute for each kind of answer. Belongs to the exporter's
 * event loop.
 */
final class ExportLog {

    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Logger LOG = System.getLogger("io.contextcore.gateway.export");

    private final Clock clock;
    private final Map<String, Long> toldAt = new HashMap<>();
    private final Set<TelemetrySignal> leftAlone = EnumSet.noneOf(TelemetrySignal.class);

    ExportLog(Clock clock) {
        this.clock = clock;
    }

    void retry(TelemetrySignal signal, SendResult.Retry retry) {
        tell(
                signal + retry.reason(),
                Level.WARNING,
                "The receiver does not take " + signal.label() + " now (" + retry.reason() + ": " + retry.detail()
                        + "); they wait in the outbox.",
                null);
    }

    void rejected(TelemetrySignal signal, SendResult.Rejected rejected, long items) {
        tell(
                signal + rejected.reason(),
                Level.ERROR,
                "The receiver refused " + items + " items of " + signal.label() + " for good (" + rejected.reason()
                        + ": " + rejected.detail() + "); they are in the dead letters.",
                null);
    }

    void partial(TelemetrySignal signal, SendResult.Partial partial) {
        tell(
                signal + "partial",
                Level.WARNING,
                "The receiver took a request, but not " + partial.rejected() + " items of " + signal.label() + ": "
                        + partial.message(),
                null);
    }

    void storeFailed(TelemetrySignal signal, Throwable failure) {
        tell(signal + "store", Level.ERROR, "The outbox of " + signal.label() + " cannot be used.", failure);
    }

    /** Each change of an endpoint; one that comes and goes again and again is told of as often as all else. */
    void endpoint(TelemetrySignal signal, EndpointState before, Circuit circuit, long waitNanos, String reason) {
        String receiver = "The receiver of " + signal.label();
        switch (circuit.state()) {
            case CLOSED -> {
                if (leftAlone.remove(signal)) {
                    LOG.log(Level.INFO, receiver + " answers again; all that waits is sent.");
                }
            }
            case HALF_OPEN -> LOG.log(Level.DEBUG, receiver + " is tried with one request.");
            case OPEN -> {
                String line = receiver + " is left alone after " + circuit.failures() + " failures in a row (" + reason
                        + "); one request tries it in " + TimeUnit.NANOSECONDS.toMillis(waitNanos) + " ms.";
                if (before != EndpointState.CLOSED) {
                    LOG.log(Level.DEBUG, line);
                } else if (tell(signal + "open", Level.WARNING, line, null)) {
                    leftAlone.add(signal);
                }
            }
        }
    }

    /** Whether the line was written. */
    private boolean tell(String kind, Level level, String line, @Nullable Throwable failure) {
        long now = clock.elapsedNanos();
        Long before = toldAt.get(kind);
        if (before == null || now - before >= QUIET_NANOS) {
            toldAt.put(kind, now);
            LOG.log(level, line, failure);
            return true;
        }
        return false;
    }
}
