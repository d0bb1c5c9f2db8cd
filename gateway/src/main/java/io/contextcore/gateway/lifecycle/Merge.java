package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets a draft take in what a signal says: every value converges by (time, sequence), so that the order does not matter. */
final class Merge {

    private final Limits limits;

    Merge(Limits limits) {
        this.limits = limits;
    }

    /**
     * What came of a merge.
     *
     * @param newLinks links that the instance did not have
     * @param claims aliases that it answers to from now on
     */
    record Merged(List<Link> newLinks, List<Message> claims, List<Note> notes) {

        /** With one more link to tell of. */
        Merged with(Link link) {
            List<Link> links = new ArrayList<>(newLinks);
            links.add(link);
            return new Merged(links, claims, notes);
        }
    }

    Merged into(Draft draft, Signal signal, long now) {
        List<Note> notes = new ArrayList<>();
        draft.lastSeen = Math.max(draft.lastSeen, now);
        draft.firstAt = draft.firstAt == null ? signal.at() : Math.min(draft.firstAt, signal.at());
        draft.start = earliest(draft.start, signal.start());
        draft.since = latest(draft.since, signal.since());
        draft.end = told(draft.end, signal.end(), signal);
        draft.outcome = told(draft.outcome, signal.outcome(), signal);
        draft.parent = told(draft.parent, signal.parent(), signal);
        signal.attributes()
                .forEach((name, value) -> draft.attributes.merge(name, cell(value.value(), signal), Cell::merge));
        signal.sets().forEach((name, members) -> members(draft, name, members, signal, notes));
        return new Merged(links(draft, signal.links(), notes), claims(draft, signal, notes), notes);
    }

    /** Takes in what another instance knew that turned out to be this one. What nobody told, an expiry, is no knowledge. */
    Merged former(Draft draft, Instance former) {
        List<Note> notes = new ArrayList<>();
        draft.lastSeen = Math.max(draft.lastSeen, former.lastSeen());
        draft.firstAt = earliest(draft.firstAt, former.firstAt());
        draft.start = earliest(draft.start, former.start());
        draft.since = latest(draft.since, former.since());
        draft.end = known(draft.end, former.end());
        draft.outcome = known(draft.outcome, former.outcome());
        draft.parent = known(draft.parent, former.parent());
        former.attributes().forEach((name, cell) -> draft.attributes.merge(name, cell, Cell::merge));
        former.sets().forEach((name, members) -> merge(draft, name, members, notes));
        Stream.concat(Stream.of(former.key()), former.aliases().stream())
                .filter(alias -> !alias.equals(draft.key) && !draft.aliases.contains(alias))
                .forEach(alias -> add(draft.aliases, alias, limits.aliases(), notes));
        draft.kin = Children.joined(draft.kin, former.kin(), limits, notes);
        return new Merged(links(draft, former.links(), notes), List.of(), notes);
    }

    /** Links that the instance did not have. */
    List<Link> links(Draft draft, List<Link> told, List<Note> notes) {
        return told.stream()
                .filter(link -> !draft.links.contains(link) && add(draft.links, link, limits.links(), notes))
                .toList();
    }

    private static <T> boolean add(List<T> known, T told, int cap, List<Note> notes) {
        if (known.size() >= cap) {
            notes.add(Note.CAPPED);
            return false;
        }
        return known.add(told);
    }

    private static <T> @Nullable Cell<T> known(@Nullable Cell<T> known, @Nullable Cell<T> other) {
        return other == null || other.sequence() == InstanceStep.UNTOLD ? known : Cell.merge(known, other);
    }

    private void members(Draft draft, String set, Map<String, Boolean> told, Signal signal, List<Note> notes) {
        Map<String, Cell<Boolean>> cells = new TreeMap<>();
        told.forEach((member, present) -> cells.put(member, cell(present, signal)));
        merge(draft, set, cells, notes);
    }

    private void merge(Draft draft, String set, Map<String, Cell<Boolean>> told, List<Note> notes) {
        SortedMap<String, Cell<Boolean>> known = draft.sets.computeIfAbsent(set, name -> new TreeMap<>());
        told.forEach((member, cell) -> {
            if (known.size() < limits.setMembers() || known.containsKey(member)) {
                known.merge(member, cell, Cell::merge);
            } else {
                notes.add(Note.CAPPED);
            }
        });
    }

    private List<Message> claims(Draft draft, Signal signal, List<Note> notes) {
        List<Message> claims = new ArrayList<>();
        for (String alias : signal.aliases()) {
            if (alias.equals(draft.key) || draft.aliases.contains(alias)) {
                continue;
            }
            if (add(draft.aliases, alias, limits.aliases(), notes)) {
                claims.add(new Message.Claim(
                        alias,
                        draft.self(),
                        draft.firstSeen,
                        signal.receivedNanos(),
                        signal.origin().next(draft.key, claims.size())));
            }
        }
        return claims;
    }

    private static <T> @Nullable Cell<T> told(@Nullable Cell<T> known, @Nullable Told<T> told, Signal signal) {
        return told == null ? known : Cell.merge(known, cell(told.value(), signal));
    }

    private static <T> Cell<T> cell(@Nullable T value, Signal signal) {
        return new Cell<>(value, signal.at(), signal.origin().sequence());
    }

    private static @Nullable Long latest(@Nullable Long known, @Nullable Long told) {
        if (known == null || told == null) {
            return known == null ? told : known;
        }
        return Math.max(known, told);
    }

    private static @Nullable Long earliest(@Nullable Long known, @Nullable Long told) {
        if (known == null || told == null) {
            return known == null ? told : known;
        }
        return Math.min(known, told);
    }
}
