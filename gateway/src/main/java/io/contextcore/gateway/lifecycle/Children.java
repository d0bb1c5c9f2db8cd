package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Kin;
import io.contextcore.gateway.model.Kin.Child;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.Message.Bond;
import io.contextcore.gateway.model.Message.Share;
import io.contextcore.gateway.model.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What an instance knows of those below it. */
final class Children {

    private static final Comparator<Child> BY_KEY =
            Comparator.comparing(child -> child.child().name());

    private Children() {}

    /** Takes in what a child told. */
    static Kin taken(Kin kin, Share share, LifecycleDefinition definition, Limits limits, List<Note> notes) {
        int more = switch (share.bond()) {
            case JOINED -> 1;
            case KEPT -> 0;
            case LEFT -> -1;
        };
        return kin.withBelow(
                kin.members() + more,
                Millionths.sum(kin.sums(), share.differences()),
                listed(kin.children(), share, definition, limits.children(), notes));
    }

    private static List<Child> listed(
            List<Child> known, Share share, LifecycleDefinition definition, int cap, List<Note> notes) {
        boolean in = share.open()
                && share.bond() != Bond.LEFT
                && definition.below().listed().containsKey(share.child().lifecycle());
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

    static boolean contains(List<Child> children, Reference child) {
        return children.stream().anyMatch(known -> known.child().equals(child));
    }
}
