package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Expression;
import io.contextcore.gateway.model.Identity;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Kin.Membership;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Listed;
import io.contextcore.gateway.model.LifecycleDefinition.Shape;
import io.contextcore.gateway.model.LifecycleVariable;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Message.Bond;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an instance gives to the one above it. It remembers what it told, and tells differences: so the one above need not
 * know its children, and a change costs the same however many siblings there are.
 */
final class Shares {

    /** Keeps the numbers of shares apart from those of other messages in the origins of one step. */
    private static final int NUMBER = 2_000;

    private final Setting setting;
    private final LifecycleDefinition definition;
    private final Draft draft;
    private final Origin origin;

    Shares(Setting setting, LifecycleDefinition definition, Draft draft, Origin origin) {
        this.setting = setting;
        this.definition = definition;
        this.draft = draft;
        this.origin = origin;
    }

    /** Whether the instance counts, above and in tallies. */
    static boolean counts(Setting setting, LifecycleDefinition definition, Draft draft, View after) {
        Expression leave = definition.below().leave();
        if (draft.stage == Stage.SHADOW || leave == null) {
            return draft.stage != Stage.SHADOW;
        }
        return !Boolean.TRUE.equals(leave.evaluate(scope(setting, draft, after)));
    }

    /** What an expression sees that judges an instance as it is now. */
    static Scope scope(Setting setting, Draft draft, View after) {
        String outcome = draft.endedAt == null ? null : draft.outcomeText();
        return setting.scope()
                .set(LifecycleVariable.KEY.ordinal(), draft.key)
                .set(LifecycleVariable.AFTER.ordinal(), after.plain())
                .set(LifecycleVariable.ATTRIBUTES.ordinal(), after.plain())
                .set(LifecycleVariable.OUTCOME.ordinal(), outcome == null ? Nothing.ABSENT : outcome);
    }

    /**
     * Tells what has changed since the last time.
     *
     * @param at time of the event that changed it, epoch nanoseconds
     * @param now receipt of the delivery that it goes back to
     */
    List<Message> tell(View after, boolean counts, long at, long now, List<Note> notes) {
        Membership told = draft.kin.membership();
        if (told != null && told.parent().name().equals(draft.key)) {
            return List.of();
        }
        Membership due = counts ? due(after, notes) : null;
        if (Objects.equals(told, due)) {
            return List.of();
        }
        if (origin.hops() >= setting.limits().hops() - 1) {
            notes.add(Note.PARENT_CYCLE);
            return List.of();
        }
        draft.kin = draft.kin.withMembership(due);
        boolean stays = told != null && due != null && told.parent().equals(due.parent());
        SortedMap<String, Long> nothing = Collections.emptySortedMap();
        List<Message> messages = new ArrayList<>();
        if (told != null && !stays) {
            Membership gone = new Membership(told.parent(), false, Collections.emptySortedMap(), nothing);
            messages.add(share(gone, Bond.LEFT, told.shares(), at, now));
        }
        if (due != null) {
            messages.add(share(
                    due,
                    stays ? Bond.KEPT : Bond.JOINED,
                    stays ? Objects.requireNonNull(told).shares() : nothing,
                    at,
                    now));
        }
        return messages;
    }

    private Message share(Membership due, Bond bond, SortedMap<String, Long> told, long at, long now) {
        return new Message.Share(
                due.parent(),
                Reference.key(draft.lifecycle, draft.key),
                bond,
                due.open(),
                due.labels(),
                Millionths.difference(told, due.shares()),
                at,
                now,
                origin.next(draft.key, NUMBER));
    }

    /** What the one above should know; null: there is none, or it cares for none of it. */
    private @Nullable Membership due(View after, List<Note> notes) {
        Reference parent = draft.parentReference();
        if (parent == null || parent.alias()) {
            return null;
        }
        if (parent.name().equals(draft.key)) {
            notes.add(Note.PARENT_CYCLE);
            return null;
        }
        LifecycleDefinition above = setting.lifecycles().byName().get(parent.lifecycle());
        if (above == null) {
            // It may come back with the next mappings, and then its sums must be as this instance remembers them.
            return draft.kin.membership();
        }
        Listed listed = above.below().listed().get(draft.lifecycle);
        if (above.below().rollups().isEmpty() && listed == null && !tellsOfChildren(setting, above, parent, draft)) {
            return null;
        }
        boolean open = listed != null && draft.stage == Stage.OPEN;
        return new Membership(
                parent,
                open,
                open ? labels(Objects.requireNonNull(listed), after) : new TreeMap<>(),
                shares(above, after, notes));
    }

    private static boolean tellsOfChildren(Setting setting, LifecycleDefinition above, Reference parent, Draft draft) {
        return above.shape() == Shape.ANCHOR
                && above.activity()
                && !inTraceOf(setting, parent, Reference.key(draft.lifecycle, draft.key));
    }

    /** Whether the child's root span stands under the parent's: then nothing needs to point at it. */
    static boolean inTraceOf(Setting setting, Reference parent, Reference child) {
        LifecycleDefinition below = setting.lifecycles().byName().get(child.lifecycle());
        if (below == null || !below.inParentTrace()) {
            return false;
        }
        Identity above = setting.identity(parent.lifecycle(), parent.name());
        return above.traceId()
                .equals(setting.identity(child.lifecycle(), child.name()).traceId());
    }

    private SortedMap<String, AttributeValue> labels(Listed listed, View after) {
        SortedMap<String, AttributeValue> labels = new TreeMap<>(after.values());
        labels.keySet().retainAll(listed.labels());
        return labels;
    }

    private SortedMap<String, Long> shares(LifecycleDefinition above, View after, List<Note> notes) {
        SortedMap<String, Long> shares = new TreeMap<>();
        Scope scope = setting.scope().set(LifecycleVariable.CHILD.ordinal(), after.plain());
        for (Map.Entry<String, Expression> rollup : above.below().rollups().entrySet()) {
            long share = Millionths.of(rollup.getKey(), rollup.getValue().evaluate(scope), notes);
            if (share != 0) {
                shares.put(rollup.getKey(), share);
            }
        }
        return shares;
    }
}
