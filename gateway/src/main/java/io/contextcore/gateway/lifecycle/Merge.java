package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.base.Limits;
import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Signal;
import io.contextcore.gateway.model.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
    record Merged(List<Link> newLinks, List<Message> claims, List<Note> notes) {}

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
        return new Merged(newLinks(draft, signal, notes), claims(draft, signal, notes), notes);
    }

    private void members(Draft draft, String set, Map<String, Boolean> told, Signal signal, List<Note> notes) {
        SortedMap<String, Cell<Boolean>> known = draft.sets.computeIfAbsent(set, name -> new TreeMap<>());
        told.forEach((member, present) -> {
            if (known.size() < limits.setMembers() || known.containsKey(member)) {
                known.merge(member, cell(present, signal), Cell::merge);
            } else {
                notes.add(Note.CAPPED);
            }
        });
    }

    private List<Link> newLinks(Draft draft, Signal signal, List<Note> notes) {
        List<Link> added = new ArrayList<>();
        for (Link link : signal.links()) {
            if (draft.links.contains(link)) {
                continue;
            }
            if (draft.links.size() < limits.links()) {
                draft.links.add(link);
                added.add(link);
            } else {
                notes.add(Note.CAPPED);
            }
        }
        return added;
    }

    private List<Message> claims(Draft draft, Signal signal, List<Note> notes) {
        List<Message> claims = new ArrayList<>();
        for (String alias : signal.aliases()) {
            if (alias.equals(draft.key) || draft.aliases.contains(alias)) {
                continue;
            }
            if (draft.aliases.size() < limits.aliases()) {
                draft.aliases.add(alias);
                Reference owner = Reference.key(draft.lifecycle, draft.key);
                claims.add(new Message.Claim(
                        alias,
                        owner,
                        draft.firstSeen,
                        signal.receivedNanos(),
                        signal.origin().next(draft.key, claims.size())));
            } else {
                notes.add(Note.CAPPED);
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
