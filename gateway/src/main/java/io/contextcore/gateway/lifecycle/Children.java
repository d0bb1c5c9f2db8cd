package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Kin;
import io.contextcore.gateway.model.Kin.Child;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Below;
import io.contextcore.gateway.model.LifecycleDefinition.Listed;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Message.Bond;
import io.contextcore.gateway.model.Message.Share;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What an instance knows of those below it. */
final class Children {

    private static final Comparator<Child> BY_KEY =
            Comparator.comparing(child -> child.child().name());

    /** Outcome of what ended with the one above, where the lifecycle names none. */
    private static final String PARENT_ENDED = "parent-ended";
    /** Keep the numbers of these messages apart from those of others in the origins of one step. */
    private static final int ENDED = 8_000;

    private static final int PASSED_ON = 9_000;

    private Children() {}

    /** Takes in what a child told. */
    static Kin taken(Kin kin, Share share, Below below, Limits limits, List<Note> notes) {
        int more = switch (share.bond()) {
            case JOINED -> 1;
            case KEPT -> 0;
            case LEFT -> -1;
        };
        if (share.bond() != Bond.JOINED && kin.members() == 0) {
            // It was counted in a life of this instance that is forgotten.
            notes.add(Note.LATE_FOR_FORGOTTEN);
            return kin;
        }
        return kin.withBelow(
                kin.members() + more,
                Millionths.sum(kin.sums(), share.differences()),
                listed(kin.children(), share, below, limits.children(), notes));
    }

    private static List<Child> listed(List<Child> known, Share share, Below below, int cap, List<Note> notes) {
        boolean in = share.open()
                && share.bond() != Bond.LEFT
                && below.listed().containsKey(share.child().lifecycle());
        if (!in && !contains(known, share.child())) {
            return known;
        }
        List<Child> listed = new ArrayList<>(known);
        listed.removeIf(child -> child.child().equals(share.child()));
        if (in && listed.size() >= cap) {
            notes.add(Note.CAPPED);
        } else if (in) {
            listed.add(new Child(share.child(), share.labels()));
            listed.sort(BY_KEY);
        }
        return listed;
    }

    /** What two instances know of those below them, now that they are one. */
    static Kin joined(Kin kin, Kin former, Limits limits, List<Note> notes) {
        List<Child> listed = new ArrayList<>(kin.children());
        for (Child child : former.children()) {
            if (contains(listed, child.child())) {
                continue;
            }
            if (listed.size() < limits.children()) {
                listed.add(child);
            } else {
                notes.add(Note.CAPPED);
            }
        }
        listed.sort(BY_KEY);
        return kin.withBelow(kin.members() + former.members(), Millionths.sum(kin.sums(), former.sums()), listed);
    }

    /**
     * Tells those that end with this instance that it has ended: all of them when it ends, later who still comes.
     *
     * @param told those who were told before
     */
    static List<Message> ended(LifecycleDefinition definition, Draft draft, List<Child> told, Origin origin, long now) {
        if (draft.stage != Stage.ENDED || draft.endedAt == null || draft.kin.children() == told) {
            return List.of();
        }
        Set<Reference> known = told.stream().map(Child::child).collect(Collectors.toSet());
        List<Message> messages = new ArrayList<>();
        for (Child child : draft.kin.children()) {
            Listed listed = definition.below().listed().get(child.child().lifecycle());
            if (listed != null && listed.cascade() && !known.contains(child.child())) {
                String outcome = listed.outcome() == null ? PARENT_ENDED : listed.outcome();
                Origin next = origin.next(draft.key, ENDED + messages.size());
                messages.add(new Message.ParentEnded(child.child(), outcome, draft.endedAt, now, next));
            }
        }
        return messages;
    }

    /** Passes a signal on to the open children that it is meant for. */
    static StepResult passOn(Instance parent, Message.ToChildren message) {
        Signal signal = message.signal();
        List<Message> messages = new ArrayList<>();
        for (Child child : parent.kin().children()) {
            if (child.child().lifecycle().equals(signal.target().lifecycle())
                    && child.labels().entrySet().containsAll(message.where().entrySet())) {
                messages.add(
                        signal.to(child.child(), message.origin().next(parent.key(), PASSED_ON + messages.size())));
            }
        }
        List<Note> notes = messages.isEmpty() ? List.of(Note.NO_CHILDREN) : List.of();
        return new StepResult(parent, Emission.none(parent.key(), ""), messages, notes);
    }

    static boolean contains(List<Child> children, Reference child) {
        return children.stream().anyMatch(known -> known.child().equals(child));
    }
}
