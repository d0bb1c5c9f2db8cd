package io.contextcore.gateway.app.check;

import io.contextcore.gateway.app.check.TestCase.Sent;
import io.contextcore.gateway.base.Clock;
import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.base.Nearest;
import io.contextcore.gateway.intake.Door;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.intake.Verdict;
import io.contextcore.gateway.lifecycle.LifecycleEngine;
import io.contextcore.gateway.mapping.Program;
import io.contextcore.gateway.model.Arrival;
import io.contextcore.gateway.model.Deadline;
import io.contextcore.gateway.model.Delivery;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Projects;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.model.SourceKind;
import io.contextcore.gateway.otlp.EmitMode;
import io.contextcore.gateway.otlp.OtlpEncoder;
import io.contextcore.gateway.otlp.Resource;
import io.contextcore.gateway.pipeline.Encoding;
import io.contextcore.gateway.pipeline.Rehearsal;
import io.contextcore.gateway.pipeline.Stepped;
import io.contextcore.gateway.pipeline.Stepper;
import io.contextcore.gateway.store.Commit;
import io.contextcore.gateway.store.Commit.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plays the deliveries of a case: door, mapping, lifecycle, encoder, over an empty state. */
final class Player {

    private static final String PING = "ping";

    private final Program program;
    private final Door door;
    private final Rehearsal rehearsal;
    private final SchemaCheck schemas;
    private final List<Failure> deviations = new ArrayList<>();
    private long sequence;
    /** Requests that were named since the last delivery. */
    private int named;

    /** Both names of what has two: tests may look for either. */
    Player(Program program, SchemaCheck schemas, Limits limits) {
        this(program, schemas, limits, EmitMode.DUAL);
    }

    Player(Program program, SchemaCheck schemas, Limits limits, EmitMode mode) {
        this.program = program;
        this.schemas = schemas;
        this.door = new Door(limits, Clock.system(), source -> true, () -> "request-" + sequence + "-" + named++);
        OtlpEncoder encoder =
                new OtlpEncoder(new Resource(new TreeMap<>()), "contextcore", "test", program.conventions(), mode);
        this.rehearsal = new Rehearsal(new Stepper(
                program::evaluate,
                new LifecycleEngine(program.lifecycles(), program.conventions(), limits),
                new Encoding(encoder::spans, encoder::logs),
                limits,
                Deadline::none));
    }

    /**
     * A case that was played.
     *
     * @param before earlier deliveries that were rejected: the case does not start from where it says
     * @param steps what each step became
     * @param deviations what of the deliveries is not as the schemas say
     */
    record Story(List<Failure> before, List<Played> steps, List<Failure> deviations) {}

    Story play(TestCase test) {
        List<Failure> before = new ArrayList<>();
        for (Sent sent : test.before()) {
            Played played = play(sent, null);
            if (played.rejected() != null) {
                before.add(Failure.of(
                        sent.at(),
                        "this earlier delivery was rejected: " + played.rejected() + " (" + played.detail() + ")"));
            }
        }
        return new Story(
                before,
                test.steps().stream()
                        .map(step -> play(step.delivery(), step.until()))
                        .toList(),
                deviations);
    }

    private Played play(@Nullable Sent sent, @Nullable Long until) {
        List<Stepped> steps = new ArrayList<>();
        String ping = null;
        Answered answered = Answered.AS_USUAL;
        if (sent != null) {
            SourceKind kind = Objects.requireNonNull(program.kinds().get(sent.kind()), "looked at while reading");
            Verdict verdict = admit(sent, kind, sent.headers());
            idleHeaders(sent, kind, verdict);
            if (verdict instanceof Verdict.Refused refused) {
                return new Played(Seen.of(List.of()), null, refused.reason().slug(), refused.text(), null, null);
            }
            if (verdict instanceof Verdict.Ping) {
                ping = PING;
            }
            for (Verdict.Admitted admitted : verdict.admitted()) {
                Delivery delivery = delivery(admitted, sent.received());
                answered = answered(delivery);
                steps.addAll(rehearsal.play(delivery));
                schemas.deviations(delivery, steps)
                        .forEach(deviation -> deviations.add(Failure.of(sent.at(), deviation)));
            }
        }
        if (until != null) {
            steps.addAll(rehearsal.playUntil(until));
        }
        return played(steps, ping, answered);
    }

    private record Answered(
            @Nullable String reply, @Nullable String error) {
        static final Answered AS_USUAL = new Answered(null, null);
    }

    /** What the sender is answered, of what was learnt before. */
    private Answered answered(Delivery delivery) {
        try {
            return program.reply(delivery, rehearsal.facts(), Deadline.none())
                    .map(reply -> new Answered(reply.body(), null))
                    .orElse(Answered.AS_USUAL);
        } catch (EvaluationException e) {
            return new Answered(null, e.tell());
        }
    }

    /**
     * Headers that change nothing: neither kept, nor read for event, id or tenant. Content type and proof are there in
     * every request.
     */
    private void idleHeaders(Sent sent, SourceKind kind, Verdict verdict) {
        for (String header : sent.headers().keySet()) {
            Map<String, String> others = new TreeMap<>(sent.headers());
            others.remove(header);
            boolean usual = header.equalsIgnoreCase("content-type")
                    || kind.verifications().stream()
                            .anyMatch(way -> way.header().equalsIgnoreCase(header));
            if (!usual && admit(sent, kind, others).equals(verdict)) {
                deviations.add(Failure.of(
                        sent.at(),
                        "nothing reads the header '" + header + "' of the kind '" + kind.name() + "' (it keeps "
                                + (kind.keepHeaders().isEmpty() ? "none" : String.join(", ", kind.keepHeaders()))
                                + Nearest.hint(header.toLowerCase(Locale.ROOT), kind.keepHeaders()) + ")"));
            }
        }
    }

    /** Verification is the door's own test; here every request is let in. */
    private Verdict admit(Sent sent, SourceKind kind, Map<String, String> headers) {
        Source source = new Source(sent.source(), kind.name(), List.of(), true, Projects.NONE);
        named = 0;
        IntakeRequest request = new IntakeRequest(source.name(), headers, Map.of(), sent.body());
        return door.admit(request, source, kind, program.redactor());
    }

    private Delivery delivery(Verdict.Admitted admitted, long received) {
        Arrival arrival = admitted.arrival();
        sequence++;
        return Delivery.of(sequence, arrival, received);
    }

    private static Played played(List<Stepped> steps, @Nullable String ping, Answered answered) {
        List<Commit.Telemetry> telemetry = new ArrayList<>();
        String ignored = ping;
        String rejected = null;
        String detail = "";
        for (Stepped step : steps) {
            telemetry.addAll(step.commit().telemetry());
            DeadLetter dead = step.commit().deadLetter();
            if (dead != null && rejected == null) {
                rejected = dead.code();
                detail = dead.error();
            }
            if (step.evaluation() != null && step.evaluation().ignored() != null) {
                ignored = step.evaluation().ignored();
            }
        }
        return new Played(Seen.of(telemetry), ignored, rejected, detail, answered.reply(), answered.error());
    }
}
