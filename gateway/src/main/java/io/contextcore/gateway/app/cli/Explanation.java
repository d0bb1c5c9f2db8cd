package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.base.Location;
import io.contextcore.gateway.mapping.Evaluation;
import io.contextcore.gateway.mapping.Trace;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.LogRecord;
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
final class Explanation implements Trace {

    private final PrintWriter out;
    private final Paint paint;

    Explanation(PrintWriter out, Paint paint) {
        this.out = out;
        this.paint = paint;
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

    /** What the delivery means. */
    void evaluation(Evaluation evaluation) {
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
    void change(@Nullable Row before, Row after) {
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
    void telemetry(Stepped step) {
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
