package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Kin;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row.Tombstone;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Timers;
import io.contextcore.gateway.model.Timers.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is left of instances that were forgotten. */
final class Tombs {

    private Tombs() {}

    static Tombstone of(Draft draft, long until) {
        return new Tombstone(
                draft.key,
                draft.lifecycle,
                draft.source,
                draft.generation,
                draft.firstSeen,
                Objects.requireNonNull(draft.start, "what has ended was opened"),
                Objects.requireNonNull(draft.endedAt, "what is forgotten has ended"),
                Timers.none().with(Purpose.FORGET, until));
    }

    /** Lets go of the names of an instance. */
    static List<Message> releases(Draft draft, long until, long now, Origin origin) {
        List<Message> releases = new ArrayList<>();
        for (String alias : draft.aliases) {
            Origin next = origin.next(draft.key, releases.size());
            releases.add(new Message.Release(alias, draft.self(), until, now, next));
        }
        return releases;
    }

    /**
     * A signal to a tombstone wakes an ended instance, so that nothing of it is sent twice; everything else comes too late:
     * the sums above and below it are closed.
     */
    static StepResult step(Setting setting, Tombstone tombstone, Message message, long now) {
        if (message instanceof Signal signal) {
            Turn.sameLifecycle(tombstone.key(), tombstone.lifecycle(), signal.target());
            return new InstanceStep(setting, awake(tombstone, now), signal.origin(), now).late(signal);
        }
        if (message instanceof Message.Inquiry inquiry) {
            return Aliases.itself(tombstone, Reference.key(tombstone.lifecycle(), tombstone.key()), inquiry);
        }
        StepResult ignored = StepResult.quiet(tombstone, List.of());
        return new StepResult(tombstone, ignored.emission(), List.of(), List.of(Note.LATE_FOR_FORGOTTEN));
    }

    private static Draft awake(Tombstone tombstone, long now) {
        Reference self = Reference.key(tombstone.lifecycle(), tombstone.key());
        Draft draft = Draft.shadow(self, tombstone.source(), tombstone.firstSeen());
        draft.stage = Stage.ENDED;
        draft.generation = tombstone.generation();
        draft.lastSeen = now;
        draft.firstAt = tombstone.start();
        draft.start = tombstone.start();
        draft.generationStart = tombstone.generation() == 1 ? tombstone.start() : tombstone.endedAt();
        draft.endedAt = tombstone.endedAt();
        draft.end = new Cell<>(tombstone.endedAt(), tombstone.endedAt(), 0);
        draft.kin = Kin.forgotten(self);
        return draft;
    }
}
