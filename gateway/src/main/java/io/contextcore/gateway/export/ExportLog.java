package io.contextcore.gateway.export;

import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.model.TelemetrySignal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

    private void tell(String kind, Level level, String line, @Nullable Throwable failure) {
        long now = clock.elapsedNanos();
        Long before = toldAt.get(kind);
        if (before == null || now - before >= QUIET_NANOS) {
            toldAt.put(kind, now);
            LOG.log(level, line, failure);
        }
    }
}
