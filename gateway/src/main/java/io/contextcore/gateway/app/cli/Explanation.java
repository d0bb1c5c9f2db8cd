package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.LogRecord;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Span;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.store.Commit.DeadLetter;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes down how a delivery is understood, step by step. */
final class Explanation implements ExplainView {

    private final PrintWriter out;
    private final Paint paint;

    Explanation(PrintWriter out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    @Override
    public void refused(String reason, String text) {
        out.println(paint.bad("refused: " + reason) + ": " + Plain.text(text));
    }

    @Override
    public void ping() {
        out.println("a ping: answered, not kept");
    }

    @Override
    public void delivery(Delivery delivery, Map<String, Integer> redactions) {
        out.println("event " + (delivery.event().isEmpty() ? "(none)" : Plain.text(delivery.event())) + ", delivery "
                + Plain.text(delivery.id()));
        if (!redactions.isEmpty()) {
            out.println("taken out before anything is kept: " + redactions);
        }
    }

    @Override
    public void failed(EvaluationException error) {
        out.println(paint.bad("dead letter (mapping): " + Plain.text(error.tell())));
    }

    @Override
    public void step(Stepped step, @Nullable Message message, Map<String, Row> before) {
        if (message != null) {
            heading("then, " + StepName.of(message) + " to " + message.addressee());
        } else if (step.commit().delivery() == null) {
            heading("at " + Shown.time(step.commit().nowNanos()) + ", a timer");
        }
        step.commit().rows().forEach(row -> change(before.get(row.key()), row));
        telemetry(step);
    }

    @Override
    public void end() {
        out.flush();
    }

    private void heading(String text) {
        out.println();
        out.println(paint.faint("-- ") + paint.strong(Plain.text(text)));
    }

    @Override
    public void mapping(String name, String file) {
        out.println();
        out.println(paint.strong("mapping " + name) + paint.faint("  " + file));
    }

    @Override
    public void expression(String what, String source, Location location, Object value) {
        String text = source.strip().replaceAll("\\s+", " ");
        out.println("  " + what + paint.faint("  " + text + "  line " + location.line()) + "\n    = "
                + Plain.text(Shown.value(value)));
    }

    @Override
    public void passed(String name, String reason) {
        out.println("  " + paint.warn("does not take it: " + reason));
    }

    @Override
    public void evaluation(Evaluation evaluation) {
        out.println();
        if (evaluation.ignored() != null) {
            out.println(paint.warn("ignored: " + evaluation.ignored()));
            return;
        }
        out.println(paint.strong("signals: " + evaluation.signals().size()));
        for (Signal signal : evaluation.signals()) {
            out.println("  to " + Plain.text(Shown.reference(signal.target())));
            lines(Shown.signal(signal));
        }
        if (!evaluation.notes().isEmpty()) {
            out.println("  notes: " + Plain.text(String.join(", ", evaluation.notes())));
        }
    }

    /** What a step changed in one row. */
    private void change(@Nullable Row before, Row after) {
        out.println();
        out.println(paint.strong("state of " + Plain.text(after.key().toString())) + (before == null ? "  (new)" : ""));
        Map<String, String> old = plain(Shown.row(before));
        Map<String, String> now = plain(Shown.row(after));
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String was = old.get(name);
            String is = now.get(name);
            if (was == null || was.equals(is)) {
                out.println("    " + name + ": " + is);
            } else {
                out.println(
                        "    " + name + ": " + paint.faint(was) + " -> " + (is == null ? "nothing" : paint.good(is)));
            }
        }
    }

    /** Telemetry of a step, or why there is none. */
    private void telemetry(Stepped step) {
        DeadLetter dead = step.commit().deadLetter();
        if (dead != null) {
            out.println();
            out.println(paint.bad("dead letter (" + dead.code() + "): " + Plain.text(dead.error())));
        }
        for (Emission emission : step.emissions()) {
            for (Span span : emission.spans()) {
                out.println();
                out.println(paint.strong("span " + Plain.text(span.name())));
                lines(Shown.span(span));
            }
            for (LogRecord log : emission.logs()) {
                out.println();
                out.println(paint.strong("log " + Plain.text(log.eventName())));
                lines(Shown.log(log));
            }
        }
    }

    private void lines(Map<String, String> lines) {
        plain(lines).forEach((name, value) -> out.println("    " + name + ": " + value));
    }

    private static Map<String, String> plain(Map<String, String> lines) {
        Map<String, String> plain = new LinkedHashMap<>();
        lines.forEach((name, value) -> plain.put(Plain.text(name), Plain.text(value)));
        return plain;
    }
}
