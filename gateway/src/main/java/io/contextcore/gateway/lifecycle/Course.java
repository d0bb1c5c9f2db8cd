package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.Merge.Merged;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Instance.Phase;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Kin.EndedAbove;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.LogRule;
import io.contextcore.gateway.model.LifecycleDefinition.Shape;
import java.util.List;
import java.util.Objects;

/** The course of one instance's life in one step: it opens, changes, ends and opens again, and tells of that. */
final class Course {

    /** A start that lies further before the first event than this was not seen: the instance is adopted. */
    static final long ADOPTION_GAP_NANOS = 60_000_000_000L;

    private final LifecycleDefinition definition;
    private final Draft draft;
    private final Story story;
    private final List<Note> notes;

    /** @param notes where it writes down what is worth counting */
    Course(LifecycleDefinition definition, Draft draft, Story story, List<Note> notes) {
        this.definition = definition;
        this.draft = draft;
        this.story = story;
        this.notes = notes;
    }

    /** A span that waited for its parent waits no longer. */
    void sendHeld(View view) {
        if (draft.held) {
            draft.held = false;
            story.whole(view, Objects.requireNonNull(draft.endedAt, "what is held has ended"));
        }
    }

    /** It begins: what it sends first, and if it has ended already, last. */
    void open(View after, long at) {
        long start = Objects.requireNonNull(draft.start, "an instance opens with a start");
        draft.stage = Stage.OPEN;
        draft.generationStart = start;
        draft.adopted = draft.adopted || at - start > ADOPTION_GAP_NANOS;
        Change change = draft.adopted ? Change.ADOPTED : Change.OPENED;
        List<LogRule> rules = story.rules(change, View.EMPTY, after);
        boolean ended = closed(after);
        if (definition.shape() == Shape.ANCHOR) {
            story.anchor(after, start);
            if (draft.adopted) {
                notes.add(Note.ADOPTED);
                story.activity(View.EMPTY, after, at, List.of(), false);
            }
            String value = after.text(definition.phaseAttribute());
            if (value != null && !ended) {
                draft.phase = new Phase(value, firstPhaseStart(start, at), 0);
            }
        }
        story.logs(rules, change, View.EMPTY, after, at);
        if (ended) {
            draft.endedAt = endTime(at);
            finish(after, draft.endedAt, after);
            story.logs(story.rules(Change.ENDED, after, after), Change.ENDED, after, after, draft.endedAt);
        }
    }

    private long firstPhaseStart(long start, long at) {
        if (!draft.adopted) {
            return start;
        }
        return draft.since == null ? at : Math.max(start, Math.min(draft.since, at));
    }

    /** Something about it has changed, at least a link of it. */
    void update(View before, View after, long at, Merged merged, boolean changed) {
        boolean clamped = draft.stage == Stage.OPEN && enterPhase(before, after, at);
        if (!changed && merged.newLinks().isEmpty()) {
            return;
        }
        Change change = changed ? Change.UPDATED : Change.LINKED;
        List<LogRule> rules = story.rules(change, before, after);
        if (definition.shape() == Shape.ANCHOR && definition.activity()) {
            story.activity(before, after, at, merged.newLinks(), clamped);
        }
        story.logs(rules, change, before, after, at);
    }

    /** It ends. */
    void end(View before, View after, long at, Change change, Merged merged) {
        draft.endedAt = endTime(at);
        List<LogRule> rules = story.rules(change, before, after);
        if (definition.shape() == Shape.ANCHOR && definition.activity() && change == Change.ENDED) {
            story.activity(before, after, at, merged.newLinks(), false);
        }
        finish(after, draft.endedAt, before);
        story.logs(rules, change, before, after, at);
    }

    /** When this generation ended: the told time, unless it is that of an earlier generation; never before its start. */
    long endTime(long at) {
        Long told = draft.toldEnd();
        EndedAbove above = draft.endedAbove();
        long end = told == null ? above == null ? at : above.at() : told;
        if (end < draft.generationStart) {
            notes.add(Note.END_CLAMPED);
            return draft.generationStart;
        }
        return end;
    }

    /** Sends what the end brings: the last phase, and the generation or the span as a whole. */
    void finish(View after, long end, View during) {
        Phase phase = draft.phase;
        draft.stage = Stage.ENDED;
        draft.phase = phase != null && phase.start() > end ? phase : null;
        if (definition.shape() == Shape.SPAN) {
            draft.held = definition.times().holdNanos() > 0 && draft.parentReference() == null;
            if (!draft.held) {
                story.whole(after, end);
            }
            return;
        }
        if (phase != null) {
            story.phase(during, phase, end);
        }
        story.completion(after, end);
    }

    /** It goes on after its end, in the next generation. What was sent, beyond the end even, stays sent. */
    void reopen(View before, View after, long at, Merged merged) {
        long ended = draft.endedAt == null ? at : Math.max(at, draft.endedAt);
        long from = draft.phase == null ? ended : Math.max(ended, draft.phase.start());
        draft.stage = Stage.OPEN;
        draft.generation++;
        draft.generationStart = from;
        draft.endedAt = null;
        List<LogRule> rules = story.rules(Change.REOPENED, before, after);
        String value = after.text(definition.phaseAttribute());
        draft.phase = value == null ? null : new Phase(value, from, 0);
        if (definition.activity()) {
            story.activity(before, after, at, merged.newLinks(), from != at);
        }
        story.logs(rules, Change.REOPENED, before, after, at);
    }

    /** Sends the phase that is over, if one is; whether the change took effect later than it was told. */
    private boolean enterPhase(View before, View after, long at) {
        String value = after.text(definition.phaseAttribute());
        Phase phase = draft.phase;
        if (value == null || phase != null && phase.value().equals(value)) {
            return false;
        }
        if (phase == null) {
            draft.phase = new Phase(value, Math.max(at, draft.generationStart), 0);
            return false;
        }
        long effective = Math.max(at, phase.start());
        story.phase(before, phase, effective);
        draft.phase = new Phase(value, effective, 0);
        if (effective != at) {
            notes.add(Note.PHASE_CLAMPED);
        }
        return effective != at;
    }

    /**
     * Whether the instance has ended, by what has converged: a terminal phase value, or a told end that is not older than
     * what was last told of the phase.
     */
    boolean closed(View view) {
        String value = view.text(definition.phaseAttribute());
        if (value != null && definition.terminal().contains(value)) {
            return true;
        }
        EndedAbove above = draft.endedAbove();
        if (above == null && (draft.end == null || draft.end.value() == null)) {
            return false;
        }
        return definition.terminal().isEmpty()
                || value == null
                || View.toldAt(draft, definition, Objects.requireNonNull(definition.phaseAttribute()))
                        <= (above == null ? Objects.requireNonNull(draft.end).at() : above.at());
    }
}
