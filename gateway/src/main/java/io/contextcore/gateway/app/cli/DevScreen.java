package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.Watch;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Nanos;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.store.Commit.DeadLetter;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Shows each delivery as it goes by: what came, and what it became. */
final class DevScreen implements Watch {

    private static final int MOST_LINES = 12;
    private static final int TRACE_CHARS = 8;

    private final PrintWriter out;
    private final Paint paint;
    private final Clock clock;
    private final DateTimeFormatter time;
    private final Semaphore steps = new Semaphore(0);
    /** By source: deliveries shown, less the examples among them. */
    private final Map<String, Integer> events = new HashMap<>();

    /** @param zone of the times shown */
    DevScreen(PrintWriter out, Paint paint, Clock clock, ZoneId zone) {
        this.out = out;
        this.paint = paint;
        this.clock = clock;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    @Override
    public synchronized void answered(IntakeRequest request, Outcome outcome) {
        if (outcome instanceof Outcome.Replied replied) {
            answered(request, replied.kept());
            return;
        }
        if (outcome instanceof Outcome.Several several) {
            several.calls().forEach(call -> answered(request, call));
            return;
        }
        if (outcome instanceof Outcome.Pong) {
            line(
                    request.source(),
                    paint.good("ping received")
                            + (events.getOrDefault(request.source(), 0) > 0 ? "" : ", waiting for the first event"));
        } else if (outcome instanceof Outcome.Refused refused) {
            line(
                    request.source(),
                    paint.bad("refused") + ": " + refused.reason().slug() + ": " + Plain.text(refused.text()));
        } else if (outcome instanceof Outcome.Duplicate duplicate) {
            line(request.source(), paint.warn("duplicate") + " of " + Plain.text(duplicate.id()) + ": changes nothing");
        } else if (outcome instanceof Outcome.Unavailable) {
            line(request.source(), paint.bad("not taken") + ": full, or stopping");
        }
        out.flush();
    }

    @Override
    public synchronized void stepped(Delivery delivery, Stepped step) {
        events.merge(delivery.source(), 1, Integer::sum);
        String event = delivery.event().isEmpty() ? "(no event name)" : delivery.event();
        line(
                delivery.source(),
                paint.strong(Plain.text(event)) + "  " + became(step) + paint.faint("  " + Plain.text(delivery.id())));
        int lines = 0;
        for (Emission emission : step.emissions()) {
            for (Span span : emission.spans()) {
                lines = detail(lines, span(span));
            }
            for (LogRecord log : emission.logs()) {
                lines = detail(lines, log(log));
            }
        }
        if (lines > MOST_LINES) {
            out.println("           … and " + (lines - MOST_LINES) + " more");
        }
        out.flush();
        steps.release();
    }

    /** One of a source's deliveries, shown or about to be, is an example: not the first event that somebody waits for. */
    synchronized void exampleSent(String source) {
        events.merge(source, -1, Integer::sum);
    }

    /** Waits until so many deliveries were shown, or the time is over. */
    void awaitShown(int count, long seconds) throws InterruptedException {
        steps.tryAcquire(count, seconds, TimeUnit.SECONDS);
    }

    private String became(Stepped step) {
        DeadLetter dead = step.commit().deadLetter();
        if (dead != null) {
            return paint.bad("dead letter") + " (" + dead.code() + "): " + Plain.text(dead.error());
        }
        Evaluation evaluation = step.evaluation();
        if (evaluation != null && evaluation.ignored() != null) {
            return paint.warn("ignored") + ": " + evaluation.ignored();
        }
        String by = evaluation == null ? "" : " by " + String.join(", ", evaluation.mappings());
        return (step.emissions().isEmpty() ? "kept, nothing to tell yet" : paint.good("mapped")) + by;
    }

    private int detail(int lines, String text) {
        if (lines < MOST_LINES) {
            out.println("           " + text);
        }
        return lines + 1;
    }

    private String span(Span span) {
        long millis = (span.end() - span.start()) / 1_000_000;
        return paint.faint("span ")
                + Plain.text(span.name())
                + paint.faint((millis == 0 ? "" : "  " + millis + " ms") + "  trace "
                        + span.traceId().substring(0, TRACE_CHARS) + "…");
    }

    private String log(LogRecord log) {
        String trace = log.traceId();
        return paint.faint("log  ")
                + Plain.text(log.eventName())
                + paint.faint(trace == null ? "" : "  trace " + trace.substring(0, TRACE_CHARS) + "…");
    }

    private void line(String source, String text) {
        out.println(
                paint.faint(time.format(Nanos.toInstant(clock.epochNanos()))) + " " + Plain.text(source) + "  " + text);
    }
}
