package io.contextcore.gateway.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What one delivery says about one instance. Where it says nothing of a thing, that thing is null or missing here; where
 * it says that there is none, it is a {@link Told} without a value.
 *
 * @param target the instance, by key or alias
 * @param at when it happened, epoch nanoseconds; already clamped to the receipt
 * @param start when the lifecycle began; a signal with a start opens the instance
 * @param since when the present phase began, where the payload knows
 * @param end when the lifecycle ended
 * @param outcome how it ended
 * @param parent the instance above this one
 * @param attributes by name
 * @param sets by name, then member: whether the member is in
 * @param aliases other names that the instance answers to
 * @param links to other instances
 * @param receivedNanos receipt of the delivery
 */
public record Signal(
        Reference target,
        long at,
        @Nullable Long start,
        @Nullable Long since,
        @Nullable Told<Long> end,
        @Nullable Told<String> outcome,
        @Nullable Told<Reference> parent,
        SortedMap<String, Told<AttributeValue>> attributes,
        SortedMap<String, Map<String, Boolean>> sets,
        List<String> aliases,
        List<Link> links,
        long receivedNanos,
        Origin origin)
        implements Message {

    @Override
    public String addressee() {
        return target.name();
    }

    /** It stays one of its own lifecycle: what another one has claimed the alias for takes nothing of it. */
    @Override
    public Signal forwarded(Reference owner, Origin from) {
        return to(Reference.key(target.lifecycle(), owner.name()), from);
    }

    @Override
    public <R> R to(Cases<R> cases) {
        return cases.signal(this);
    }

    /** The same signal to another instance, with another origin. */
    public Signal to(Reference owner, Origin from) {
        return new Signal(
                owner, at, start, since, end, outcome, parent, attributes, sets, aliases, links, receivedNanos, from);
    }

    /** The same signal with another parent and other links. */
    public Signal withReferences(@Nullable Told<Reference> otherParent, List<Link> otherLinks) {
        return new Signal(
                target,
                at,
                start,
                since,
                end,
                outcome,
                otherParent,
                attributes,
                sets,
                aliases,
                otherLinks,
                receivedNanos,
                origin);
    }
}
