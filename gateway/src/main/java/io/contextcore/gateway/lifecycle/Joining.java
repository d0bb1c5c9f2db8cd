package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Two keys turn out to name one thing: the instance that was seen first stays, the other one goes on under its key. Nothing
 * that was sent is merged.
 */
final class Joining {

    /** Keeps the numbers of these messages apart from those of others in the origins of one step. */
    private static final int NUMBER = 4_000;

    private Joining() {}

    /** What is told to an instance that is said to be another one. */
    static StepResult meet(Setting setting, Instance known, Message message, long now) {
        if (message instanceof Message.Claim claim) {
            return meet(setting, known, claim.owner(), claim.firstSeen(), claim.receivedNanos(), claim.origin(), now);
        }
        Message.Same same = (Message.Same) message;
        return meet(setting, known, same.other(), same.otherFirstSeen(), same.at(), same.origin(), now);
    }

    private static StepResult meet(
            Setting setting, Instance known, Reference other, long otherFirstSeen, long at, Origin origin, long now) {
        if (other.name().equals(known.key())) {
            return StepResult.quiet(known, List.of());
        }
        if (!other.lifecycle().equals(known.lifecycle())) {
            return Aliases.taken(known);
        }
        int order = Long.compare(otherFirstSeen, known.firstSeen());
        if (order < 0 || order == 0 && other.name().compareTo(known.key()) < 0) {
            return new InstanceStep(setting, Draft.of(known), origin, now).moved(other, at);
        }
        Reference self = Reference.key(known.lifecycle(), known.key());
        Message same = new Message.Same(other, self, known.firstSeen(), at, now, origin.next(known.key(), NUMBER));
        return StepResult.quiet(known, List.of(same));
    }

    /** What the former instance knew, and its names. */
    static List<Message> handedOver(Instance former, Reference other, long at, long now, Origin origin) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message.Absorb(other, former, at, now, origin.next(former.key(), NUMBER)));
        for (String alias : former.aliases()) {
            Origin next = origin.next(former.key(), messages.size());
            messages.add(new Message.Claim(alias, other, former.firstSeen(), now, next));
        }
        return messages;
    }

    /** Whether the news that two keys are one is known already. */
    static boolean isKnown(Row.Alias alias, Message message) {
        return message instanceof Message.Same same
                && alias.owner() != null
                && same.other().name().equals(alias.owner().name());
    }

    /** There is nothing that could be joined any more. */
    static StepResult late(String key) {
        return StepResult.gone(key, List.of(Note.LATE_FOR_FORGOTTEN));
    }
}
