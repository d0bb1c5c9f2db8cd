package io.contextcore.gateway.lifecycle;

import io.contextcore.gateway.model.AttributeValue;
import io.contextcore.gateway.model.Cell;
import io.contextcore.gateway.model.Instance;
import io.contextcore.gateway.model.Instance.Phase;
import io.contextcore.gateway.model.Instance.Stage;
import io.contextcore.gateway.model.Kin;
import io.contextcore.gateway.model.Kin.EndedAbove;
import io.contextcore.gateway.model.Link;
import io.contextcore.gateway.model.Reference;
import io.contextcore.gateway.model.Tally;
import io.contextcore.gateway.model.Timers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An instance while its step is under way: lives and dies inside one step. */
final class Draft {

    final String key;
    final String lifecycle;
    final long firstSeen;
    final SortedMap<String, Cell<AttributeValue>> attributes;
    final SortedMap<String, SortedMap<String, Cell<Boolean>>> sets;
    final List<String> aliases;
    final List<Link> links;
    String source;
    Stage stage;
    int generation;
    boolean adopted;
    long lastSeen;

    @Nullable Long firstAt;

    @Nullable Long start;

    long generationStart;

    @Nullable Long since;

    @Nullable Long endedAt;

    @Nullable Cell<Long> end;

    @Nullable Cell<String> outcome;

    @Nullable Cell<Reference> parent;

    SortedMap<String, AttributeValue> derived;

    @Nullable Phase phase;

    Kin kin;
    List<Tally.Entry> entries;
    boolean held;

    /** Which instance it turned out to be in this step. */
    @Nullable Reference movedTo;

    Timers timers;

    /** When the next of its overdue attributes becomes true, if nothing more is told. */
    @Nullable Long overdue;

    private Draft(Instance from) {
        key = from.key();
        lifecycle = from.lifecycle();
        source = from.source();
        firstSeen = from.firstSeen();
        attributes = new TreeMap<>(from.attributes());
        sets = new TreeMap<>();
        from.sets().forEach((name, members) -> sets.put(name, new TreeMap<>(members)));
        aliases = new ArrayList<>(from.aliases());
        links = new ArrayList<>(from.links());
        stage = from.stage();
        generation = from.generation();
        adopted = from.adopted();
        lastSeen = from.lastSeen();
        firstAt = from.firstAt();
        start = from.start();
        generationStart = from.generationStart();
        since = from.since();
        endedAt = from.endedAt();
        end = from.end();
        outcome = from.outcome();
        parent = from.parent();
        derived = from.derived();
        phase = from.phase();
        kin = from.kin();
        entries = from.entries();
        held = from.held();
        timers = from.timers();
        overdue = timers.due().get(Timers.Purpose.OVERDUE);
    }

    static Draft of(Instance instance) {
        return new Draft(instance);
    }

    /** A shadow that knows nothing yet. */
    static Draft shadow(Reference target, String source, long now) {
        return new Draft(new Instance(
                target.name(),
                target.lifecycle(),
                source,
                Stage.SHADOW,
                1,
                false,
                now,
                now,
                null,
                null,
                now,
                null,
                null,
                null,
                null,
                null,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                null,
                List.of(),
                List.of(),
                Kin.none(),
                List.of(),
                false,
                Timers.none()));
    }

    Instance build() {
        return new Instance(
                key,
                lifecycle,
                source,
                stage,
                generation,
                adopted,
                firstSeen,
                lastSeen,
                firstAt,
                start,
                generationStart,
                since,
                endedAt,
                end,
                outcome,
                parent,
                attributes,
                sets,
                derived,
                phase,
                List.copyOf(aliases),
                List.copyOf(links),
                kin,
                entries,
                held,
                timers);
    }

    /** How this generation ended, as far as told: what was told of an earlier one does not count. */
    @Nullable String outcomeText() {
        boolean former = generation > 1 && outcome != null && outcome.at() < generationStart;
        String told = outcome == null || former ? null : outcome.value();
        EndedAbove above = endedAbove();
        return told == null && above != null ? above.outcome() : told;
    }

    /** When this generation ended, as far as told. */
    @Nullable Long toldEnd() {
        Long told = end == null ? null : end.value();
        return told == null || generation > 1 && told < generationStart ? null : told;
    }

    /**
     * The end of the one above, as long as it is this one's: no end is told of this one itself, nor that it has none after
     * the one above had its own.
     */
    @Nullable EndedAbove endedAbove() {
        EndedAbove above = kin.endedAbove();
        if (above == null || generation > 1 && above.at() <= generationStart) {
            return null;
        }
        boolean goesOn = end != null && end.value() == null && end.at() > above.at();
        return goesOn || toldEnd() != null ? null : above;
    }

    Reference self() {
        return Reference.key(lifecycle, key);
    }

    @Nullable Reference parentReference() {
        return parent == null ? null : parent.value();
    }
}
