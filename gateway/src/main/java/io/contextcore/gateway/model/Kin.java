package io.contextcore.gateway.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What binds an instance to the one above it and to those below it. No instance knows all of its children: each child
 * remembers what it gave, and tells differences.
 *
 * @param membership what this instance last told the one above; null while it told nothing
 * @param members number of direct children that have a share in the sums
 * @param sums by roll-up attribute, in millionths: the sum of the children's shares
 * @param children the open direct children of the lifecycles that are listed, in the order of their keys; capped by
 *     {@code Limits.children}
 * @param rolledUp when a change of sums alone was last logged; null: never
 * @param endedAbove how the one above ended, if this one ends with it and nobody told of an end of its own
 */
public record Kin(
        @Nullable Membership membership,
        long members,
        SortedMap<String, Long> sums,
        List<Child> children,
        @Nullable RolledUp rolledUp,
        @Nullable EndedAbove endedAbove) {

    private static final Kin NONE = new Kin(null, 0, Collections.emptySortedMap(), List.of(), null, null);

    public Kin {
        sums = Collections.unmodifiableSortedMap(new TreeMap<>(sums));
        children = List.copyOf(children);
    }

    /** Nobody above, nobody below. */
    public static Kin none() {
        return NONE;
    }

    /** With another word to the one above; null: it tells nothing. */
    public Kin withMembership(@Nullable Membership told) {
        return new Kin(told, members, sums, children, rolledUp, endedAbove);
    }

    /** Other children. */
    public Kin withBelow(long count, SortedMap<String, Long> total, List<Child> listed) {
        return new Kin(membership, count, total, listed, rolledUp, endedAbove);
    }

    public Kin withRolledUp(@Nullable RolledUp logged) {
        return new Kin(membership, members, sums, children, logged, endedAbove);
    }

    public Kin withEndedAbove(@Nullable EndedAbove ended) {
        return new Kin(membership, members, sums, children, rolledUp, ended);
    }

    /** After it was forgotten and heard of again: nobody knows any more what it told, so it tells nothing from now on. */
    public static Kin forgotten(Reference self) {
        Membership unknown = new Membership(self, false, Collections.emptySortedMap(), Collections.emptySortedMap());
        return NONE.withMembership(unknown);
    }

    /**
     * What an instance last told the one above it.
     *
     * @param parent as it was addressed; the instance itself: it was forgotten meanwhile, and tells nothing any more
     * @param open whether it stands in the parent's list of open children
     * @param labels as the list has them
     * @param shares by roll-up attribute of the parent's lifecycle, in millionths
     */
    public record Membership(
            Reference parent, boolean open, SortedMap<String, AttributeValue> labels, SortedMap<String, Long> shares) {}

    /** An open child, with the labels that the lifecycle file names. */
    public record Child(Reference child, SortedMap<String, AttributeValue> labels) {}

    /**
     * The end of the one above.
     *
     * @param at when it ended, epoch nanoseconds
     * @param outcome of those that end with it
     */
    public record EndedAbove(long at, String outcome) {}

    /**
     * Keeps the logs of roll-ups rare.
     *
     * @param loggedAt {@code now} of the step that logged last, epoch nanoseconds
     * @param before attributes before the first change that was not logged yet; null: all is logged
     */
    public record RolledUp(long loggedAt, @Nullable SortedMap<String, AttributeValue> before) {}
}
