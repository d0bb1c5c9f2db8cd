package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.Merge.Merged;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Phase;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Kin.Child;
import io.contextcore.gateway.model.Kin.EndedAbove;
import io.contextcore.gateway.model.Kin.RolledUp;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.LogRule;
import io.contextcore.gateway.model.LifecycleDefinition.Shape;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Message.Bond;
import io.contextcore.gateway.model.Message.Share;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One step of one instance: lives for the step. */
final class InstanceStep {

    /** Sequence of what no delivery told: it beats what deliveries tell of the same time. */
    static final long UNTOLD = Long.MAX_VALUE;

    /** Keeps the numbers of links back apart from those of other messages in the origins of one step. */
    private static final int LINK_BACK = 3_000;

    private final Setting setting;
    private final LifecycleDefinition definition;
    private final Draft draft;
    private final Story story;
    private final Course course;
    private final Origin origin;
    private final long now;
    private final List<Note> notes = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private View before;
    private final @Nullable Long endBefore;
    private final @Nullable Reference parentBefore;
    private long horizon;
    private final List<Child> knownChildren;
    private boolean forgotten;
    private View after;
    private long at;
    private boolean sumsOnly;

    InstanceStep(Setting setting, Draft draft, Origin origin, long now) {
        this.setting = setting;
        this.definition = setting.definition(draft.lifecycle);
        this.draft = draft;
        this.origin = origin;
        this.now = now;
        this.story = new Story(setting, definition, draft, origin, now);
        this.course = new Course(definition, draft, story, notes);
        this.before = View.known(draft, definition, setting.conventions());
        this.endBefore = endValue();
        this.parentBefore = draft.parentReference();
        this.knownChildren = draft.stage == Stage.ENDED ? draft.kin.children() : List.of();
        this.horizon = now;
        this.after = before;
        this.at = now;
    }

    /** A step of what was kept, perhaps under older mappings. */
    static InstanceStep read(Setting setting, Draft draft, Origin origin, long now) {
        List<Note> notes = new ArrayList<>();
        Tolerance.apply(draft, setting, notes);
        InstanceStep step = new InstanceStep(setting, draft, origin, now);
        step.notes.addAll(notes);
        return step;
    }

    /** Takes in what a delivery says. */
    StepResult signal(Signal told) {
        Aliases.Inquiries inquiries = Aliases.inquiries(told);
        Signal signal = inquiries.signal();
        at = signal.at();
        Merged merged = new Merge(setting.limits()).into(draft, signal, now);
        notes.addAll(merged.notes());
        if (origin.hops() > 0) {
            // It may have waited since there were older mappings.
            Tolerance.apply(draft, setting, notes);
        }
        messages.addAll(merged.claims());
        messages.addAll(inquiries.asked());
        settle(merged);
        return result();
    }

    /** Takes in what is told of an instance that was forgotten: what it was before is not known any more. */
    StepResult late(Signal told) {
        forgotten = true;
        notes.add(Note.LATE_FOR_FORGOTTEN);
        return signal(told);
    }

    /** The one above has ended: so does this one, unless somebody knows better. */
    StepResult parentEnded(Message.ParentEnded told) {
        at = told.at();
        if (draft.stage != Stage.ENDED) {
            draft.kin = draft.kin.withEndedAbove(new EndedAbove(told.at(), told.outcome()));
            settle(new Merged(List.of(), List.of(), List.of()));
        }
        return result();
    }

    /** What was told of its own end wins over that of the one above, though what was sent stays as it was sent. */
    private void ownEnd() {
        if (draft.kin.endedAbove() != null && draft.toldEnd() != null) {
            draft.kin = draft.kin.withEndedAbove(null);
            if (draft.stage == Stage.ENDED) {
                draft.endedAt = course.endTime(at);
                notes.add(Note.ENDED_LATE);
            }
        }
    }

    /** Another instance links to this one, and says so. */
    StepResult linkBack(Message.LinkBack back) {
        at = back.at();
        settle(new Merged(new Merge(setting.limits()).links(draft, List.of(back.link()), notes), List.of(), List.of()));
        return result();
    }

    /** Another instance turned out to be this one. */
    StepResult absorb(Message.Absorb absorb) {
        at = absorb.at();
        Merged merged = new Merge(setting.limits()).former(draft, absorb.former());
        notes.addAll(merged.notes());
        Tolerance.apply(draft, setting, notes);
        settle(merged);
        return result();
    }

    /** Draws the consequences of what was taken in. */
    private void settle(Merged merged) {
        ownEnd();
        View after = view();
        before = forgotten ? after : before;
        linkBack(merged.newLinks());
        Reference parent = draft.parentReference();
        boolean reparented = !Objects.equals(parentBefore, parent);
        boolean changed = forgotten || reparented || !before.values().equals(after.values());
        Merged told = reparented && parent != null ? merged.with(Story.parentLink(parent)) : merged;
        switch (draft.stage) {
            case SHADOW -> {
                if (draft.start != null) {
                    course.open(after, at);
                }
            }
            case OPEN -> {
                if (course.closed(after)) {
                    course.end(before, after, at, Change.ENDED, told);
                } else {
                    course.update(before, after, at, told, changed);
                }
            }
            case ENDED -> {
                if (!course.closed(after) && definition.shape() == Shape.ANCHOR) {
                    course.reopen(before, after, at, told);
                } else {
                    course.update(before, after, at, told, changed || !Objects.equals(endBefore, endValue()));
                    if (parent != null) {
                        course.sendHeld(after);
                    }
                }
            }
        }
    }

    private void linkBack(List<Link> links) {
        for (Link link : links) {
            if (link.both()) {
                SortedMap<String, AttributeValue> attributes = new TreeMap<>(link.attributes());
                attributes.putAll(Story.role("back"));
                Origin next = origin.next(draft.key, LINK_BACK + messages.size());
                Link back = new Link(draft.self(), attributes, false);
                messages.add(new Message.LinkBack(link.target(), back, at, now, next));
            }
        }
    }

    /** Takes in what a child told. A change of sums alone is no activity of this one. */
    StepResult share(Share share) {
        at = share.at();
        draft.kin = Children.taken(draft.kin, share, definition.below(), setting.limits(), notes);
        View after = view();
        boolean joined = share.bond() == Bond.JOINED && !Shares.inTraceOf(setting, share.parent(), share.child());
        Merged merged = new Merged(
                joined ? List.of(new Link(share.child(), Story.role("child"), false)) : List.of(),
                List.of(),
                List.of());
        if (draft.stage == Stage.OPEN) {
            String phase = definition.phaseAttribute();
            if (course.closed(after)) {
                course.end(before, after, at, Change.ENDED, merged);
            } else if (!Objects.equals(before.text(phase), after.text(phase))) {
                course.update(before, after, at, merged, true);
            } else if (joined && definition.shape() == Shape.ANCHOR && definition.activity()) {
                List<LogRule> rules = story.rules(Change.CHILD_ADDED, before, after);
                story.activity(before, after, at, merged.newLinks(), false);
                story.logs(rules, Change.CHILD_ADDED, before, after, at);
            } else {
                rolledUp(after);
            }
        } else if (draft.stage == Stage.ENDED && !course.closed(after) && definition.shape() == Shape.ANCHOR) {
            course.reopen(before, after, at, merged);
        }
        return result();
    }

    private void rolledUp(View after) {
        sumsOnly = true;
        if (before.values().equals(after.values()) || RollUpLogs.postponed(draft, before, now)) {
            return;
        }
        List<LogRule> rules = story.rules(Change.ROLLED_UP, before, after);
        if (!rules.isEmpty()) {
            story.logs(rules, Change.ROLLED_UP, before, after, at);
            draft.kin = draft.kin.withRolledUp(new RolledUp(now, null));
        }
    }

    /** Changes of sums that were too early for a log: they are told as one. */
    StepResult rollUp() {
        sumsOnly = true;
        View earlier = RollUpLogs.unlogged(draft);
        List<LogRule> rules = story.rules(Change.ROLLED_UP, earlier, before);
        if (!rules.isEmpty()) {
            story.logs(rules, Change.ROLLED_UP, earlier, before, now);
        }
        draft.kin = draft.kin.withRolledUp(new RolledUp(now, null));
        return result();
    }

    /** The present state is told again. */
    StepResult snapshot(long due, long passed) {
        horizon = Math.max(due, passed);
        draft.timers = draft.timers.without(Timers.Purpose.SNAPSHOT);
        Snapshots.due(definition, draft, due).forEach(rule -> story.snapshot(before, rule.event(), due));
        return result();
    }

    /** A span has waited long enough for its parent. */
    StepResult release() {
        course.sendHeld(before);
        return result();
    }

    /** A shadow has waited long enough: nobody will tell when it began. */
    StepResult adopt() {
        View after = view();
        long at = Objects.requireNonNull(draft.firstAt, "a shadow that waits was told a time");
        draft.start = draft.start == null ? at : draft.start;
        draft.adopted = true;
        course.open(after, at);
        return result();
    }

    /** The open phase has become long: what has passed of it is sent. */
    StepResult slice(long due) {
        Phase phase = draft.phase;
        if (phase != null) {
            story.phase(before, phase, due);
            draft.phase = new Phase(phase.value(), Math.max(due, phase.start()), phase.slice() + 1);
        }
        return result();
    }

    /** What was asked has not been answered for too long. */
    StepResult overdue(long due) {
        at = due;
        settle(new Merged(List.of(), List.of(), List.of()));
        return result();
    }

    /** Nothing was heard for too long: the instance ended when it was last heard of. */
    StepResult expire() {
        notes.add(Note.EXPIRED);
        draft.end = new Cell<>(draft.lastSeen, draft.lastSeen, UNTOLD);
        draft.outcome = new Cell<>("expired", draft.lastSeen, UNTOLD);
        course.end(before, view(), draft.lastSeen, Change.EXPIRED, new Merged(List.of(), List.of(), List.of()));
        return result();
    }

    private @Nullable Long endValue() {
        return draft.end == null ? null : draft.end.value();
    }

    private View view() {
        after = View.derived(draft, definition, setting, before, now);
        return after;
    }

    /** It turned out to be another one: it ends, if it is open, and goes on under the other's key. */
    StepResult moved(Reference other, long told) {
        at = told;
        Instance former = draft.build();
        draft.movedTo = other;
        notes.add(Note.MOVED);
        if (draft.stage == Stage.OPEN) {
            Phase phase = draft.phase;
            long end = Math.max(at, phase == null ? draft.generationStart : phase.start());
            draft.endedAt = end;
            draft.outcome = new Cell<>("moved", end, UNTOLD);
            tellMoved();
            course.finish(before, end, before);
        } else if (draft.stage == Stage.ENDED) {
            tellMoved();
        }
        course.sendHeld(before);
        tellOthers(before, false);
        messages.addAll(Joining.handedOver(former, other, at, now, origin));
        Row row = new Row.Alias(draft.key, other, List.of(), draft.firstSeen, Timers.none());
        return new StepResult(row, story.emission(), messages, notes);
    }

    private void tellMoved() {
        List<LogRule> rules = story.rules(Change.MOVED, before, before);
        if (definition.shape() == Shape.ANCHOR && definition.activity()) {
            story.activity(before, before, at, story.movedTo(), false);
        }
        story.logs(rules, Change.MOVED, before, before, at);
    }

    /**
     * It ended long ago, or was only named: what is left of it is a tombstone, or nothing.
     *
     * @param room whether there may be one more tombstone
     */
    StepResult forget(long due, boolean room) {
        course.sendHeld(before);
        boolean ended = draft.stage == Stage.ENDED;
        boolean kept = ended && room && definition.times().tombstoneNanos() > 0;
        long until = kept ? due + definition.times().tombstoneNanos() : due;
        if (ended) {
            notes.add(Note.FORGOTTEN);
        }
        if (ended && !room) {
            notes.add(Note.TOMBSTONES_FULL);
        }
        messages.addAll(new Counts(setting, definition, draft, origin).tell(before, false, at, now, notes));
        messages.addAll(Tombs.releases(draft, until, now, origin));
        Row.Tombstone tombstone = kept ? Tombs.of(draft, until) : null;
        return new StepResult(draft.key, tombstone, story.emission(), messages, notes);
    }

    /** Tells the one above, and the tallies, what has changed about it. */
    private void tellOthers(View view, boolean counts) {
        messages.addAll(new Shares(setting, definition, draft, origin).tell(view, counts, at, now, notes));
        messages.addAll(new Counts(setting, definition, draft, origin).tell(view, counts, at, now, notes));
    }

    private StepResult result() {
        messages.addAll(Children.ended(definition, draft, knownChildren, origin, now));
        RollUpLogs.settle(draft, before, after, sumsOnly);
        tellOthers(after, Shares.counts(setting, definition, draft, after));
        draft.timers = Waking.timers(draft, definition, now, horizon);
        Instance instance = draft.build();
        return new StepResult(instance, story.emission(), messages, notes);
    }
}
