package io.contextcore.gateway.app.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.otlp.EmitMode;
import io.contextcore.gateway.otlp.OtlpEncoder;
import io.contextcore.gateway.otlp.Resource;
import io.contextcore.gateway.pipeline.Encoding;
import io.contextcore.gateway.pipeline.Rehearsal;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.pipeline.Stepper;
import io.contextcore.gateway.store.Commit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Plays deliveries through mappings from an empty state, and tells what comes out. Nothing is kept or sent. */
public final class Replay {

    private final Rehearsal rehearsal;
    private final Set<String> adopted = new HashSet<>();
    private long mapped;
    private long ignored;
    private long dead;
    private long spans;
    private long logs;

    public Replay(Program program, Limits limits) {
        OtlpEncoder encoder = new OtlpEncoder(
                new Resource(new TreeMap<>()), "contextcore", "replay", program.conventions(), EmitMode.DUAL);
        this.rehearsal = new Rehearsal(new Stepper(
                program::evaluate,
                new LifecycleEngine(program.lifecycles(), program.conventions(), limits),
                new Encoding(encoder::spans, encoder::logs),
                limits,
                Deadline::none));
    }

    /**
     * How much there was of what.
     *
     * @param adopted instances whose beginning nobody told of: adopted, or still waiting for it
     */
    public record Counts(long mapped, long ignored, long dead, long spans, long logs, long adopted) {}

    /**
     * The next delivery, in the order of receipt.
     *
     * @return what came out of it and of the timers before it, one line each
     */
    public List<String> play(Delivery delivery) {
        List<Commit.Telemetry> telemetry = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Stepped step : rehearsal.play(delivery)) {
            telemetry.addAll(step.commit().telemetry());
            step.commit().rows().forEach(this::note);
            Commit.DeadLetter letter = step.commit().deadLetter();
            if (letter != null) {
                dead++;
                lines.add("dead letter " + letter.code() + ": " + letter.error());
            } else if (step.evaluation() != null) {
                String why = step.evaluation().ignored();
                mapped += why == null ? 1 : 0;
                ignored += why == null ? 0 : 1;
                if (why != null) {
                    lines.add("ignored " + why);
                }
            }
        }
        Seen seen = Seen.of(telemetry);
        spans += seen.spans().size();
        logs += seen.logs().size();
        seen.spans().forEach(span -> lines.add(line("span", span)));
        seen.logs().forEach(log -> lines.add(line("log", log)));
        return lines;
    }

    private void note(Row row) {
        if (row instanceof Instance instance && (instance.adopted() || instance.stage() == Instance.Stage.SHADOW)) {
            adopted.add(instance.key());
        } else {
            adopted.remove(row.key());
        }
    }

    private static String line(String what, JsonNode record) {
        return what + " " + Seen.name(record) + " " + record;
    }

    public Counts counts() {
        return new Counts(mapped, ignored, dead, spans, logs, adopted.size());
    }
}
