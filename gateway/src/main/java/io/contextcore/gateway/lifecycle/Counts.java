package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.lifecycle.StepResult.Note;
import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.EvaluationException;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Kin;
import io.contextcore.gateway.model.LifecycleDefinition;
import io.contextcore.gateway.model.LifecycleDefinition.TallyRule;
import io.contextcore.gateway.model.Message;
import io.contextcore.gateway.model.Nothing;
import io.contextcore.gateway.model.Origin;
import io.contextcore.gateway.model.Scope;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.model.Tally.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an instance counts for in the tallies of its lifecycle. It remembers what it told, and tells differences. */
final class Counts {

    /** Keeps the numbers of counts apart from those of other messages in the origins of one step. */
    private static final int NUMBER = 6_000;

    private final Setting setting;
    private final LifecycleDefinition definition;
    private final Draft draft;
    private final Origin origin;

    Counts(Setting setting, LifecycleDefinition definition, Draft draft, Origin origin) {
        this.setting = setting;
        this.definition = definition;
        this.draft = draft;
        this.origin = origin;
    }

    /**
     * Tells what has changed since the last time.
     *
     * @param counts whether the instance counts at all
     * @param at time of the event that changed it, epoch nanoseconds
     * @param now receipt of the delivery that it goes back to
     */
    List<Message> tell(View after, boolean counts, long at, long now, List<Note> notes) {
        if (draft.entries.isEmpty() && (!counts || definition.tallies().isEmpty())) {
            return List.of();
        }
        Map<String, Entry> told = byEvent(draft.entries);
        Map<String, Entry> due = counts && !isForgotten() ? due(after, notes) : Map.of();
        if (told.equals(due)) {
            return List.of();
        }
        if (origin.hops() >= setting.limits().hops()) {
            notes.add(Note.PARENT_CYCLE);
            return List.of();
        }
        draft.entries = List.copyOf(due.values());
        List<Message> messages = new ArrayList<>();
        told.forEach((event, entry) -> {
            if (!stays(entry, due.get(event))) {
                messages.add(count(entry, Millionths.difference(entry.amounts(), Map.of()), -1, at, now, messages));
            }
        });
        due.forEach((event, entry) -> {
            Entry before = told.get(event);
            boolean stays = stays(entry, before);
            SortedMap<String, Long> amounts =
                    Millionths.difference(before != null && stays ? before.amounts() : Map.of(), entry.amounts());
            if (!stays || !amounts.isEmpty()) {
                messages.add(count(entry, amounts, stays ? 0 : 1, at, now, messages));
            }
        });
        return messages;
    }

    /** What was forgotten and heard of again counts no more, unless it began anew. */
    private boolean isForgotten() {
        Kin.Membership membership = draft.kin.membership();
        return draft.stage == Stage.ENDED
                && draft.entries.isEmpty()
                && membership != null
                && membership.parent().equals(draft.self());
    }

    private static boolean stays(Entry entry, @Nullable Entry other) {
        return other != null
                && entry.tally().equals(other.tally())
                && entry.group().equals(other.group());
    }

    private Message count(
            Entry entry, SortedMap<String, Long> amounts, int members, long at, long now, Collection<Message> earlier) {
        Entry difference = new Entry(entry.tally(), entry.event(), entry.common(), entry.group(), amounts);
        Origin next = origin.next(draft.key, NUMBER + earlier.size());
        return new Message.Count(draft.lifecycle, difference, members, at, now, next);
    }

    private static Map<String, Entry> byEvent(List<Entry> entries) {
        Map<String, Entry> byEvent = new LinkedHashMap<>();
        entries.forEach(entry -> byEvent.putIfAbsent(entry.event(), entry));
        return byEvent;
    }

    private Map<String, Entry> due(View after, List<Note> notes) {
        Scope scope = Shares.scope(setting, draft, after);
        List<Entry> entries = new ArrayList<>();
        for (TallyRule rule : definition.tallies()) {
            Object into = rule.into().evaluate(scope);
            if (into instanceof String name) {
                String key = Tally.key(draft.lifecycle, rule.event(), name);
                entries.add(new Entry(
                        key,
                        rule.event(),
                        of(after, rule.common()),
                        of(after, rule.by()),
                        amounts(rule, scope, notes)));
            } else if (!(into instanceof Nothing)) {
                throw new EvaluationException("tally " + rule.event() + ": `into` is no text but of Java type "
                        + into.getClass().getSimpleName());
            }
        }
        return byEvent(entries);
    }

    private static SortedMap<String, AttributeValue> of(View after, Collection<String> names) {
        SortedMap<String, AttributeValue> values = new TreeMap<>();
        for (String name : names) {
            AttributeValue value = after.get(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }

    private static SortedMap<String, Long> amounts(TallyRule rule, Scope scope, List<Note> notes) {
        SortedMap<String, Long> amounts = new TreeMap<>();
        rule.measures().forEach((name, measure) -> {
            long amount = Millionths.of(name, measure.evaluate(scope), notes);
            if (amount != 0) {
                amounts.put(name, amount);
            }
        });
        return amounts;
    }
}
