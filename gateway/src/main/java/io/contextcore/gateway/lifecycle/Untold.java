package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Emission;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Kin.Child;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.Below;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a message although a rule of its row has an error: the sums, since those below remember what they told and
 * tell only differences from then on. No rule is asked, and nothing is told. What the row itself tells upwards is made good
 * by its next step.
 */
final class Untold {

    private Untold() {}

    /** Empty where the message brings nothing that must be kept. */
    static Optional<StepResult> keep(Setting setting, @Nullable Row row, Message message, long now) {
        if (message instanceof Message.Share share && mayTake(row, share)) {
            Draft draft = draft(row, share.parent(), share, now);
            return Optional.of(share(setting, draft, share, now)).map(kept -> born(row, kept, share.parent()));
        }
        if (message instanceof Message.Absorb absorb && row instanceof Instance known && isOf(known, absorb.owner())) {
            return Optional.of(absorb(setting, Draft.of(known), absorb, now));
        }
        return Optional.empty();
    }

    private static boolean mayTake(@Nullable Row row, Message.Share share) {
        if (row instanceof Instance known) {
            return isOf(known, share.parent());
        }
        boolean comes = share.bond() == Message.Bond.JOINED;
        return comes && (row == null || isFree(row)) && !share.parent().alias();
    }

    private static boolean isOf(Instance known, Reference named) {
        return known.lifecycle().equals(named.lifecycle());
    }

    private static boolean isFree(Row row) {
        return row instanceof Row.Alias alias && alias.owner() == null;
    }

    private static Draft draft(@Nullable Row row, Reference self, Message message, long now) {
        return row instanceof Instance known
                ? Draft.of(known)
                : Draft.shadow(self, message.origin().source(), now);
    }

    private static StepResult born(@Nullable Row row, StepResult kept, Reference self) {
        return row instanceof Row.Alias alias ? Aliases.key(alias, kept, self) : kept;
    }

    private static StepResult share(Setting setting, Draft draft, Message.Share share, long now) {
        LifecycleDefinition definition = setting.lifecycles().byName().get(draft.lifecycle);
        Below below = definition == null ? Below.nothing() : definition.below();
        List<Note> notes = new ArrayList<>();
        List<Child> before = draft.kin.children();
        draft.kin = Children.taken(draft.kin, share, below, setting.limits(), notes);
        return result(definition, draft, before, share, now, notes);
    }

    private static StepResult absorb(Setting setting, Draft draft, Message.Absorb absorb, long now) {
        LifecycleDefinition definition = setting.lifecycles().byName().get(draft.lifecycle);
        List<Child> before = draft.kin.children();
        List<Note> notes = new ArrayList<>(
                new Merge(setting.limits()).former(draft, absorb.former()).notes());
        return result(definition, draft, before, absorb, now, notes);
    }

    private static StepResult result(
            @Nullable LifecycleDefinition definition,
            Draft draft,
            List<Child> before,
            Message message,
            long now,
            List<Note> notes) {
        notes.add(Note.UNTOLD);
        List<Message> messages = List.of();
        if (definition != null) {
            messages = Children.ended(definition, draft, before, message.origin(), now);
            draft.timers = Waking.timers(draft, definition, now, now);
        }
        return new StepResult(draft.build(), Emission.none(draft.key, draft.source), messages, notes);
    }
}
